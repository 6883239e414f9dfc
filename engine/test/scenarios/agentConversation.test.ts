import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import { afterEach, expect, it } from 'vitest';
import { adHocSubProcess, bpmn, end, path, scriptTask, serviceTask, start, userTask } from '../bpmn.ts';
import { openEmbedded } from '../conformance/embedded.ts';
import type { Target } from '../conformance/target.ts';

interface JobMessage {
  key: string;
  kind: number;
  variables: string;
}

const AD_HOC_SUB_PROCESS = 3;

const support = bpmn(
  'support',
  start(),
  adHocSubProcess(
    'AI_Agent',
    {
      type: 'agent',
      collection: 'toolCallResults',
      element: '={ id: toolCall._meta.id, name: toolCall._meta.name, content: toolCallResult }',
      inputs: [
        ['="You help."', 'data.systemPrompt.prompt'],
        ['=question', 'data.userPrompt.prompt'],
        ['=null', 'agentContext'],
        ['=null', 'agent'],
      ],
      outputs: [['=agent.responseText', 'answer']],
    },
    scriptTask('add', '=toolCall.a + toolCall.b', 'toolCallResult'),
    serviceTask('weather'),
    userTask('askPerson').replace(
      '</bpmn:extensionElements>',
      '<zeebe:ioMapping><zeebe:output source="=said" target="toolCallResult" /></zeebe:ioMapping></bpmn:extensionElements>',
    ),
  ),
  end(),
  path('start', 'AI_Agent', 'end'),
);

let target: Target;
afterEach(() => target.close());

async function job(type: string): Promise<JobMessage> {
  const message = { type, worker: 'agent', timeout: 60_000, maxJobsToActivate: 5, requestTimeout: -1 };
  const jobs: JobMessage[] = [];
  for await (const part of target.grpc.stream<{ jobs: JobMessage[] }>('ActivateJobs', message))
    jobs.push(...part.jobs);
  expect(jobs).toHaveLength(1);
  return jobs[0]!;
}

const seen = ({ variables }: JobMessage): JsonObject => JSON.parse(variables);

/** Completes a job of the agent as its connector does. */
function answer({ key }: JobMessage, variables: JsonObject, result: object): Promise<object> {
  return target.grpc.call('CompleteJob', {
    jobKey: key,
    variables: JSON.stringify(variables),
    result: { type: 'adHocSubProcess', ...result },
  });
}

const call = (id: string, name: string, given: JsonObject) => ({
  elementId: name,
  variables: JSON.stringify({ toolCall: { _meta: { id, name }, ...given }, toolCallResult: '' }),
});

it('an agent talks to its model through the gateway: two rounds of tools, a person, an answer', async () => {
  target = await openEmbedded();
  await target.grpc.call('DeployResource', {
    resources: [{ name: 'support.bpmn', content: Buffer.from(support) }],
  });
  const { processInstanceKey } = await target.grpc.call<{ processInstanceKey: string }>(
    'CreateProcessInstance',
    { bpmnProcessId: 'support', version: -1, variables: '{"question":"What is 2 + 3, in Rome?"}' },
  );

  // first round: two tools at once
  const first = await job('agent');
  expect(first.kind).toBe(AD_HOC_SUB_PROCESS);
  expect(seen(first)).toMatchObject({
    adHocSubProcessElements: [{ elementId: 'add' }, { elementId: 'weather' }, { elementId: 'askPerson' }],
    data: { systemPrompt: { prompt: 'You help.' }, userPrompt: { prompt: 'What is 2 + 3, in Rome?' } },
    agentContext: null,
    toolCallResults: [],
  });
  await answer(
    first,
    { agentContext: { modelCalls: 1 }, toolCallResults: [] },
    { activateElements: [call('1', 'add', { a: 2, b: 3 }), call('2', 'weather', { city: 'Rome' })] },
  );

  // the sum is there while the weather is not: the agent waits for the rest
  const early = await job('agent');
  expect(seen(early).toolCallResults).toEqual([{ id: '1', name: 'add', content: 5 }]);
  await answer(early, {}, {});
  const weather = await job('weather');
  expect(seen(weather).toolCall).toEqual({ _meta: { id: '2', name: 'weather' }, city: 'Rome' });
  await target.grpc.call('CompleteJob', {
    jobKey: weather.key,
    variables: JSON.stringify({ toolCallResult: { sky: 'clear' } }),
  });

  // second round: all results of the first, and a person is asked
  const second = await job('agent');
  expect(seen(second)).toMatchObject({
    agentContext: { modelCalls: 1 },
    toolCallResults: [
      { id: '1', name: 'add', content: 5 },
      { id: '2', name: 'weather', content: { sky: 'clear' } },
    ],
  });
  await answer(
    second,
    { agentContext: { modelCalls: 2 }, toolCallResults: [] },
    { activateElements: [call('3', 'askPerson', { question: 'Send it?' })] },
  );
  const records = (await target.records?.()) ?? [];
  const userTaskKey = records.find(
    ({ valueType, intent }) => valueType === 'USER_TASK' && intent === 'CREATED',
  )!.key;
  await target.command!({
    valueType: 'USER_TASK',
    intent: 'COMPLETE',
    key: userTaskKey,
    value: { variables: { said: 'yes' } },
  });

  // the answer ends the sub-process; the results do not come out as more than its collection
  const third = await job('agent');
  expect(seen(third).toolCallResults).toEqual([{ id: '3', name: 'askPerson', content: 'yes' }]);
  await answer(
    third,
    { agentContext: { modelCalls: 3 }, agent: { responseText: '5, under a clear sky.' } },
    { isCompletionConditionFulfilled: true },
  );
  const ended = (await target.records?.()) ?? [];
  const completed = ended.filter(({ intent }) => intent === 'ELEMENT_COMPLETED');
  expect(completed.map(({ value }) => value.elementId)).toEqual([
    'askPerson',
    'AI_Agent#innerInstance',
    'AI_Agent',
    'end',
    'support',
  ]);
  const left: { [name: string]: JsonValue } = {};
  for (const { valueType, value } of [...records, ...ended])
    if (valueType === 'VARIABLE' && `${value.scopeKey}` === processInstanceKey)
      left[`${value.name}`] = value.value as JsonValue;
  expect(left).toEqual({
    question: 'What is 2 + 3, in Rome?',
    toolCallResults: [{ id: '3', name: 'askPerson', content: 'yes' }],
    answer: '5, under a clear sky.',
  });
});
