import type { z } from 'zod';
import { type TemplateContent, type TemplateKind, templateContent } from '../../../api/index.ts';
import { agentTemplates } from './agents.ts';
import { elementTemplates } from './elements.ts';
import { policyTemplates } from './policies.ts';
import { promptTemplates } from './prompts.ts';
import { taskTemplates } from './tasks.ts';
import { toolTemplates } from './tools.ts';
import { workflowTemplates } from './workflows.ts';

export interface BuiltInTemplate {
  name: string;
  content: z.input<typeof templateContent>;
}

const byKind = {
  agent: agentTemplates,
  tool: toolTemplates,
  task: taskTemplates,
  workflow: workflowTemplates,
  prompt: promptTemplates,
  policy: policyTemplates,
  element: elementTemplates,
} satisfies { [K in TemplateKind]: readonly BuiltInTemplate[] };

/** What every tenant may start from, in this order; the same for all. */
export const builtInTemplates: readonly { name: string; content: TemplateContent }[] = Object.values<
  readonly BuiltInTemplate[]
>(byKind).flatMap((templates) =>
  templates.map(({ name, content }) => ({ name, content: templateContent.parse(content) })),
);
