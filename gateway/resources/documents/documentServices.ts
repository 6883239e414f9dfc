import type { AssignmentStore, ResourceStore } from '@baton/infra/store';
import {
  type AgentContent,
  agentContent,
  type DecisionContent,
  type DocumentKind,
  documentName,
  type FormContent,
  type NoteContent,
  noteContent,
  type PolicyContent,
  type PromptContent,
  policyContent,
  promptContent,
  type ResourceChange,
  type TaskContent,
  type ToolContent,
  taskContent,
  toolContent,
  type WorkflowContent,
} from '../../api/index.ts';
import type { GatewayDependencies } from '../../dependencies.ts';
import { refuse } from '../../refusal.ts';
import type { AgentValidation } from '../agents/validation.ts';
import { decisionKind } from '../decisions/decision.ts';
import { formKind } from '../forms/form.ts';
import { promptProblems } from '../prompts/problems.ts';
import type { ProviderService } from '../providers/service.ts';
import {
  admitAgent,
  admitPrompt,
  agentReferences,
  modelsOf,
  promptReferences,
} from '../references/admission.ts';
import type { NameClaims } from '../references/claims.ts';
import type { NameableTools } from '../references/nameableTools.ts';
import { admitSchemas, responseProblems, toolSchemaProblems } from '../schemas.ts';
import { keptWhileAssigned } from '../tasks/keptWhileAssigned.ts';
import { taskProblems } from '../tasks/problems.ts';
import { statedProblem, type ToolChecks, withStated } from '../tools/validation.ts';
import { createVersionedService, type VersionedOptions } from '../versioned/index.ts';
import { workflowKind } from '../workflows/kind.ts';
import type { Definitions } from './definitions.ts';

export interface DocumentServicesOptions {
  resources: ResourceStore;
  definitions: Definitions;
  nameable: NameableTools;
  validation: AgentValidation;
  providers: Pick<ProviderService, 'choosable'>;
  assignments: AssignmentStore;
  toolChecks: Pick<ToolChecks, 'stated'>;
  decisionProblems: GatewayDependencies['decisionProblems'];
  /** Without it nobody else saves into these resources. */
  names?: NameClaims;
  now(): number;
  newId(): string;
  changed(tenantId: string, kind: DocumentKind, change: ResourceChange): void;
}

/** The services of all kinds of documents over one store. */
export function createDocumentServices({
  resources,
  definitions,
  nameable,
  validation,
  providers,
  assignments,
  toolChecks,
  decisionProblems,
  names,
  now,
  newId,
  changed,
}: DocumentServicesOptions) {
  const named = names && { names };
  const versioned = <C>(
    rules: Pick<VersionedOptions<C>, 'schema'> & Partial<VersionedOptions<C>> & { kind: DocumentKind },
  ) =>
    createVersionedService<C>({
      store: resources,
      now,
      newId,
      changed: (tenantId, change) => changed(tenantId, rules.kind, change),
      ...rules,
    });
  return {
    workflow: versioned<WorkflowContent>({ ...workflowKind, kind: 'workflow', ...named }),
    agent: versioned<AgentContent>({
      kind: 'agent',
      schema: agentContent,
      references: agentReferences,
      ...named,
      async admit(tenantId, content) {
        for (const { provider } of modelsOf(content)) {
          const choosable = await providers.choosable(tenantId, provider);
          if (!choosable.ok) return choosable;
        }
        const missing = await admitAgent(resources, nameable, tenantId, content);
        return missing.ok ? admitSchemas(responseProblems(content)) : missing;
      },
      problems: (tenantId, content) => validation.problems(tenantId, { content }),
    }),
    tool: versioned<ToolContent>({
      kind: 'tool',
      schema: toolContent,
      ...named,
      complete: (content) => withStated(content, toolChecks),
      async admit(_tenantId, content, name) {
        const wrong = statedProblem(name, content, toolChecks);
        if (wrong) return refuse('VALIDATION_FAILED', wrong);
        return admitSchemas(toolSchemaProblems(content));
      },
      problems: async (_tenantId, content) => toolSchemaProblems(content),
    }),
    task: versioned<TaskContent>({
      kind: 'task',
      schema: taskContent,
      ...named,
      admit: async (_tenantId, content) => admitSchemas(taskProblems(content)),
      removable: (_tenantId, task) => keptWhileAssigned(task, assignments, resources),
      problems: async (_tenantId, content) => taskProblems(content),
    }),
    prompt: versioned<PromptContent>({
      kind: 'prompt',
      schema: promptContent,
      references: ({ text }) => promptReferences(text),
      ...named,
      admit: (tenantId, content, name) => admitPrompt(resources, tenantId, content, name),
      problems: (tenantId, content) => promptProblems(resources, tenantId, content),
    }),
    policy: versioned<PolicyContent>({ kind: 'policy', schema: policyContent, ...named }),
    form: versioned<FormContent>({ ...formKind(definitions), kind: 'form' }),
    decision: versioned<DecisionContent>({
      ...decisionKind(definitions, decisionProblems),
      kind: 'decision',
    }),
    note: versioned<NoteContent>({ kind: 'note', schema: noteContent, nameSchema: documentName }),
  };
}
