import { ok, type Result } from '@baton/engine/protocol';
import type { Resource, ResourceStore } from '@baton/infra/store';
import {
  type AgentContent,
  agentContent,
  type ToolContent,
  type V1Agent,
  type v1AgentRoutes,
} from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { AgentRuns, OfferedModel } from '../agentRuns/agentRuns.ts';
import type { AgentRunService } from '../agentRuns/service.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import { everyResource, type VersionedService } from '../versioned/index.ts';

import { noteSaved } from './auditNotes.ts';
import { v1RunView } from './history.ts';
import type { V1Refusals } from './refusals.ts';

export interface V1AgentOptions {
  agents: VersionedService<AgentContent>;
  tools: VersionedService<ToolContent>;
  resources: ResourceStore;
  refusals: V1Refusals;
  runs: AgentRunService;
  models: AgentRuns['models'];
}

export function v1AgentHandlers({
  agents,
  tools,
  resources,
  refusals,
  runs,
  models,
}: V1AgentOptions): HandlersOf<typeof v1AgentRoutes> {
  /** Agents know their tools by name, this API by id. A tool that is gone since is left out. */
  async function view({ id, tenantId, name, version, savedAt, author, content }: Resource<AgentContent>) {
    const named = await Promise.all(content.tools.map((tool) => resources.getByName(tenantId, 'tool', tool)));
    const agent: V1Agent = {
      id,
      name,
      description: content.description,
      instructions: content.systemPrompt,
      model: content.model,
      tool_ids: named.flatMap((tool) => (tool ? [tool.id] : [])),
      version,
      updated_at: savedAt.toISOString(),
      updated_by: author,
    };
    return agent;
  }
  async function answer(id: string, tenantId: string, saved: Result<Resource<AgentContent>, Refusal>) {
    return refusals.named(tenantId, 'agent', id, saved.ok ? ok(await view(saved.value)) : saved);
  }

  async function toolNames(tenantId: string, ids: readonly string[]): Promise<Result<string[], Refusal>> {
    const names: string[] = [];
    for (const id of new Set(ids)) {
      const found = await refusals.named(tenantId, 'tool', id, await tools.get(tenantId, id, undefined));
      if (found.ok) names.push(found.value.name);
      else if (found.failure.code !== 'NOT_FOUND') return found;
      else {
        return refuse('VALIDATION_FAILED', `Expected tool_ids of your tools, but there is no tool '${id}'`, {
          issues: [{ path: ['body', 'tool_ids'], message: `Expected a tool, but there is no '${id}'` }],
        });
      }
    }
    return ok(names);
  }

  /** What is saved: the fields this API knows over those it does not. */
  async function contentOf(
    tenantId: string,
    body: { description: string; instructions: string; model?: string | undefined; tool_ids: string[] },
  ): Promise<Result<Partial<AgentContent> & Pick<AgentContent, 'systemPrompt' | 'tools'>, Refusal>> {
    const names = await toolNames(tenantId, body.tool_ids);
    if (!names.ok) return names;
    const content = { description: body.description, systemPrompt: body.instructions, tools: names.value };
    if (body.model === undefined) return ok(content);
    const model = offered(await models(tenantId), body.model);
    return model.ok ? ok({ ...content, model: model.value.name, provider: model.value.provider }) : model;
  }

  return {
    async list({ tenantId, query: { tool_name, limit, offset } }) {
      if (tool_name === undefined) {
        const { items, total } = await agents.list(tenantId, { limit, offset });
        return ok(listAnswer(await Promise.all(items.map(view)), total, { limit, offset }));
      }
      const using = await everyResource(agents, tenantId, ({ content }) => content.tools.includes(tool_name));
      const items = await Promise.all(using.slice(offset, offset + limit).map(view));
      return ok(listAnswer(items, using.length, { limit, offset }));
    },
    async create({ tenantId, principal, body, audit }) {
      const known = await contentOf(tenantId, body);
      if (!known.ok) return known;
      const [usual] = await models(tenantId);
      const content = agentContent.parse({ model: usual?.name, provider: usual?.provider, ...known.value });
      const save = { name: body.name, content, author: principal.username, message: '' };
      const saved = await agents.create(tenantId, save);
      noteSaved(audit, saved);
      return answer('', tenantId, saved);
    },
    async get({ tenantId, params: { id } }) {
      return answer(id, tenantId, await agents.get(tenantId, id, undefined));
    },
    async update({ tenantId, principal, params: { id }, body, audit }) {
      const found = await answer(id, tenantId, await agents.get(tenantId, id, undefined));
      if (!found.ok) return found;
      const known = await contentOf(tenantId, body);
      if (!known.ok) return known;
      const saved = await agents.update(tenantId, id, '*', ({ content, hash }) => {
        audit.before = hash;
        return {
          name: body.name,
          content: { ...content, ...known.value },
          author: principal.username,
          message: '',
        };
      });
      noteSaved(audit, saved);
      return answer(id, tenantId, saved);
    },
    async delete({ tenantId, principal, params: { id }, audit }) {
      const found = await agents.get(tenantId, id, undefined);
      if (found.ok) audit.before = found.value.hash;
      return refusals.named(tenantId, 'agent', id, await agents.delete(tenantId, id, principal.username));
    },
    async run({ tenantId, principal, params: { id }, body, audit, signal }) {
      const found = await refusals.named(tenantId, 'agent', id, await agents.get(tenantId, id, undefined));
      if (!found.ok) return found;
      const { model: name, provider } = found.value.content;
      // What the agent was saved with needs no offer.
      const model =
        body.model === undefined || body.model === name
          ? ok({ name, provider })
          : offered(await models(tenantId), body.model);
      if (!model.ok) return model;
      audit.resource = { kind: 'agents', id };
      const agent = {
        ...found.value,
        content: { ...found.value.content, model: model.value.name, provider: model.value.provider },
      };
      const ran = await runs.run(tenantId, { by: principal, agent, prompt: body.prompt }, signal);
      if (ran.ok) return ok(v1RunView(ran.value.run));
      const { refusal, ran: failed } = ran.failure;
      const details = failed && { run_id: failed.run.id, usage: failed.run.usage };
      return { ok: false, failure: details ? { ...refusal, details } : refusal };
    },
  };
}

function offered(models: readonly OfferedModel[], name: string): Result<OfferedModel, Refusal> {
  const model = models.find((each) => each.name === name);
  if (model) return ok(model);
  const names = [...new Set(models.map((each) => each.name))];
  return refuse('MODEL_NOT_ALLOWED', `Expected one of the models ${names.join(', ')}, but got '${name}'`, {
    models: names,
  });
}
