import { parseArgs } from 'node:util';
import { type Command, CommandFailed, type ExitCode, exitCodes } from './command.ts';
import { commands } from './commands/index.ts';
import { createServer } from './server.ts';
import { type Paint, paintFor } from './terminal.ts';

/** Where the program runs. */
export interface Place {
  environment: { readonly [name: string]: string | undefined };
  isTTY: boolean;
  say(line: string): void;
  complain(line: string): void;
  fetch: typeof fetch;
}

const common = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

function helpOf(named: Command | undefined): string[] {
  const environment = [
    '',
    '--json   one JSON value instead of words      --help   this',
    'BATON_URL (http://127.0.0.1:3000) says where the product is, BATON_API_KEY is a key of the tenant.',
    'Ends with 0: as expected, 1: a run differs, 2: called wrongly, 3: refused or not reached.',
  ];
  if (named)
    return [named.usage, '', named.summary, ...named.help.map((line) => `  ${line}`), ...environment];
  const each = Object.values(commands).flatMap(({ usage, summary }) => [usage, `    ${summary}`]);
  return [...each, ...environment];
}

/** The program `baton`, from its arguments to how it ends. */
export async function run(argv: readonly string[], place: Place): Promise<ExitCode> {
  const [name = '', ...rest] = argv;
  const paint: Paint = paintFor(place.isTTY, place.environment.NO_COLOR);
  const command: Command | undefined = Object.hasOwn(commands, name)
    ? commands[name as keyof typeof commands]
    : undefined;
  if (!command) {
    const asked = ['', '--help', '-h', 'help'].includes(name);
    if (!asked) place.complain(`Expected one of ${Object.keys(commands).join(', ')}, but it is '${name}'`);
    for (const line of helpOf(undefined)) (asked ? place.say : place.complain)(line);
    return asked && name !== '' ? exitCodes.fine : exitCodes.usage;
  }
  try {
    const { values, positionals } = parsed(rest, command);
    if (values.help) {
      for (const line of helpOf(command)) place.say(line);
      return exitCodes.fine;
    }
    return await command.run({
      arguments: positionals,
      options: values,
      server: createServer({
        url: place.environment.BATON_URL || 'http://127.0.0.1:3000',
        apiKey: place.environment.BATON_API_KEY,
        fetch: place.fetch,
      }),
      terminal: { say: place.say, complain: place.complain, json: values.json === true, paint },
    });
  } catch (error) {
    place.complain(paint.bad((error as Error).message));
    return error instanceof CommandFailed ? error.exitCode : exitCodes.failed;
  }
}

type Options = { readonly [name: string]: string | boolean | undefined };

function parsed(rest: readonly string[], command: Command): { values: Options; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...command.options, ...common },
      allowPositionals: true,
    });
    return { values: values as Options, positionals };
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new CommandFailed(`Expected ${command.usage}, but ${sentence}`, exitCodes.usage);
  }
}
