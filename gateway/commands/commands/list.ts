import type { Result } from '@baton/engine/protocol';
import { everyPage } from '@baton/gateway/api';
import { type CommandFailure, command, exitCodes, refused, usageError } from '../command.ts';
import { type Filters, find, type Kind, kindNamed, kinds } from '../kinds.ts';
import { nearest } from '../nearest.ts';
import { linesOf, tableOf, tell } from '../tell.ts';

/** The kind that was named, or what to say instead. */
export function kindAsked(name: string): Result<Kind, CommandFailure> {
  const kind = kindNamed(name);
  if (kind) return { ok: true, value: kind };
  const names = kinds.map((one) => one.name);
  const like = nearest(name, names);
  return {
    ok: false,
    failure: usageError(
      `Expected a kind, but there is no '${name}'${like ? `. Is it ${like}?` : ''}`,
      `Kinds: ${names.join(', ')}`,
    ),
  };
}

function filtersOf(kind: Kind, conditions: readonly string[]): Result<Filters, CommandFailure> {
  const filters: { [name: string]: string } = {};
  for (const condition of conditions) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(condition) ?? [];
    if (!kind.filters.includes(name) || value === '') {
      const known = kind.filters.map((one) => `${one}=…`).join(', ');
      return {
        ok: false,
        failure: usageError(
          `Expected --where with ${known || `nothing, as ${kind.name} have no filters`}, but it is '${condition}'`,
        ),
      };
    }
    filters[name] = value;
  }
  return { ok: true, value: filters };
}

export const list = command({
  name: 'list',
  summary: 'What there is of a kind: documents, runs, incidents, user tasks, users, keys, the audit …',
  about: [`Kinds: ${kinds.map(({ name }) => name).join(', ')}.`],
  arguments: { kind: { help: 'what is listed', completes: 'kind' } },
  options: {
    limit: {
      type: 'number',
      short: 'n',
      value: 'number',
      least: 1,
      most: 100_000,
      help: 'As many at most; 50 without it',
    },
    all: { type: 'flag', help: 'To the end' },
    offset: { type: 'number', value: 'number', help: 'Leave out the first ones' },
    where: {
      type: 'texts',
      short: 'w',
      value: 'name=value',
      help: 'Only those: state=ACTIVE, bpmnProcessId=order',
    },
  },
  examples: [
    { line: 'baton list runs --where state=ACTIVE', does: 'Runs that go on' },
    { line: 'baton list agents -o json', does: 'All of what they are, for programs' },
    { line: 'baton list user-tasks --where state=CREATED -o name', does: 'Keys of what waits for people' },
  ],
  title: 'List documents and runs…',
  async run({ arguments: { kind: name }, options }, context) {
    const asked = kindAsked(name);
    if (!asked.ok) return asked.failure;
    const kind = asked.value;
    const filters = filtersOf(kind, options.where);
    if (!filters.ok) return filters.failure;
    const { offset = 0 } = options;
    const most = options.all ? Number.POSITIVE_INFINITY : (options.limit ?? 50);
    let total = 0;
    const read = await everyPage(async (page) => {
      const limit = Math.min(page.limit, most - page.offset);
      const part = await kind.list(context.api, { limit, offset: offset + page.offset }, filters.value);
      if (!part.ok) return part;
      total = part.value.total;
      const { items, has_more } = part.value;
      return { ok: true, value: { items, has_more: has_more && page.offset + items.length < most } };
    });
    if (!read.ok) return refused(read.failure);
    const rows = read.value;
    await tell(context, {
      value: rows,
      names: rows.map((row) => (kind.nameOf(row) === '' ? kind.idOf(row) : kind.nameOf(row))),
      lines: (output) => tableOf(rows, kind.columns, output),
    });
    if (context.format === 'text' && context.output.person) {
      if (rows.length === 0) context.output.say(`No ${kind.name.replace('-', ' ')}.`);
      else if (offset + rows.length < total)
        context.output.say(`${rows.length} of ${total}; --all shows the rest.`);
    }
    return exitCodes.fine;
  },
});

export const get = command({
  name: 'get',
  summary: 'All of one thing, by its name, id or key',
  arguments: {
    kind: { help: 'what kind it is', completes: 'kind' },
    name: { help: 'its name, id or key', completes: 'resource' },
  },
  options: {
    content: {
      type: 'flag',
      help: 'Only what it is made of: the XML of a workflow, the source of a tool, the content of others',
    },
  },
  examples: [
    { line: 'baton get agent classifier -o yaml', does: 'An agent as YAML' },
    { line: 'baton get workflow order --content > order.bpmn', does: 'A workflow as a file' },
  ],
  title: 'Show a document…',
  async run({ arguments: { kind: named, name }, options }, context) {
    const asked = kindAsked(named);
    if (!asked.ok) return asked.failure;
    const found = await find(context.api, asked.value, name);
    if (!found.ok) return refused(found.failure);
    const row = found.value;
    if (options.content) {
      const { xml, content = row } = row as { xml?: unknown; content?: { source?: unknown } };
      const text = xml ?? content.source;
      if (typeof text === 'string') {
        context.output.data(text.replace(/\r?\n$/, ''));
        return exitCodes.fine;
      }
      const lines = await linesOf(content, context.output);
      await tell(context, { value: content, names: [name], lines: () => lines });
      return exitCodes.fine;
    }
    const lines = await linesOf(row, context.output);
    await tell(context, { value: row, names: [asked.value.nameOf(row)], lines: () => lines });
    return exitCodes.fine;
  },
});
