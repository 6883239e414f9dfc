import { z } from 'zod';
import { listOf, page } from '../common.ts';
import { route } from '../route.ts';
import { agentContent } from './agents.ts';
import { policyContent } from './policies.ts';
import { promptContent } from './prompts.ts';
import { taskContent } from './tasks.ts';
import { toolContent } from './tools.ts';
import { versionedRoutes } from './versioned.ts';
import { workflowContent } from './workflows.ts';

export const templateKinds = ['agent', 'tool', 'task', 'workflow', 'prompt', 'policy', 'element'] as const;
export type TemplateKind = (typeof templateKinds)[number];

/** Camunda's element template as it is: whoever applies it checks it by its own schema. */
export const elementTemplateContent = z.looseObject({
  id: z.string().min(1).max(500),
  name: z.string().min(1).max(500),
  appliesTo: z.array(z.string()).min(1),
  properties: z.array(z.record(z.string(), z.json())),
});

const description = z.string().max(1000).default('');
const templateOf = <const K extends TemplateKind, C extends z.ZodType>(of: K, content: C) =>
  z.object({ of: z.literal(of), description, content });

/** Something to start from: a whole content of another kind, under a name of its own. */
export const templateContent = z.discriminatedUnion('of', [
  templateOf('agent', agentContent),
  templateOf('tool', toolContent),
  templateOf('task', taskContent),
  templateOf('workflow', workflowContent),
  templateOf('prompt', promptContent),
  templateOf('policy', policyContent),
  templateOf('element', elementTemplateContent),
]);
export type TemplateContent = z.infer<typeof templateContent>;

const rows = versionedRoutes('templates', templateContent);
/** `builtIn`: comes with the product, the same for everybody; it is not changed or deleted. */
const template = rows.get.response.extend({ builtIn: z.boolean() });
export type Template = z.infer<typeof template>;

export const templateRoutes = {
  ...rows,
  list: route({
    ...rows.list,
    summary: 'Templates to start from: built-in ones first, then the tenant’s own by name',
    query: page.extend({ of: z.enum(templateKinds).optional() }),
    response: listOf(template),
  }),
  get: route({ ...rows.get, response: template }),
};
