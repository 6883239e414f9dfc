// The published JavaScript client, by gRPC and by REST. Arguments: gRPC address, REST address, model.
import { Camunda8 } from '@camunda8/sdk';

const [grpcAddress, restAddress, model] = process.argv.slice(2);
const camunda = new Camunda8({
  ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
  ZEEBE_REST_ADDRESS: restAddress,
  CAMUNDA_AUTH_STRATEGY: 'NONE',
  CAMUNDA_LOG_LEVEL: 'none',
  zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE' },
});
const zeebe = camunda.getZeebeGrpcApiClient();
const rest = camunda.getCamundaRestClient();

let failed = false;
async function step(name, act) {
  try {
    await act();
    console.log(`ok ${name}`);
  } catch (error) {
    failed = true;
    console.log(`not ok ${name}: ${error.message}`);
  }
}
function expect(what, value, expected) {
  if (JSON.stringify(value) !== JSON.stringify(expected))
    throw new Error(`expected ${what} to be ${JSON.stringify(expected)}, but it is ${JSON.stringify(value)}`);
}
const start = (variables) =>
  zeebe.createProcessInstanceWithResult({ bpmnProcessId: 'claim', variables, requestTimeout: 20_000 });
const pay = (claim) =>
  zeebe.publishMessage({
    name: 'claim-paid',
    correlationKey: claim,
    variables: { paid: true },
    timeToLive: 10_000,
  });

await step('topology', async () => expect('partitions', (await zeebe.topology()).partitionsCount, 1));
await step('deploy', async () => {
  const { deployments } = await zeebe.deployResource({ processFilename: model });
  expect('the process', deployments[0].process.bpmnProcessId, 'claim');
});
await step('refusal', async () => {
  const error = await zeebe
    .createProcessInstance({ bpmnProcessId: 'nobody', variables: {} })
    .catch((refusal) => refusal);
  expect('the code', error.code, 5);
});
let seen = 0;
const worker = zeebe.createWorker({
  taskType: 'check-claim',
  pollInterval: 100,
  longPoll: 5_000,
  taskHandler: (job) => {
    seen++;
    if (job.variables.unfair) return job.error('UNFAIR', 'not fair', { why: 'unfair' });
    if (job.variables.shaky && job.retries === 3) return job.fail('shaky', 2);
    return job.complete({ tone: job.customHeaders.tone, retries: job.retries });
  },
});
await step('work and result', async () => {
  await pay('node-1');
  const { variables } = await start({ claim: 'node-1' });
  expect('the result', [variables.tone, variables.paid], ['friendly', true]);
});
await step('failure and retry', async () => {
  await pay('node-2');
  const { variables } = await start({ claim: 'node-2', shaky: true });
  expect('the retries', variables.retries, 2);
});
await step('error', async () => {
  const before = seen;
  await start({ claim: 'node-3', unfair: true });
  expect('the jobs', seen, before + 1);
});
await worker.close();
await step('push', async () => {
  const jobs = [];
  const stream = await zeebe.streamJobs({
    type: 'check-claim',
    worker: 'pushed',
    timeout: 30_000,
    taskHandler: (job) => {
      jobs.push(job.variables.claim);
      return job.complete({});
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await pay('node-4');
  await start({ claim: 'node-4' });
  stream.close();
  expect('the jobs', jobs, ['node-4']);
});
await step('cancel', async () => {
  const { processInstanceKey } = await zeebe.createProcessInstance({ bpmnProcessId: 'claim', variables: {} });
  await zeebe.cancelProcessInstance(processInstanceKey);
  const again = await zeebe.cancelProcessInstance(processInstanceKey).catch((refusal) => refusal);
  expect('the code', again.code, 5);
});
await step('search', async () => {
  const { page } = await rest.searchProcessInstances({
    filter: { processDefinitionId: 'claim', state: 'COMPLETED' },
  });
  expect('the instances', Number(page.totalItems), 4);
});
await zeebe.close();
process.exit(failed ? 1 : 0);
