import { type DefinedKind, namedById } from '../documents/definitions.ts';
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
  id: string;
  label: string;
  type?: string | undefined;
  headers: Map<string, string>;
}

const nothing = { id: '', label: '' };

/** What one element of a process calls. */
export interface NamedByElement {
  elementId: string;
  elementName: string;
  /** `agent/triage`, `tool/github.create_issue`, `task/classify`, `process/refund`, `mcpServer/github`. */
  references: readonly string[];
  /** Behind the `@` of an agent: a number or a label. */
  version?: string;
  /** The form or decision it names. */
  defined?: DefinedByElement;
}

/** A form or decision by the id it gives itself; `binding` and `versionTag` as they stand there. */
export interface DefinedByElement {
  kind: DefinedKind;
  id: string;
  binding: string;
  versionTag: string;
}

/** Extensions that name a form or decision, and by which attribute. */
const defining: { readonly [extension: string]: { kind: DefinedKind; id: string } } = {
  formDefinition: { kind: 'form', id: 'formId' },
  calledDecision: { kind: 'decision', id: 'decisionId' },
};

/** A process of a workflow, and what each of its elements calls. */
export interface ReadProcess {
  id: string;
  elements: NamedByElement[];
}

/**
 * Agents, tools, tasks and MCP servers that the tasks of a workflow name (`agent/triage`, `tool/github.create_issue`), and the
 * processes it calls (`process/refund`). Of a draft that is no XML yet, what is said up to there.
 */
export function workflowReferences({ xml }: { xml: string }): string[] {
  const found = readProcesses(xml).flatMap(({ elements }) =>
    elements.flatMap(({ references }) => references),
  );
  return [...new Set(found)].sort();
}

/** Processes in the order in which they begin; what stands outside of any is under the id ''. */
export function readProcesses(xml: string): ReadProcess[] {
  const processes: ReadProcess[] = [{ id: '', elements: [] }];
  const open: Open[] = [];
  const ours = new Set<string>();
  let current = processes[0]!;
  const text = xml.replace(/<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)/g, '');

  function close(element: Open): void {
    const { references, version } = calledBy(element);
    if (references.length > 0) named(element, references, version);
  }
  function named(
    { id, label }: Pick<Open, 'id' | 'label'>,
    references: readonly string[],
    version?: string,
  ): void {
    current.elements.push({ elementId: id, elementName: label, references, ...(version && { version }) });
  }

  for (const [, closing, prefix = '', name = '', rest = ''] of text.matchAll(tag)) {
    if (closing) {
      const at = open.findLastIndex((element) => element.name === `${prefix}:${name}`);
      for (const element of at === -1 ? [] : open.splice(at)) close(element);
      if (name === 'process') current = processes[0]!;
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
        if (id && !id.startsWith('=')) named(open.at(-2) ?? nothing, [`process/${id}`]);
      } else if (Object.hasOwn(defining, name)) {
        const { kind, id: attribute } = defining[name]!;
        const id = given.get(attribute)?.trim();
        if (id && !id.startsWith('=')) {
          const { id: elementId, label: elementName } = open.at(-2) ?? nothing;
          const { bindingType: binding = 'latest', versionTag = '' } = Object.fromEntries(given);
          const defined = { kind, id, binding, versionTag };
          current.elements.push({ elementId, elementName, references: [namedById(kind, id)], defined });
        }
      }
    }
    if (rest.endsWith('/')) continue;
    const id = given.get('id') ?? '';
    if (name === 'process') {
      current = { id, elements: [] };
      processes.push(current);
    }
    open.push({ name: `${prefix}:${name}`, id, label: given.get('name') ?? '', headers: new Map() });
  }
  for (const element of open) close(element);
  return processes.filter(({ id, elements }) => id !== '' || elements.length > 0);
}

function calledBy({ type, headers }: Open): { references: string[]; version?: string | undefined } {
  const named = (header: string) => headers.get(header)?.trim() || undefined;
  if (type === 'tool') {
    const tool = named('tool');
    return { references: tool === undefined ? [] : toolReferences(tool) };
  }
  if (type !== 'agent') return { references: [] };
  // Behind an @ may be a version or a label.
  const [agent, version] = named('agent')?.split('@') ?? [];
  const task = named('task');
  const references = [
    ...(agent ? [referenceTo('agent', agent)] : []),
    ...(task ? [referenceTo('task', task)] : []),
  ];
  return { references, version };
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
