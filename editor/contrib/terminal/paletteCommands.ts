import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';

type Commands = typeof import('@baton/gateway/commands');
type Row = Commands['commands'][number];

/** Every command of the program that has a title, in the palette: it asks what it needs, then runs in the terminal. */
export function registerPaletteCommands(platform: Platform): Disposable {
  let registered: Disposable | undefined;
  let gone = false;
  // The table comes after the first picture; the palette has its commands a moment later.
  void import('@baton/gateway/commands').then((loaded) => {
    if (!gone)
      registered = disposeAll(
        ...loaded.commands.filter(({ title }) => title).map((row) => register(platform, row, loaded)),
      );
  });
  return disposable(() => {
    gone = true;
    registered?.dispose();
  });
}

function register(platform: Platform, row: Row, loaded: Commands): Disposable {
  return platform.commands.register({
    id: `baton.${row.name.replaceAll(' ', '.')}`,
    title: row.title as string,
    category: 'Baton',
    icon: 'codicon:terminal',
    ...(row.permission && { when: `permission:${row.permission}` }),
    async run() {
      const words = await asked(platform, row, loaded);
      if (words)
        await platform.commands.run(
          'terminal.run',
          ['baton', ...row.name.split(' '), ...words.map(loaded.quoted)].join(' '),
        );
    },
  });
}

/** The words of a command, asked one by one; `undefined` when the user goes back. */
async function asked(platform: Platform, row: Row, loaded: Commands): Promise<string[] | undefined> {
  const { dialogs } = platform;
  const { createTerminalFiles } = await import('./documentFiles.ts');
  const files = createTerminalFiles(platform.api, () => {});
  const words: string[] = [];
  for (const { help, optional, completes } of Object.values(row.arguments)) {
    const before = [...row.name.split(' '), ...words];
    const known =
      completes === undefined || completes === 'file'
        ? []
        : await loaded.complete(loaded.commands, before, '', { api: platform.api, files });
    const title = `${help[0]?.toUpperCase()}${help.slice(1)}`;
    const word =
      known.length > 0
        ? await dialogs.pick<string>({
            placeholder: title,
            items: known.map(({ text, about }) => ({
              id: text,
              label: text,
              value: text,
              ...(about && { description: about }),
            })),
          })
        : await dialogs.input({ title });
    if (word === undefined || (word === '' && !optional)) return undefined;
    if (word !== '') words.push(word);
  }
  if ('var' in row.options) {
    const variables = await dialogs.input({
      title: 'Variables, as a JSON object; none if it is empty',
      placeholder: '{"amount": 120}',
      validate: notAnObject,
    });
    if (variables === undefined) return undefined;
    for (const [name, value] of Object.entries(
      variables.trim() === '' ? {} : (JSON.parse(variables) as object),
    ))
      words.push('--var', `${name}=${JSON.stringify(value)}`);
  }
  return words;
}

function notAnObject(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
  } catch (error) {
    return `Expected a JSON object, but ${(error as Error).message}.`;
  }
  return 'Expected a JSON object, but it is something else.';
}
