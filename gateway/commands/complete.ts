import { type DocumentKind, documentKinds, table } from '@baton/gateway/api';
import type { Command, CommandContext, Completes, Option } from './command.ts';
import { kindNamed, kinds } from './kinds.ts';
import { commonOptions } from './parse.ts';
import { commandIn } from './runCommand.ts';

/** What may stand where one types. */
export interface Candidate {
  text: string;
  /** What it is, in some words. */
  about?: string;
  /** More of the same word follows: a folder. */
  open?: true;
}

type Sources = Pick<CommandContext, 'api' | 'files'>;

/** What may follow the words; `current` is what there is of the last one, unquoted. */
export async function complete(
  commands: readonly Command[],
  before: readonly string[],
  current: string,
  sources: Sources,
): Promise<readonly Candidate[]> {
  const fitting = (all: readonly Candidate[]) =>
    all.filter(({ text }) => text.toLowerCase().startsWith(current.toLowerCase()));
  if (before.length === 0 || (before.length === 1 && before[0] === 'help')) {
    return fitting(
      unique(commands.map(({ name, summary }) => ({ text: name.split(' ')[0] as string, about: summary }))),
    );
  }
  const found = commandIn(commands, before);
  if (!found) {
    const [first] = before;
    if (before.length > 1) return [];
    const family = commands.filter(({ name }) => name.startsWith(`${first} `));
    return fitting(
      family.map(({ name, summary }) => ({ text: name.split(' ')[1] as string, about: summary })),
    );
  }
  const { command, rest } = found;
  const options: { readonly [name: string]: Option } = { ...command.options, ...commonOptions };
  const byWord = new Map<string, Option>(
    Object.entries(options).flatMap(([name, option]) => [
      [`--${name}`, option] as const,
      ...(option.short ? [[`-${option.short}`, option] as const] : []),
    ]),
  );
  const valued = rest.length > 0 ? byWord.get(rest.at(-1) as string) : undefined;
  if (valued && valued.type !== 'flag') {
    const values =
      'of' in valued && valued.of ? valued.of : 'completes' in valued ? valued.completes : undefined;
    return values === undefined ? [] : fitting(await candidates(values, [], current, sources));
  }
  if (current.startsWith('-'))
    return fitting(Object.entries(options).map(([name, { help }]) => ({ text: `--${name}`, about: help })));
  const plain: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const option = byWord.get(rest[at] as string);
    if (option && option.type !== 'flag') at += 1;
    else if (!option && !(rest[at] as string).startsWith('-')) plain.push(rest[at] as string);
  }
  const taken = Object.values(command.arguments);
  const argument = taken[plain.length] ?? (taken.at(-1)?.many ? taken.at(-1) : undefined);
  return argument?.completes ? fitting(await candidates(argument.completes, plain, current, sources)) : [];
}

const unique = (all: readonly Candidate[]) => [...new Map(all.map((one) => [one.text, one])).values()];
const most = 200;

async function candidates(
  completes: Completes,
  before: readonly string[],
  current: string,
  { api, files }: Sources,
): Promise<readonly Candidate[]> {
  if (typeof completes !== 'string') return completes.map((text) => ({ text }));
  if (completes === 'kind') return kinds.map(({ name, about }) => ({ text: name, about }));
  if (completes === 'file') return filesAt(files, current);
  if (completes === 'workflow')
    return [
      ...(await named(api, 'workflow')),
      ...(await filesAt(files, current)).filter(({ text, open }) => open || text.endsWith('.bpmn')),
    ];
  if (completes === 'process') {
    const found = await api.call(table.workflows.listWorkflows, { query: { limit: most } });
    if (!found.ok) return [];
    return unique(found.value.items.map(({ bpmnProcessId, name }) => ({ text: bpmnProcessId, about: name })));
  }
  if (completes === 'run') return rowsOf(api, 'runs');
  if (completes === 'userTask') return rowsOf(api, 'user-tasks', { state: 'CREATED' });
  if (completes === 'resource') {
    const kind = kindNamed(before[0] ?? '');
    if (!kind) return [];
    return (documentKinds as readonly string[]).includes(kind.singular)
      ? named(api, kind.singular as DocumentKind)
      : rowsOf(api, kind.name);
  }
  return [];
}

async function named(api: CommandContext['api'], kind: DocumentKind): Promise<Candidate[]> {
  const found = await api.call(table.documents.list, { query: { kinds: kind } });
  return found.ok ? found.value.items.map(({ name }) => ({ text: name })) : [];
}

async function rowsOf(api: CommandContext['api'], name: string, filters = {}): Promise<Candidate[]> {
  const kind = kindNamed(name);
  const found = await kind?.list(api, { limit: most, offset: 0 }, filters);
  if (!kind || !found?.ok) return [];
  return found.value.items.map((row) => {
    const about = row.bpmnProcessId ?? row.elementId;
    return { text: kind.nameOf(row), ...(typeof about === 'string' && { about }) };
  });
}

/** Files and folders that lie where the path that is typed leads. */
async function filesAt(files: Sources['files'], current: string): Promise<Candidate[]> {
  const folder = current.slice(0, current.lastIndexOf('/') + 1);
  const found = await files.entries(folder === '' ? '.' : folder);
  return found.map(({ name, folder: isFolder }) => ({
    text: `${folder}${name}${isFolder ? '/' : ''}`,
    ...(isFolder && { open: true as const }),
  }));
}
