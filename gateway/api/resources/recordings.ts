import { z } from 'zod';
import { callUsage } from '../calls.ts';
import { id, idParams, instant, json, jsonObject, key, keyParams, resourceName } from '../common.ts';
import { route } from '../route.ts';
import { agentRunEvents } from './agentRuns.ts';
import { maxPromptCharacters } from './agents.ts';
import { call } from './instances.ts';
import { providerName } from './providers.ts';

const failure = z.object({ code: z.string(), message: z.string() });
const said = z.object({ role: z.enum(['user', 'assistant']), text: z.string() });
const price = z.object({ input: z.number(), cachedInput: z.number().optional(), output: z.number() });

/** What a run began with, kept with its first model call. */
const beginning = z.object({
  agent: z.object({ id: z.string(), version: z.number().int(), definition: jsonObject.optional() }),
  task: z.object({ name: z.string(), version: z.number().int() }).optional(),
  policy: z.object({ name: z.string(), version: z.number().int() }).optional(),
  prompts: z.array(z.object({ name: z.string(), label: z.string().optional(), version: z.number().int() })),
  variables: jsonObject,
  said: z.array(said),
  prices: z.record(z.string(), price).optional(),
});

const recordedCall = call.omit({ startedAt: true, elementInstanceKey: true }).extend({
  tenantId: z.string(),
  taskVersion: z.number().int().optional(),
  began: beginning.optional(),
  processInstanceKey: z.string(),
  elementInstanceKey: z.string(),
  jobKey: z.string(),
  /** epoch ms. */
  startedAt: z.number(),
});

const definitionAt = z.object({ name: z.string(), version: z.number().int(), definition: jsonObject });

/** Everything a run was made of: with it the run can be done over on any machine, asking nobody. */
export const agentRecording = z.object({
  format: z.literal('baton-recording/1'),
  run: z.object({
    /** Id of a run on request, or key of the element instance whose job it was. */
    id: z.string(),
    processInstanceKey: z.string(),
    elementId: z.string(),
    status: z.enum(['completed', 'failed', 'running']),
    result: json,
    error: failure.nullable(),
  }),
  agent: definitionAt.extend({ id: z.string() }),
  task: definitionAt.nullable(),
  policy: definitionAt.nullable(),
  prompts: z.array(
    z.object({
      name: z.string(),
      label: z.string().nullable(),
      version: z.number().int(),
      text: z.string(),
    }),
  ),
  began: beginning.pick({ variables: true, said: true, prices: true }),
  grants: z.array(
    z.object({
      id: z.string(),
      tenantId: z.string(),
      elementInstanceKey: z.string(),
      modelCalls: z.number(),
      toolCalls: z.number(),
      tokens: z.number(),
      cost: z.number(),
      duration: z.number(),
      by: z.string(),
      at: z.number(),
    }),
  ),
  calls: z.array(recordedCall),
});

/** One run of an agent in a process. */
const recordingSummary = z.object({
  /** Key of the element instance: `/recordings/:id`. */
  id: key,
  elementId: z.string(),
  agent: z.object({ name: resourceName.or(z.string()), version: z.number().int() }),
  /** Answers of models. */
  loops: z.number().int(),
  /** Of models and tools. */
  calls: z.number().int(),
  usage: callUsage,
  startedAt: instant,
  /** Whether what it began with was kept: others can be looked at, but not be done over. */
  replayable: z.boolean(),
});
export type RecordingSummary = z.infer<typeof recordingSummary>;

const differing = z.object({
  /** 1-based place of the call; one more than there are when the end is what differs. */
  sequence: z.number().int(),
  /** JSON pointer into the request, or the end. */
  pointer: z.string(),
  recorded: json,
  now: json,
});

/** What is otherwise in a fork. */
export const forkChange = z.object({
  /** 1-based loop that is the first to be live: one answer of a model and the tools it calls. */
  from: z.number().int().min(1).max(1_000),
  provider: providerName.optional(),
  model: z.string().min(1).max(200).optional(),
  systemPrompt: z.string().min(1).max(maxPromptCharacters).optional(),
  userPrompt: z.string().max(maxPromptCharacters).optional(),
  /** Results of tools called in the loop before `from`, by the model's id of the call or the tool's name. */
  toolResults: jsonObject.optional(),
});

const pathStep = z.object({
  sequence: z.number().int(),
  kind: z.enum(['model', 'tool']),
  /** `provider/model`, or the tool. */
  name: z.string(),
  text: z.string(),
});
const tokensAndCost = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** US dollars. */
  cost: z.number(),
});

export const forkReport = z.object({
  /** Id of the fork, a run on request. */
  run: id,
  forkOf: id,
  from: z.number().int(),
  answer: z.object({ recorded: json, now: json, equal: z.boolean() }),
  /** How each failed; `null` where it did not. */
  error: z.object({ recorded: failure.nullable(), now: failure.nullable() }),
  /** What is before the fork costs it nothing. */
  usage: z.object({ recorded: tokensAndCost, now: tokensAndCost }),
  /** Both ways side by side; where one has no such step, `null`. */
  path: z.array(z.object({ recorded: pathStep.nullable(), now: pathStep.nullable(), equal: z.boolean() })),
  /** Tools that were not really called because they change something. */
  stubbed: z.array(z.string()),
});

export const recordingRoutes = {
  get: route({
    method: 'GET',
    path: '/recordings/:id',
    summary:
      'Everything a run of an agent was made of: of a run on request by its id, of a job by its element instance',
    permission: 'agents:read',
    params: idParams,
    response: agentRecording,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
  ofInstance: route({
    method: 'GET',
    path: '/instances/:key/recordings',
    summary: 'Runs of agents in a run of a process, oldest first',
    permission: 'instances:read',
    params: keyParams,
    response: z.object({ items: z.array(recordingSummary) }),
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  replay: route({
    method: 'POST',
    path: '/recordings/:id/replay',
    summary:
      'Do a recorded run over: no model is asked and no tool called; tells the first call that is not what was recorded',
    permission: 'agents:read',
    rate: 'run',
    params: idParams,
    body: z.object({
      /** `latest`: by the definitions as they are now, to see whether the run would be the same. */
      against: z.enum(['recorded', 'latest']).default('recorded'),
    }),
    response: z.object({
      run: id,
      /** Calls that were done over alike. */
      calls: z.number().int(),
      /** The first one; `null` when all is alike. */
      difference: differing.nullable(),
    }),
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
    question: true,
  }),
  fork: route({
    method: 'POST',
    path: '/recordings/:id/fork',
    summary:
      'Let a recorded run go another way from one of its loops on: what is before it is free, what comes after it is live; tools that change something are not called',
    permission: 'agents:run',
    rate: 'run',
    params: idParams,
    body: forkChange,
    response: forkReport,
    events: agentRunEvents,
    answerEvent: 'fork.finished',
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'REFERENCE_MISSING', 'QUOTA_EXCEEDED', 'ENGINE_UNAVAILABLE'],
  }),
  cassette: route({
    method: 'GET',
    path: '/recordings/:id/cassette',
    summary:
      'A recording that may leave: keys, secrets and addresses of people are masked, and it is done over like the run itself',
    permission: 'agents:read',
    params: idParams,
    response: agentRecording,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
  comparison: route({
    method: 'GET',
    path: '/recordings/:id/comparison',
    summary: 'A fork beside the run it is a fork of',
    permission: 'agents:read',
    params: idParams,
    response: forkReport,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
};
