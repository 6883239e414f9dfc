import { z } from 'zod';
import { id, instant, key, keyParams, listOf, page } from '../common.ts';
import { route } from '../route.ts';

export const deployedProcess = z.object({
  processDefinitionKey: key,
  bpmnProcessId: z.string(),
  version: z.number().int(),
  duplicate: z.boolean(),
});

/** A form or decision that went with a workflow, at the version it had. */
export const deployedDocument = z.object({
  kind: z.enum(['form', 'decision']),
  id,
  name: z.string(),
  version: z.number().int(),
});
export type DeployedDocument = z.infer<typeof deployedDocument>;

export const deployment = z.object({
  key,
  workflowId: id,
  workflowVersion: z.number().int(),
  processes: z.array(deployedProcess),
  /** What it names, deployed with it. */
  documents: z.array(deployedDocument),
  deployedAt: instant,
  deployedBy: z.string(),
});
export type Deployment = z.infer<typeof deployment>;

export const definition = z.object({
  processDefinitionKey: key,
  bpmnProcessId: z.string(),
  name: z.string(),
  version: z.number().int(),
  xml: z.string(),
});
export type Definition = z.infer<typeof definition>;

export const deploymentRoutes = {
  listDeployments: route({
    method: 'GET',
    path: '/deployments',
    summary: 'Deployments of the tenant, newest first',
    permission: 'deployments:read',
    query: page.extend({ workflowId: id.optional() }),
    response: listOf(deployment),
    status: 200,
    errors: [],
  }),
  createDeployment: route({
    method: 'POST',
    path: '/deployments',
    summary:
      'Deploy a saved workflow with the forms and decisions it names; refused whole with `details.problems` (see `problem`) when anything in it is wrong',
    permission: 'deployments:create',
    body: z.object({ workflowId: id, version: z.number().int().min(1).optional() }),
    response: deployment,
    status: 201,
    errors: ['NOT_FOUND', 'DEPLOYMENT_REJECTED', 'ENGINE_UNAVAILABLE', 'ENGINE_BUSY'],
  }),
  getDefinition: route({
    method: 'GET',
    path: '/definitions/:key',
    summary: 'A deployed process with its XML',
    permission: 'deployments:read',
    params: keyParams,
    response: definition,
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
};
