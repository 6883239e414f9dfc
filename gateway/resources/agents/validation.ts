import type { ResourceStore } from '@baton/infra/store';
import { z } from 'zod';
import {
  type AgentContent,
  agentContent,
  type ContentProblem,
  readPrompt,
  resourceName,
} from '../../api/index.ts';
import { readBy } from '../../pipeline/validate.ts';
import type { ProviderService } from '../providers/service.ts';
import { missingMessage } from '../references/admission.ts';
import type { NameableTools } from '../references/nameableTools.ts';
import { includedPrompts } from '../references/prompts.ts';
import { responseProblems } from '../schemas.ts';

export interface AgentDraft {
  /** Of the agent that is edited: its own name is not taken. */
  id?: string | undefined;
  name?: string | undefined;
  content: unknown;
}

export interface AgentValidation {
  /** What saving would refuse, in its words and codes, and what a person wants to know as they type. Saves nothing. */
  problems(tenantId: string, draft: AgentDraft): Promise<ContentProblem[]>;
}

export interface AgentValidationOptions {
  resources: ResourceStore;
  providers: Pick<ProviderService, 'choosable'>;
  tools: NameableTools;
}

const draftBody = z.object({ content: agentContent });
/** A content of which every part may be missing or wrong by itself. */
const parts = agentContent.shape;

type Tell = (
  severity: ContentProblem['severity'],
  code: string,
  path: readonly (string | number)[],
  message: string,
) => void;

