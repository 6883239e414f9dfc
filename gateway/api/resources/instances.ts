import { z } from 'zod';
import { callContext, callFallback, callUsage, guardVerdict } from '../calls.ts';
import { instant, json, jsonObject, key, keyParams, listOf, page } from '../common.ts';
import { answered } from '../questions.ts';
import { route } from '../route.ts';

export const instanceState = z.enum(['ACTIVE', 'COMPLETED', 'TERMINATED']);

export const instance = z.object({
  key,
  bpmnProcessId: z.string(),
  processName: z.string(),
  version: z.number().int(),
  processDefinitionKey: key,
  state: instanceState,
  startedAt: instant,
  endedAt: instant.optional(),
  /** Open incidents. */
  incidents: z.number().int(),
});
export type Instance = z.infer<typeof instance>;

export const elementInstance = z.object({
  key,
  elementId: z.string(),
  elementName: z.string(),
  elementType: z.string(),
  state: instanceState,
  startedAt: instant,
  endedAt: instant.optional(),
  /** Key of the enclosing element instance; the instance's own key at the top. */
  scopeKey: key,
  incidentKey: key.optional(),
});
export type ElementInstance = z.infer<typeof elementInstance>;

export const variable = z.object({
  name: z.string(),
  value: json,
  scopeKey: key,
  /** Id of the element whose instance is the scope. */
  scopeElementId: z.string(),
});
export type Variable = z.infer<typeof variable>;

export const incident = z.object({
  key,
  errorType: z.string(),
  message: z.string(),
  elementId: z.string(),
  elementInstanceKey: key,
  jobKey: key.optional(),
  createdAt: instant,
  state: z.enum(['ACTIVE', 'RESOLVED']),
});
export type Incident = z.infer<typeof incident>;

/** One record of the run, as the history shows it. */
export const historyRecord = z.object({
  position: z.number().int(),
  timestamp: instant,
  recordType: z.enum(['COMMAND', 'EVENT', 'COMMAND_REJECTION']),
  valueType: z.string(),
  intent: z.string(),
  key,
  elementId: z.string(),
  value: jsonObject,
});
export type HistoryRecord = z.infer<typeof historyRecord>;

export const call = z.object({
  id: z.string(),
  kind: z.enum(['model', 'tool']),
  name: z.string(),
  version: z.number().int(),
  model: z.string(),
  elementId: z.string(),
  elementInstanceKey: key,
  sequence: z.number().int(),
  requestHash: z.string(),
  request: json,
  response: json,
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  usage: callUsage,
  /** Without it, the agent's own model was asked. */
  fallback: callFallback.optional(),
  /** Without it, the model was shown all there was. */
  context: callContext.optional(),
  /** Of the checks that looked at it. */
  verdicts: z.array(guardVerdict).optional(),
  /** Of a fork: answered by the run it is a fork of, or not really called. */
  fork: z.enum(['copied', 'stubbed']).optional(),
  /** Tools that a model was offered: its names for them, theirs and their versions. */
  offered: z.array(z.object({ as: z.string(), name: z.string(), version: z.number().int() })).optional(),
  /** What people were asked before it was done. */
  answers: z.array(answered).optional(),
  startedAt: instant,
  /** ms */
  duration: z.number(),
});
export type Call = z.infer<typeof call>;

export const instanceRoutes = {
  listInstances: route({
    method: 'GET',
    path: '/instances',
    summary: 'Runs of the tenant, newest first',
    permission: 'instances:read',
    query: page.extend({
      state: instanceState.optional(),
      bpmnProcessId: z.string().optional(),
      processDefinitionKey: key.optional(),
      hasIncident: z.stringbool().optional(),
    }),
    response: listOf(instance),
    status: 200,
    errors: ['ENGINE_UNAVAILABLE'],
  }),
  startInstance: route({
    method: 'POST',
    path: '/instances',
    summary: 'Start a run of a deployed process',
    permission: 'instances:start',
    quota: { takes: ['concurrentRuns'] },
    body: z.union([
      z.object({ processDefinitionKey: key, variables: jsonObject.default({}) }),
      z.object({ bpmnProcessId: z.string().min(1), variables: jsonObject.default({}) }),
    ]),
    response: z.object({
      key,
      processDefinitionKey: key,
      bpmnProcessId: z.string(),
      version: z.number().int(),
    }),
    status: 201,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE', 'ENGINE_BUSY'],
  }),
  getInstance: route({
    method: 'GET',
    path: '/instances/:key',
    summary: 'One run',
    permission: 'instances:read',
    params: keyParams,
    response: instance,
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  cancelInstance: route({
    method: 'POST',
    path: '/instances/:key/cancellation',
    summary: 'Cancel a run',
    permission: 'instances:cancel',
    params: keyParams,
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
  listElementInstances: route({
    method: 'GET',
    path: '/instances/:key/elements',
    summary: 'Element instances of a run, oldest first, and the sequence flows taken',
    permission: 'instances:read',
    params: keyParams,
    response: z.object({ items: z.array(elementInstance), takenFlows: z.array(z.string()) }),
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  listVariables: route({
    method: 'GET',
    path: '/instances/:key/variables',
    summary: 'Variables of a run, all scopes',
    permission: 'instances:read',
    params: keyParams,
    response: z.object({ items: z.array(variable) }),
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  listHistory: route({
    method: 'GET',
    path: '/instances/:key/history',
    summary: 'Records of a run, oldest first',
    permission: 'instances:read',
    params: keyParams,
    query: page.extend({ limit: z.coerce.number().int().min(1).max(1000).default(500) }),
    response: listOf(historyRecord),
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  listIncidents: route({
    method: 'GET',
    path: '/instances/:key/incidents',
    summary: 'Incidents of a run, open ones first',
    permission: 'instances:read',
    params: keyParams,
    response: z.object({ items: z.array(incident) }),
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  listCalls: route({
    method: 'GET',
    path: '/instances/:key/calls',
    summary: 'Model and tool calls of a run, oldest first',
    permission: 'instances:read',
    params: keyParams,
    response: z.object({ items: z.array(call) }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  resolveIncident: route({
    method: 'POST',
    path: '/incidents/:key/resolution',
    summary: 'Try again what the incident stopped; sets job retries first when given',
    permission: 'incidents:resolve',
    params: keyParams,
    body: z.object({ retries: z.number().int().min(1).max(100).optional() }),
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
};
