import { ok, type Result } from '@baton/engine/protocol';
import type { ResourceKind, ResourceStore } from '@baton/infra/store';
import { type AgentContent, type PromptContent, readPrompt } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { providerReference } from '../providers/service.ts';
import { referenceTo, toolReferences } from '../versioned/references.ts';
import type { MissingReference } from './claims.ts';
import type { NameableTools } from './nameableTools.ts';
import { includedPrompts } from './prompts.ts';

/** Names of an agent's content, as the store finds it by them. */
export function agentReferences(content: AgentContent): string[] {
  const { tools, guardrails, response, systemPrompt, userPrompt } = content;
  return [
    ...new Set([
      ...modelsOf(content).map(({ provider }) => providerReference(provider)),
      ...tools.flatMap(toolReferences),
      ...promptReferences(systemPrompt),
      ...promptReferences(userPrompt),
      ...(guardrails === undefined ? [] : [referenceTo('policy', guardrails)]),
      ...(typeof response === 'string' ? [referenceTo('task', response)] : []),
    ]),
  ];
}

/** Every model an agent may ask, its own first. */
export function modelsOf({
  provider,
  model,
  fallbacks,
}: Pick<AgentContent, 'provider' | 'model' | 'fallbacks'>): AgentContent['fallbacks'] {
  return [{ provider, model }, ...fallbacks];
}

export function promptReferences(text: string): string[] {
  return readPrompt(text).includes.map(({ name }) => referenceTo('prompt', name));
}

/** What an agent names and the tenant does not have; every one of them, at once. Its providers are asked for elsewhere. */
export async function missingOfAgent(
  resources: ResourceStore,
  nameable: NameableTools,
  tenantId: string,
  content: Pick<AgentContent, 'tools' | 'guardrails' | 'response' | 'systemPrompt' | 'userPrompt'>,
): Promise<MissingReference[]> {
  const { tools, guardrails, response, systemPrompt, userPrompt } = content;
  const wanted: { kind: ResourceKind; name: string }[] = [
    ...(guardrails === undefined ? [] : [{ kind: 'policy' as const, name: guardrails }]),
    ...(typeof response === 'string' ? [{ kind: 'task' as const, name: response }] : []),
  ];
  const [known, there, included] = await Promise.all([
    Promise.all(tools.map((name) => nameable.find(tenantId, name))),
    Promise.all(wanted.map(({ kind, name }) => resources.getByName(tenantId, kind, name))),
    includedPrompts(resources, tenantId, `${systemPrompt}\n${userPrompt}`),
  ]);
  return [
    ...tools.filter((_, index) => !known[index]).map((name) => ({ kind: 'tool' as const, name })),
    ...wanted.filter((_, index) => !there[index]),
    ...included.missing.map((name) => ({ kind: 'prompt' as const, name })),
  ];
}

/** Whether everything is there that an agent names. */
export async function admitAgent(
  resources: ResourceStore,
  nameable: NameableTools,
  tenantId: string,
  content: AgentContent,
): Promise<Result<void, Refusal>> {
  return refusedMissing('agent', await missingOfAgent(resources, nameable, tenantId, content));
}

/** Whether what a prompt includes is there, and comes to an end. */
export async function admitPrompt(
  resources: ResourceStore,
  tenantId: string,
  { text }: PromptContent,
  name: string,
): Promise<Result<void, Refusal>> {
  const { missing, endless } = await includedPrompts(resources, tenantId, text, { name, text });
  if (endless !== undefined) return refuse('INVALID_STATE', endless);
  return refusedMissing(
    'prompt',
    missing.map((each) => ({ kind: 'prompt', name: each })),
  );
}

function refusedMissing(of: 'agent' | 'prompt', missing: readonly MissingReference[]): Result<void, Refusal> {
  return missing.length === 0 ? ok() : refuse('REFERENCE_MISSING', missingMessage(of, missing), { missing });
}

export function missingMessage(of: 'agent' | 'prompt', missing: readonly MissingReference[]): string {
  const told = missing.slice(0, 10).map(({ kind, name }) => `no ${kind} '${name}'`);
  return `Expected what the ${of} names to be there, but there is ${told.join(', ')}${missing.length > 10 ? ' …' : ''}`;
}
