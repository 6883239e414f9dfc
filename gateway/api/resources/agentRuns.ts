import { runStatuses } from '@baton/engine/protocol';
import { z } from 'zod';
import { callContext, callFallback, callUsage, guardVerdict } from '../calls.ts';
import { idParams, instant, json, jsonObject, listOf, page, resourceName } from '../common.ts';
import { answered, question } from '../questions.ts';
import { route } from '../route.ts';
import { agentContent } from './agents.ts';

/** Characters a run may be asked. */
export const promptLimit = 20_000;

const failure = z.object({ code: z.string(), message: z.string() });

/** One call of a run, as it was recorded before its result was used. */
export const runStep = z.object({
  sequence: z.number().int(),
  kind: z.enum(['model', 'tool']),
  name: z.string(),
  version: z.number().int(),
  /** `provider/model` for model calls, '' for tools. */
  model: z.string(),
  request: json,
  response: json,
  error: failure.nullable(),
  usage: callUsage,
  /** Without it, the agent's own model was asked. */
  fallback: callFallback.optional(),
  /** Without it, the model was shown all there was. */
  context: callContext.optional(),
  verdicts: z.array(guardVerdict),
  /** Of a fork: answered by the run it is a fork of, or not really called. */
  fork: z.enum(['copied', 'stubbed']).optional(),
  /** What people were asked before it was done. */
  answers: z.array(answered),
  startedAt: instant,
  /** ms */
  duration: z.number(),
});
export type RunStep = z.infer<typeof runStep>;

export const agentRun = z.object({
  id: z.string(),
  agent: z.object({
    id: z.string(),
    name: z.string(),
    /** 0 while a draft is tried. */
    version: z.number().int(),
    label: z.string().nullable(),
    hash: z.string().nullable(),
  }),
  task: z.object({ name: z.string(), version: z.number().int() }).nullable(),
  provider: z.string(),
  model: z.string(),
  status: z.enum(runStatuses),
  prompt: z.string(),
  input: jsonObject.nullable(),
  /** The checked answer, or the text; what there was of it when the run failed. `null` = nothing. */
  output: json,
  error: failure.nullable(),
  usage: callUsage,
  conversation: z.string().nullable(),
  /** The recorded run that it goes another way of. */
  forkOf: z.string().nullable(),
  by: z.string(),
  startedAt: instant,
  /** ms */
  duration: z.number(),
});
export type AgentRunView = z.infer<typeof agentRun>;
export const agentRunWithSteps = agentRun.extend({ steps: z.array(runStep) });
export type AgentRunWithSteps = z.infer<typeof agentRunWithSteps>;

const event = <const N extends string, D extends z.ZodType>(name: N, data: D) =>
  z.object({ event: z.literal(name), data });

export const agentRunEvents = z.union([
  event('run.started', agentRun),
  event('text.delta', z.object({ text: z.string() })),
  /** `from` could not answer: what was told of its answer is void, and `to` is asked. */
  event('model.switched', z.object({ from: z.string(), to: z.string(), code: z.string() })),
  event('tool.started', z.object({ callId: z.string(), name: z.string(), arguments: jsonObject })),
  event(
    'tool.finished',
    z.object({
      callId: z.string(),
      name: z.string(),
      ok: z.boolean(),
      result: json.optional(),
      error: failure.optional(),
      /** ms */
      duration: z.number(),
    }),
  ),
  event('question.asked', question.extend({ callId: z.string() })),
  event(
    'question.answered',
    z.object({ id: z.string(), callId: z.string(), action: z.enum(['accept', 'decline', 'cancel']) }),
  ),
  /** It goes on from its record in another thread: text of an answer that has not ended (since the last `usage`) counts no more. */
  event('run.restarted', z.object({})),
  event('usage', callUsage),
]);
export type AgentRunEvent = z.infer<typeof agentRunEvents>;

/** Names a conversation among those of the agent. */
export const conversationId = z
  .string()
  .regex(/^[\w.:-]{1,128}$/, 'Expected 1 to 128 letters, digits, ., _, : and -');

export const runBody = z
  .object({
    prompt: z.string().trim().min(1).max(promptLimit).optional(),
    /** Checked against the request schema of the task; prompts take its values by `{{name}}`. */
    input: jsonObject.optional(),
    /** A task whose schemas input and answer must fit; at the version the agent is assigned, else the latest. */
    task: resourceName.optional(),
    version: z.number().int().min(1).optional(),
    label: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/)
      .optional(),
    /** Runs of an agent with memory know what was said in the same conversation. */
    conversation: conversationId.optional(),
    /** A draft being tried instead of what is saved; whoever may save it may. */
    content: agentContent.optional(),
  })
  .superRefine(({ prompt, input, version, label, content }, { addIssue }) => {
    if (prompt === undefined && input === undefined)
      addIssue({ code: 'custom', path: ['prompt'], message: 'Expected a prompt or an input' });
    if ([version, label, content].filter((each) => each !== undefined).length > 1)
      addIssue({ code: 'custom', path: ['version'], message: 'Expected one of version, label and content' });
  });

const filter = page.extend({ status: z.enum(runStatuses).optional() });

/** How a run may end that does not come to its end. */
export const runErrors = [
  'REFERENCE_MISSING',
  'CONVERSATION_BUSY',
  'TOOL_QUARANTINED',
  'RUN_CANCELLED',
  'AGENT_STOPPED',
  'AGENT_CRASHED',
  'AGENT_UNRESPONSIVE',
  'AGENT_MEMORY',
  'QUOTA_EXCEEDED',
  'BUDGET_EXCEEDED',
  'AGENT_LOOP',
  'GUARDRAIL_VIOLATION',
  'MODEL_FAILED',
  'MODEL_UNAVAILABLE',
] as const;

export const agentRunRoutes = {
  run: route({
    method: 'POST',
    path: '/agents/:id/run',
    summary: 'Run an agent, and wait for its answer or hear it as it comes',
    permission: 'agents:run',
    rate: 'run',
    params: idParams,
    body: runBody,
    response: agentRunWithSteps,
    events: agentRunEvents,
    answerEvent: 'run.finished',
    status: 200,
    errors: ['NOT_FOUND', ...runErrors],
  }),
  ofAgent: route({
    method: 'GET',
    path: '/agents/:id/runs',
    summary: 'Runs of an agent, newest first',
    permission: 'agents:read',
    params: idParams,
    query: filter,
    response: listOf(agentRun),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  list: route({
    method: 'GET',
    path: '/agent-runs',
    summary: 'Runs of agents on their own, newest first; also of those that are deleted',
    permission: 'agents:read',
    query: filter,
    response: listOf(agentRun),
    status: 200,
    errors: [],
  }),
  get: route({
    method: 'GET',
    path: '/agent-runs/:id',
    summary: 'A run with its steps',
    permission: 'agents:read',
    params: idParams,
    response: agentRunWithSteps,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  cancel: route({
    method: 'POST',
    path: '/agent-runs/:id/cancel',
    summary: 'Cancel a run that goes on',
    permission: 'agents:run',
    params: idParams,
    response: agentRun,
    status: 202,
    errors: ['NOT_FOUND', 'INVALID_STATE'],
  }),
};
