import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { bpmn, end, path, serviceTask, start } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const order = bpmn('order', start(), serviceTask('work'), end(), path('start', 'work', 'end'));

async function running(): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(order);
  await scenario.started('order');
  return scenario;
}

const refusal = (type: string, reason: string) => ({ ok: false, failure: { type, reason } });

describe('a failed job', () => {
  it('comes back at once while it has retries', async () => {
    const scenario = await running();
    await scenario.fail('work', { retries: 2, variables: { reason: 'busy' } });

    expect(await scenario.job('work')).toMatchObject({ retries: 2, variables: { reason: 'busy' } });
    expect(scenario.variables()).toEqual({ work: { reason: 'busy' } });
  });

  it('comes back when its back-off is over', async () => {
    const scenario = await running();
    await scenario.fail('work', { retries: 2, retryBackoff: 5_000 });

    await scenario.wait(4_999);
    expect(await scenario.activate('work')).toEqual([]);
    await scenario.wait(1);
    expect(await scenario.activate('work')).toHaveLength(1);
  });

  it('waits for a person when it has no retries', async () => {
    const scenario = await running();
    const job = await scenario.fail('work', { retries: 0 });
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: 'No more retries left.',
      elementId: 'work',
    });

    expect(await scenario.execute(commands.resolveIncident(incident!.key))).toEqual(
      refusal(
        'INVALID_STATE',
        `Expected to resolve incident with key '${incident!.key}', but job with key '${job}' has no retries left. Please update the job retries and retry resolving the incident`,
      ),
    );
    expect(await scenario.execute(commands.updateJobRetries(job, 0))).toEqual(
      refusal(
        'INVALID_ARGUMENT',
        `Expected to update retries for job with key '${job}' with a positive amount of retries, but the amount given was '0'`,
      ),
    );
    accepted(await scenario.execute(commands.updateJobRetries(job, 1)));
    expect(await scenario.activate('work')).toEqual([]);
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));

    await scenario.complete('work');
    expect(scenario.completed).toContain('order');
  });
});

describe('a job that timed out', () => {
  it('is given to the next worker', async () => {
    const scenario = await running();
    const [first] = await scenario.activate('work', { timeout: 1_000 });

    await scenario.wait(999);
    expect(await scenario.activate('work')).toEqual([]);
    await scenario.wait(1);
    expect((await scenario.activate('work')).map(({ key }) => key)).toEqual([first!.key]);
  });

  it('can still be completed by the first, and then not again', async () => {
    const scenario = await running();
    const [job] = await scenario.activate('work', { timeout: 1_000 });
    await scenario.wait(2_000);

    accepted(await scenario.execute(commands.completeJob(job!.key, {})));

    expect(scenario.completed).toContain('order');
    expect(await scenario.execute(commands.completeJob(job!.key, {}))).toEqual(
      refusal('NOT_FOUND', `Expected to complete job with key '${job!.key}', but no such job was found`),
    );
  });

  it('can be kept longer', async () => {
    const scenario = await running();
    const [job] = await scenario.activate('work', { timeout: 1_000 });
    accepted(await scenario.execute(commands.updateJobTimeout(job!.key, 5_000)));

    await scenario.wait(4_000);
    expect(await scenario.activate('work')).toEqual([]);
    await scenario.wait(1_000);
    expect(await scenario.activate('work')).toHaveLength(1);
    await scenario.wait(60_000);
    expect(await scenario.execute(commands.updateJobTimeout(job!.key, 5_000))).toEqual(
      refusal(
        'INVALID_STATE',
        `Expected to update the timeout of job with key '${job!.key}', but it is not active`,
      ),
    );
  });
});

it('a failed job is not completed', async () => {
  const scenario = await running();
  const key = await scenario.fail('work', { retries: 0 });
  expect(await scenario.execute(commands.completeJob(key, {}))).toEqual(
    refusal('INVALID_STATE', `Expected to complete job with key '${key}', but it is in state 'FAILED'`),
  );
});

it.each([
  ['type to be present, but it was blank', { type: '', max: 1, timeout: 1 }],
  ["timeout to be greater than zero, but it was '0'", { type: 'work', max: 1, timeout: 0 }],
  ["max jobs to activate to be greater than zero, but it was '0'", { type: 'work', max: 0, timeout: 1 }],
])('asking for jobs needs %s', async (expected, { type, max, timeout }) => {
  const scenario = await running();
  const asked = commands.activateJobs({
    type,
    worker: 'w',
    timeout,
    maxJobsToActivate: max,
    fetchVariables: [],
    tenantIds: ['<default>'],
  });
  expect(await scenario.execute(asked)).toEqual(
    refusal('INVALID_ARGUMENT', `Expected to activate job batch with ${expected}`),
  );
});

it('a new job is pushed to the client that waits, and polls do not see it', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(order);
  const pushed: unknown[] = [];
  scenario.broker.openJobStream({
    type: 'work',
    worker: 'streamer',
    timeout: 1_000,
    fetchVariables: [],
    tenantIds: ['<default>'],
    push: (job) => pushed.push(job) > 0,
  });

  await scenario.started('order', { n: 1 });

  expect(pushed).toMatchObject([
    { type: 'work', worker: 'streamer', deadline: scenario.now + 1_000, variables: { n: 1 } },
  ]);
  expect(await scenario.activate('work')).toEqual([]);
});

it('a pushed job that cannot be delivered goes to those who poll', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(order);
  scenario.broker.openJobStream({
    type: 'work',
    worker: 'gone',
    timeout: 1_000,
    fetchVariables: [],
    tenantIds: ['<default>'],
    push: () => false,
  });
  await scenario.started('order');
  expect(await scenario.activate('work')).toHaveLength(1);
});

it('an answer to a worker stays below 4 MB', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(order);
  for (let n = 0; n < 3; n++) await scenario.started('order', { text: 'x'.repeat(1_700_000) });

  expect(await scenario.activate('work')).toHaveLength(2);
  expect(await scenario.activate('work')).toHaveLength(1);
});

it('a job larger than any answer becomes an incident', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(order);
  const instance = await scenario.started('order');
  for (const name of ['one', 'two', 'three']) {
    const variables = { [name]: 'x'.repeat(1_500_000) };
    accepted(await scenario.execute(commands.setVariables(instance, variables, 'LOCAL')));
  }

  expect(await scenario.activate('work')).toEqual([]);
  expect(scenario.incidents).toMatchObject([{ errorType: 'MESSAGE_SIZE_EXCEEDED', elementId: 'work' }]);
  expect(await scenario.activate('work', { fetchVariables: ['other'] })).toEqual([]);
  accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
  expect(await scenario.activate('work', { fetchVariables: ['other'] })).toHaveLength(1);
});

it('a type that is no text stops the task', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(
    bpmn('order', start(), serviceTask('work', { type: '=kind' }), end(), path('start', 'work', 'end')),
  );
  const instance = await scenario.started('order');
  expect(scenario.incidents).toMatchObject([
    {
      errorType: 'EXTRACT_VALUE_ERROR',
      errorMessage: expect.stringContaining(
        "Expected result of the expression 'kind' to be 'STRING', but was 'NULL'.",
      ),
    },
  ]);
  await scenario.execute(commands.setVariables(instance, { kind: 'paint' }, 'LOCAL'));
  await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key));
  expect(await scenario.activate('paint')).toHaveLength(1);
});
