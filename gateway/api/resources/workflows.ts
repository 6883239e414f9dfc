import { z } from 'zod';
import { id, idParams, instant, jsonObject, listOf, page, problem } from '../common.ts';
import { route } from '../route.ts';
import { versionQuery, versionRows, versionState } from './versioned.ts';

/** JSON Schema of the variables the Run form asks for, with an example. */
export const startForm = z.object({ schema: z.record(z.string(), z.unknown()), example: jsonObject });

export const workflowSummary = z.object({
  id,
  name: z.string(),
  /** Id of the first executable process in the file. */
  bpmnProcessId: z.string(),
  version: z.number().int(),
  updatedAt: instant,
  updatedBy: z.string(),
  /** Latest deployment of this workflow, if any. */
  deployed: z
    .object({ processDefinitionKey: z.string(), version: z.number().int(), hash: z.string() })
    .optional(),
});
export type WorkflowSummary = z.infer<typeof workflowSummary>;

export const workflow = workflowSummary.extend({
  hash: z.string(),
  xml: z.string(),
  startForm: startForm.optional(),
  ...versionState,
});
export type Workflow = z.infer<typeof workflow>;

const name = z.string().trim().min(1).max(120);
const xml = z.string().min(1).max(2_000_000);
const message = z.string().max(500).default('');

export const workflowCreate = z.object({ name, xml, startForm: startForm.optional(), message });
export const workflowUpdate = z.object({
  name: name.optional(),
  xml: xml.optional(),
  startForm: startForm.optional(),
  message,
});

/** What a workflow is besides its name; what its draft is to become. */
export const workflowContent = z.object({ xml, startForm: startForm.exactOptional() });
export type WorkflowContent = z.infer<typeof workflowContent>;
export const workflowName = name;

const workflowVersions = versionRows('workflows', 'workflow', workflow);

export const workflowRoutes = {
  listWorkflows: route({
    method: 'GET',
    path: '/workflows',
    summary: 'Workflows of the tenant, by name',
    permission: 'workflows:read',
    query: page,
    response: listOf(workflowSummary),
    status: 200,
    errors: [],
  }),
  createWorkflow: route({
    method: 'POST',
    path: '/workflows',
    summary: 'Save a new workflow as version 1',
    permission: 'workflows:write',
    quota: { takes: ['workflows', 'storageBytes'] },
    body: workflowCreate,
    response: workflow,
    status: 201,
    errors: ['ALREADY_EXISTS'],
    etag: true,
  }),
  validateWorkflow: route({
    method: 'POST',
    path: '/workflows/validation',
    summary: 'Problems a deployment of this XML would meet',
    permission: 'workflows:read',
    body: z.object({ xml }),
    response: z.object({ problems: z.array(problem) }),
    status: 200,
    errors: [],
    question: true,
  }),
  getWorkflow: route({
    method: 'GET',
    path: '/workflows/:id',
    summary: 'A workflow with its XML',
    permission: 'workflows:read',
    params: idParams,
    query: versionQuery,
    response: workflow,
    status: 200,
    errors: ['NOT_FOUND'],
    etag: true,
  }),
  updateWorkflow: route({
    method: 'PUT',
    path: '/workflows/:id',
    summary: 'Save the next version',
    permission: 'workflows:write',
    quota: { takes: ['storageBytes'] },
    params: idParams,
    body: workflowUpdate,
    response: workflow,
    status: 200,
    errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'VERSION_CONFLICT', 'IF_MATCH_REQUIRED'],
    etag: true,
  }),
  deleteWorkflow: route({
    method: 'DELETE',
    path: '/workflows/:id',
    summary: 'Delete a workflow; its runs stay',
    permission: 'workflows:delete',
    quota: { returns: 'workflows' },
    params: idParams,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
  ...workflowVersions,
};
