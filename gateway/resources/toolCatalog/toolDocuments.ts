import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '@baton/engine/protocol';
import type { Resource, ResourceStore } from '@baton/infra/store';
import {
  type ContentProblem,
  type ImportedTool,
  resourceName,
  type ToolContent,
  type ToolDocument,
  type ToolImport,
  toolContent,
  toolDocument,
} from '../../api/index.ts';
import type { Quotas } from '../../quotas/ports.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { toolSchemaProblems } from '../schemas.ts';
import { everyResource, type VersionedService } from '../versioned/index.ts';

type ReadTool = { name: string; content: ToolContent };

/** A tool of an import with what is to be done, and with what there was when that was decided. */
interface Planned {
  told: ImportedTool;
  read?: ReadTool;
  latest?: Resource;
}

export interface ToolDocuments {
  /** @param names of all tools without it */
  exported(tenantId: string, names: readonly string[] | undefined): Promise<Result<ToolDocument[], Refusal>>;
  /** Nothing is written as long as one of them is refused. */
  imported(
    tenantId: string,
    author: string,
    request: ToolImport,
  ): Promise<Result<{ written: boolean; tools: ImportedTool[] }, Refusal>>;
}

export interface ToolDocumentOptions {
  tools: VersionedService<ToolContent>;
  resources: Pick<ResourceStore, 'getByName'>;
  quotas: Pick<Quotas, 'reserve'>;
}

export function createToolDocuments({ tools, resources, quotas }: ToolDocumentOptions): ToolDocuments {
  async function plan(
    tenantId: string,
    given: unknown,
    conflicts: ToolImport['conflicts'],
    taken: Set<string>,
  ): Promise<Planned> {
    const read = readToolDocument(given);
    if (!read.ok) return { told: { ...read.failure, action: 'refuse' } };
    const { name, content } = read.value;
    if (taken.has(name)) {
      const message = `Expected every tool once, but '${name}' is there twice`;
      return { told: { name, action: 'refuse', problems: [problem(['name'], 'DUPLICATE_NAME', message)] } };
    }
    taken.add(name);
    const problems = toolSchemaProblems(content);
    if (problems.some(({ severity }) => severity === 'error'))
      return { told: { name, action: 'refuse', problems } };
    const latest = await resources.getByName(tenantId, 'tool', name);
    if (!latest) return { told: { name, action: 'create', problems }, read: read.value };
    const { id, version } = latest;
    const known = toolContent.safeParse(latest.content);
    const same = known.success && isDeepStrictEqual(known.data, content);
    if (same || conflicts === 'skip') return { told: { name, action: 'none', id, version, problems } };
    if (conflicts === 'update')
      return { told: { name, action: 'update', id, version, problems }, read: read.value, latest };
    const message = `Expected a new name or the same content, but '${name}' is there with another one`;
    return {
      told: {
        name,
        action: 'refuse',
        id,
        version,
        problems: [...problems, problem(['name'], 'ALREADY_EXISTS', message)],
      },
    };
  }

  /** Somebody may have been faster since it was planned: told for that tool, the others are saved. */
  async function write(tenantId: string, author: string, { told, read, latest }: Planned) {
    if (!read) return told;
    const save = { ...read, author, message: 'Imported' };
    const saved = latest
      ? await tools.update(tenantId, latest.id, latest.hash, () => save)
      : await tools.create(tenantId, save);
    if (saved.ok) return { ...told, id: saved.value.id, version: saved.value.version };
    const { code, message } = saved.failure;
    return { ...told, action: 'refuse' as const, problems: [...told.problems, problem([], code, message)] };
  }

  return {
    async exported(tenantId, names) {
      const wanted = names && new Set(names);
      const found = await everyResource(tools, tenantId, ({ name }) => !wanted || wanted.has(name));
      const missing = [...(wanted ?? [])].filter((name) => !found.some((tool) => tool.name === name));
      if (missing.length > 0) {
        return refuse(
          'NOT_FOUND',
          `Expected tools of these names, but there is no ${missing.slice(0, 10).join(', ')}`,
          { missing },
        );
      }
      return ok(found.map(documentOf));
    },

    async imported(tenantId, author, { tools: given, mode, conflicts }) {
      const taken = new Set<string>();
      const planned: Planned[] = [];
      for (const each of given) planned.push(await plan(tenantId, each, conflicts, taken));
      const told = planned.map((each) => each.told);
      if (mode === 'check') return ok({ written: false, tools: told });
      const refused = told.filter(({ action }) => action === 'refuse');
      if (refused.length > 0) {
        const first = refused[0]!;
        const conflict = refused.every(({ problems }) => problems.at(-1)?.code === 'ALREADY_EXISTS');
        return refuse(
          conflict ? 'ALREADY_EXISTS' : 'VALIDATION_FAILED',
          `Expected tools that can all be saved, but ${refused.length} of ${told.length} cannot; the first is '${first.name}': ${first.problems.at(-1)?.message}`,
          { tools: told },
        );
      }
      const made = told.filter(({ action }) => action === 'create').length;
      const reserved = made > 0 ? await quotas.reserve(tenantId, { tools: made }) : undefined;
      if (reserved && !reserved.ok) return reserved;
      const written: ImportedTool[] = [];
      for (const each of planned) written.push(await write(tenantId, author, each));
      await reserved?.value.settle({ tools: written.filter(({ action }) => action === 'create').length });
      return ok({ written: true, tools: written });
    },
  };
}

/** With all defaults and its members in order: the same bytes wherever it is exported. */
function documentOf({ name, content }: Resource<ToolContent>): ToolDocument {
  const read = toolContent.safeParse(content);
  return {
    format: 'baton-tool',
    formatVersion: 1,
    name,
    content: sorted(read.success ? read.data : content) as ToolDocument['content'],
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

const problem = (path: string[], code: string, message: string): ContentProblem => ({
  path,
  code,
  severity: 'error',
  message,
});

/** What a document says, checked like a tool that is saved. */
function readToolDocument(given: unknown): Result<ReadTool, Pick<ImportedTool, 'name' | 'problems'>> {
  const read = toolDocument.extend({ name: resourceName, content: toolContent }).safeParse(given);
  if (read.success) return ok({ name: read.data.name, content: read.data.content });
  const name = (given as { name?: unknown } | null)?.name;
  const problems = read.error.issues.map(({ path, code, message }) =>
    problem(path.map(String), code.toUpperCase(), message),
  );
  return { ok: false, failure: { name: typeof name === 'string' ? name.slice(0, 260) : '', problems } };
}
