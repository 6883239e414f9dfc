import { runStatuses } from '@baton/engine/protocol';
import { z } from 'zod';
import { id, idParams, instant, listOf, page, resourceName } from '../common.ts';
import { route } from '../route.ts';
import { promptLimit, runErrors } from './agentRuns.ts';

/**
 * The small API for programs: tools, agents, their runs. The same tools and agents as under `/api`, behind the same services;
 * fields are written in snake case, a name that is taken is 400, and what belongs to another tenant is 403.
 */

const schema = z.record(z.string(), z.unknown());

const v1ToolBody = z.object({
  name: resourceName,
  description: z.string().min(1).max(4000),
  /** JSON Schemas of what the tool takes and gives; `{}` = anything. */
  input: schema.default({}),
  output: schema.default({}),
  /** TypeScript with a default export: `(input, context) => output`. Without one, the tool gives back what it is given. */
  source: z.string().min(1).max(200_000).optional(),
  side_effect: z.boolean().default(false),
});
const v1Tool = z.object({
  id,
  name: resourceName,
  description: z.string(),
  input: schema,
  output: schema,
  source: z.string(),
  side_effect: z.boolean(),
  version: z.number().int(),
  updated_at: instant,
  updated_by: z.string(),
});
export type V1Tool = z.infer<typeof v1Tool>;

const v1AgentBody = z.object({
  name: resourceName,
  description: z.string().max(1000).default(''),
  /** The system prompt. */
  instructions: z.string().min(1).max(50_000),
  /** One of the models of this installation; the first of them when none is named. */
  model: z.string().min(1).max(200).optional(),
  /** Tools the model may call. */
  tool_ids: z.array(id).max(64).default([]),
});
const v1Agent = z.object({
  id,
  name: resourceName,
  description: z.string(),
  instructions: z.string(),
  model: z.string(),
  tool_ids: z.array(z.string()),
  version: z.number().int(),
  updated_at: instant,
  updated_by: z.string(),
});
export type V1Agent = z.infer<typeof v1Agent>;

const v1Run = z.object({
  id: z.string(),
  agent_id: z.string(),
  agent_name: z.string(),
  agent_version: z.number().int(),
  model: z.string(),
  prompt: z.string(),
  status: z.enum(runStatuses),
  /** `null` unless it is completed. */
  answer: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  usage: z.object({ input_tokens: z.number().int(), output_tokens: z.number().int() }),
  started_at: instant,
  /** ms */
  duration: z.number(),
});
export type V1Run = z.infer<typeof v1Run>;

const foreign = ['NOT_FOUND', 'FOREIGN_RESOURCE'] as const;

export const v1ToolRoutes = {
  list: route({
    method: 'GET',
    path: '/v1/tools',
    summary: 'Your tools, by name; with agent_name those of that agent',
    permission: 'tools:read',
    query: page.extend({ agent_name: resourceName.optional() }),
    response: listOf(v1Tool),
    status: 200,
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/tools',
    quota: { takes: ['tools', 'storageBytes'] },
    summary: 'Make a tool',
    permission: 'tools:write',
    body: v1ToolBody,
    response: v1Tool,
    status: 201,
    errors: ['DUPLICATE_NAME'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/tools/:id',
    summary: 'One of your tools',
    permission: 'tools:read',
    params: idParams,
    response: v1Tool,
    status: 200,
    errors: foreign,
  }),
  update: route({
    method: 'PUT',
    path: '/v1/tools/:id',
    quota: { takes: ['storageBytes'] },
    summary: 'Save a tool anew; its name stays while an agent uses it',
    permission: 'tools:write',
    params: idParams,
    body: v1ToolBody,
    response: v1Tool,
    status: 200,
    errors: [...foreign, 'DUPLICATE_NAME', 'IN_USE', 'VERSION_CONFLICT'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/v1/tools/:id',
    quota: { returns: 'tools' },
    summary: 'Delete a tool that no agent uses',
    permission: 'tools:delete',
    params: idParams,
    status: 204,
    errors: [...foreign, 'IN_USE'],
  }),
};

export const v1AgentRoutes = {
  list: route({
    method: 'GET',
    path: '/v1/agents',
    summary: 'Your agents, by name; with tool_name those that use that tool',
    permission: 'agents:read',
    query: page.extend({ tool_name: resourceName.optional() }),
    response: listOf(v1Agent),
    status: 200,
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/v1/agents',
    quota: { takes: ['agents', 'storageBytes'] },
    summary: 'Make an agent',
    permission: 'agents:write',
    body: v1AgentBody,
    response: v1Agent,
    status: 201,
    errors: ['DUPLICATE_NAME', 'FOREIGN_RESOURCE', 'MODEL_NOT_ALLOWED', 'REFERENCE_MISSING'],
  }),
  get: route({
    method: 'GET',
    path: '/v1/agents/:id',
    summary: 'One of your agents',
    permission: 'agents:read',
    params: idParams,
    response: v1Agent,
    status: 200,
    errors: foreign,
  }),
  update: route({
    method: 'PUT',
    path: '/v1/agents/:id',
    quota: { takes: ['storageBytes'] },
    summary: 'Save an agent anew',
    permission: 'agents:write',
    params: idParams,
    body: v1AgentBody,
    response: v1Agent,
    status: 200,
    errors: [...foreign, 'DUPLICATE_NAME', 'MODEL_NOT_ALLOWED', 'REFERENCE_MISSING', 'VERSION_CONFLICT'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/v1/agents/:id',
    quota: { returns: 'agents' },
    summary: 'Delete an agent; what it did stays in the history',
    permission: 'agents:delete',
    params: idParams,
    status: 204,
    errors: foreign,
  }),
  run: route({
    method: 'POST',
    path: '/v1/agents/:id/run',
    summary: 'Ask an agent, and wait for its answer',
    permission: 'agents:run',
    rate: 'run',
    params: idParams,
    body: z.object({
      prompt: z.string().trim().min(1).max(promptLimit),
      /** One of the models of this installation; the agent's own when none is named. */
      model: z.string().min(1).max(200).optional(),
    }),
    response: v1Run,
    status: 200,
    errors: [...foreign, 'MODEL_NOT_ALLOWED', ...runErrors],
  }),
};

export const v1HistoryRoutes = {
  list: route({
    method: 'GET',
    path: '/v1/history',
    summary: 'Runs of your agents, newest first',
    permission: 'agents:read',
    query: page,
    response: listOf(v1Run),
    status: 200,
    errors: [],
  }),
};