export function createAgentValidation(options: AgentValidationOptions): AgentValidation {
  const { resources } = options;

  async function checkName(tenantId: string, { id, name }: AgentDraft, tell: Tell) {
    if (name === undefined) return;
    const read = resourceName.safeParse(name);
    if (!read.success) tell('error', 'VALIDATION_FAILED', ['name'], read.error.issues[0]!.message);
    else {
      const taken = await resources.getByName(tenantId, 'agent', name);
      if (taken && taken.id !== id)
        tell(
          'error',
          'ALREADY_EXISTS',
          ['name'],
          `Expected a new name for the agent, but '${name}' is taken`,
        );
    }
  }

  /** @param at where the two stand: in the content, or in one of its fallbacks */
  async function checkModel(
    tenantId: string,
    { provider, model }: Partial<AgentContent['fallbacks'][number]>,
    { limits }: Readable,
    at: readonly (string | number)[],
    tell: Tell,
  ) {
    if (provider === undefined) return;
    const choosable = await options.providers.choosable(tenantId, provider);
    if (!choosable.ok) {
      tell('error', choosable.failure.code, [...at, 'provider'], choosable.failure.message);
      return;
    }
    if (model === undefined) return;
    const found = choosable.value;
    if (found.models.length > 0 && !found.models.includes(model))
      tell(
        'warning',
        'MODEL_UNKNOWN',
        [...at, 'model'],
        `Expected one of the models of '${provider}', but '${model}' was not among them when it was last asked`,
      );
    if (limits?.maxCost !== undefined && !found.prices.some((price) => price.model === model))
      tell(
        'warning',
        'PRICE_MISSING',
        ['content', 'limits', 'maxCost'],
        `Expected a price of '${model}' at the provider '${provider}', but there is none: calls count as free, and the limit is never reached`,
      );
  }

  async function checkModels(tenantId: string, content: Readable, tell: Tell) {
    const { provider, model, fallbacks = [] } = content;
    await checkModel(
      tenantId,
      { ...(provider && { provider }), ...(model && { model }) },
      content,
      ['content'],
      tell,
    );
    const chain = [{ provider, model }, ...fallbacks];
    for (const [index, choice] of fallbacks.entries()) {
      const at = ['content', 'fallbacks', index];
      await checkModel(tenantId, choice, content, at, tell);
      const before = chain.slice(0, index + 1);
      if (before.some((each) => each.provider === choice.provider && each.model === choice.model))
        tell(
          'warning',
          'FALLBACK_REPEATED',
          at,
          `Expected another model than those before it, but '${choice.model}' of '${choice.provider}' has failed by then: it is asked for nothing`,
        );
    }
  }

  async function checkPrompts(tenantId: string, content: Readable, tell: Tell) {
    for (const field of ['systemPrompt', 'userPrompt'] as const) {
      const text = content[field];
      if (text === undefined) continue;
      const path = ['content', field];
      for (const { code, message } of readPrompt(text).problems) tell('warning', code, path, message);
      const { missing, endless } = await includedPrompts(resources, tenantId, text);
      for (const name of missing)
        tell('error', 'REFERENCE_MISSING', path, missingMessage('agent', [{ kind: 'prompt', name }]));
      if (endless !== undefined) tell('warning', 'PROMPT_ENDLESS', path, endless);
    }
  }

  async function checkTools(tenantId: string, { tools = [] }: Readable, tell: Tell) {
    const found = await Promise.all(tools.map((name) => options.tools.find(tenantId, name)));
    found.forEach((tool, index) => {
      const path = ['content', 'tools', index];
      const name = tools[index]!;
      if (!tool) {
        tell('error', 'REFERENCE_MISSING', path, missingMessage('agent', [{ kind: 'tool', name }]));
        return;
      }
      if (tool.quarantined)
        tell(
          'warning',
          'TOOL_QUARANTINED',
          path,
          `Expected '${name}' as an admin accepted it, but its server says something else of it now: calls of it wait until that is accepted`,
        );
      const { sideEffect, approval = 'never' } = tool.approval ?? {};
      if (sideEffect && approval === 'never')
        tell(
          'warning',
          'APPROVAL_MISSING',
          path,
          `Expected somebody to agree before '${name}' changes something outside, but its approval is never: the agent calls it on its own`,
        );
    });
  }

  async function checkOthers(tenantId: string, { guardrails, response }: Readable, tell: Tell) {
    const named = [
      ...(guardrails === undefined
        ? []
        : [{ kind: 'policy' as const, name: guardrails, field: 'guardrails' }]),
      ...(typeof response === 'string' ? [{ kind: 'task' as const, name: response, field: 'response' }] : []),
    ];
    await Promise.all(
      named.map(async ({ kind, name, field }) => {
        if (!(await resources.getByName(tenantId, kind, name)))
          tell('error', 'REFERENCE_MISSING', ['content', field], missingMessage('agent', [{ kind, name }]));
      }),
    );
  }

  return {
    async problems(tenantId, draft) {
      const problems: ContentProblem[] = [];
      const tell: Tell = (severity, code, path, message) =>
        problems.push({ severity, code, path: path.map(String), message });
      const read = readBy(draftBody, { content: draft.content });
      if (!read.ok)
        for (const { path, message } of read.failure.slice(0, mostProblems))
          tell('error', 'VALIDATION_FAILED', path.map(String), message);
      const content = readable(draft.content);
      await Promise.all([
        checkName(tenantId, draft, tell),
        checkModels(tenantId, content, tell),
        checkPrompts(tenantId, content, tell),
        checkTools(tenantId, content, tell),
        checkOthers(tenantId, content, tell),
      ]);
      problems.push(...responseProblems({ response: content.response }));
      return problems.sort(byPlace).slice(0, mostProblems);
    },
  };
}

const mostProblems = 100;

type Readable = {
  [P in
    | 'provider'
    | 'model'
    | 'fallbacks'
    | 'systemPrompt'
    | 'userPrompt'
    | 'tools'
    | 'guardrails'
    | 'response'
    | 'limits']?: AgentContent[P] | undefined;
};

/** The parts of a draft that can be read, whatever the others are. */
function readable(content: unknown): Readable {
  const given = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>;
  const part = <P extends keyof Readable>(name: P): Readable[P] => {
    if (!Object.hasOwn(given, name)) return undefined;
    const read = parts[name].safeParse(given[name]);
    return read.success ? (read.data as Readable[P]) : undefined;
  };
  return {
    provider: part('provider'),
    model: part('model'),
    fallbacks: part('fallbacks'),
    systemPrompt: part('systemPrompt'),
    userPrompt: part('userPrompt'),
    tools: part('tools'),
    guardrails: part('guardrails'),
    response: part('response'),
    limits: part('limits'),
  };
}

const ranks = { error: 0, warning: 1, info: 2 };
/** Errors first, then by place; the same draft always reads the same. */
function byPlace(one: ContentProblem, other: ContentProblem): number {
  return (
    ranks[one.severity] - ranks[other.severity] || one.path.join('/').localeCompare(other.path.join('/'))
  );
}
