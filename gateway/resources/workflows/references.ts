import { referenceTo, toolReferences } from '../versioned/references.ts';

/** https://docs.camunda.io: the elements whose properties say what a task calls. */
const zeebe = 'http://camunda.org/schema/zeebe/1.0';

/** A tag with its attributes; neither has a `<` in it, so looking for them takes one pass. */
const tag = /<(\/?)(?:([\w.-]+):)?([\w.-]+)((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>/g;
const attributes = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** An element that is open: what its extension says it calls. */
interface Open {
  name: string;
  type?: string | undefined;
  headers: Map<string, string>;
}

/**
 * Agents, tools, tasks and MCP servers that the tasks of a workflow name (`agent/triage`, `tool/github.create_issue`), and the
 * processes it calls (`process/refund`). Of a draft that is no XML yet, what is said up to there.
 */
export function workflowReferences({ xml }: { xml: string }): string[] {
  const found = new Set<string>();
  const open: Open[] = [];
  const ours = new Set<string>();
  const text = xml.replace(/<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)/g, '');

  for (const [, closing, prefix = '', name = '', rest = ''] of text.matchAll(tag)) {
    if (closing) {
      const at = open.findLastIndex((element) => element.name === `${prefix}:${name}`);
      for (const element of at === -1 ? [] : open.splice(at))
        for (const each of calledBy(element)) found.add(each);
      continue;
    }
    const given = attributesOf(rest);
    for (const [attribute, value] of given)
      if (attribute.startsWith('xmlns:') && value === zeebe) ours.add(attribute.slice('xmlns:'.length));
    if (ours.has(prefix)) {
      // <task><extensionElements><taskDefinition/><taskHeaders><header/>
      if (name === 'taskDefinition') {
        const task = open.at(-2);
        if (task) task.type = given.get('type');
      } else if (name === 'header') {
        const key = given.get('key');
        if (key !== undefined) open.at(-3)?.headers.set(key, given.get('value') ?? '');
      } else if (name === 'calledElement') {
        const id = given.get('processId');
        if (id && !id.startsWith('=')) found.add(`process/${id}`);
      }
    }
    if (!rest.endsWith('/')) open.push({ name: `${prefix}:${name}`, headers: new Map() });
  }
  for (const element of open) for (const each of calledBy(element)) found.add(each);
  return [...found].sort();
}

function calledBy({ type, headers }: Open): string[] {
  const named = (header: string) => headers.get(header)?.trim() || undefined;
  if (type === 'tool') {
    const tool = named('tool');
    return tool === undefined ? [] : toolReferences(tool);
  }
  if (type !== 'agent') return [];
  // Behind an @ may be a version or a label.
  const agent = named('agent')?.split('@')[0];
  const task = named('task');
  return [...(agent ? [referenceTo('agent', agent)] : []), ...(task ? [referenceTo('task', task)] : [])];
}

function attributesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(attributes)].map(([, name = '', double, single]) => [
      name,
      (double ?? single ?? '').replace(
        /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
        (whole, hex, decimal, word) =>
          word === undefined
            ? characterOf(hex ? Number.parseInt(hex, 16) : Number(decimal))
            : (entities[word] ?? whole),
      ),
    ]),
  );
}

const characterOf = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');
