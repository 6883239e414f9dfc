import { ok, type Result } from '@baton/engine/protocol';
import type { Resource, ResourceStore } from '@baton/infra/store';
import {
  type AgentContent,
  type ToolContent,
  toolContent,
  type V1Tool,
  type v1ToolRoutes,
} from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import { everyResource, type VersionedService } from '../versioned/index.ts';
import { noteSaved } from './auditNotes.ts';
import type { V1Refusals } from './refusals.ts';

/** What a tool without a source does: it gives back what it is given. */
const giveBack = 'export default (input: unknown) => input;\n';

export function v1ToolHandlers(
  tools: VersionedService<ToolContent>,
  resources: ResourceStore,
  refusals: V1Refusals,
): HandlersOf<typeof v1ToolRoutes> {
  const answer = (saved: Result<Resource<ToolContent>, Refusal>) =>
    saved.ok ? ok(view(saved.value)) : saved;

  return {
    async list({ tenantId, query: { agent_name, limit, offset } }) {
      if (agent_name === undefined) {
        const { items, total } = await tools.list(tenantId, { limit, offset });
        return ok(listAnswer(items.map(view), total, { limit, offset }));
      }
      const agent = await resources.getByName(tenantId, 'agent', agent_name);
      const named = new Set((agent?.content as AgentContent | undefined)?.tools);
      const used = await everyResource(tools, tenantId, ({ name }) => named.has(name));
      return ok(listAnswer(used.slice(offset, offset + limit).map(view), used.length, { limit, offset }));
    },
    async create({ tenantId, principal, body, audit }) {
      const { name, description, input, output, source = giveBack, side_effect } = body;
      const content = toolContent.parse({ description, input, output, source, sideEffect: side_effect });
      const saved = await tools.create(tenantId, { name, content, author: principal.username, message: '' });
      noteSaved(audit, saved);
      return refusals.named(tenantId, 'tool', '', answer(saved));
    },
    async get({ tenantId, params: { id } }) {
      return refusals.named(tenantId, 'tool', id, answer(await tools.get(tenantId, id, undefined)));
    },
    async update({ tenantId, principal, params: { id }, body, audit }) {
      const { name, description, input, output, source, side_effect } = body;
      const saved = await tools.update(tenantId, id, '*', ({ content, hash }) => {
        audit.before = hash;
        return {
          name,
          content: {
            ...content,
            description,
            input,
            output,
            source: source ?? content.source,
            sideEffect: side_effect,
          },
          author: principal.username,
          message: '',
        };
      });
      noteSaved(audit, saved);
      return refusals.named(tenantId, 'tool', id, answer(saved));
    },
    async delete({ tenantId, principal, params: { id }, audit }) {
      const found = await tools.get(tenantId, id, undefined);
      if (found.ok) audit.before = found.value.hash;
      return refusals.named(tenantId, 'tool', id, await tools.delete(tenantId, id, principal.username));
    },
  };
}

function view({ id, name, version, savedAt, author, content }: Resource<ToolContent>): V1Tool {
  const { description, input, output, source, sideEffect } = content;
  return {
    id,
    name,
    description,
    input,
    output,
    source,
    side_effect: sideEffect,
    version,
    updated_at: savedAt.toISOString(),
    updated_by: author,
  };
}
