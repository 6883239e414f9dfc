import type { Command, CommandContext, CommandFailure, Ended, ExitCode } from './command.ts';
import { exitCodes, usageError } from './command.ts';
import { complete } from './complete.ts';
import { helpOf, overview } from './help.ts';
import { nearest } from './nearest.ts';
import { parse } from './parse.ts';

export interface Invocation {
  commands: readonly Command[];
  /** The words after `baton`. */
  words: readonly string[];
  /** Without the format, which the words say. */
  context: Omit<CommandContext, 'format'>;
  /** Said below the list of commands: where the program takes its address and key from. */
  about?: readonly string[];
}

/** The command that the words begin with, the longest name first, and the words after it. */
export function commandIn(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(' '));
    if (command) return { command, rest: words.slice(length) };
  }
  return undefined;
}

/** A command line from its words to how it ends. Refusals are said; what a command throws is a bug. */
export async function runCommand({ commands, words, context, about = [] }: Invocation): Promise<ExitCode> {
  const { output } = context;
  const tell = (ended: Ended): ExitCode => {
    if (typeof ended === 'number') return ended;
    if (ended.message) output.say(output.paint.bad(ended.message));
    for (const hint of ended.hints ?? []) output.say(output.paint.faint(hint));
    return ended.exitCode;
  };
  const [first, ...rest] = words;
  if (first === undefined) {
    for (const line of overview(commands, about)) output.say(line);
    return exitCodes.usage;
  }
  if (first === '--version' || first === '-V') {
    output.data(context.version);
    return exitCodes.fine;
  }
  if (first === '__complete') {
    const found = await complete(commands, rest.slice(0, -1), rest.at(-1) ?? '', context);
    for (const { text, about = '' } of found) output.data(`${text}\t${about}`);
    return exitCodes.fine;
  }
  if (first === 'help' || first === '--help' || first === '-h') {
    const named = commandIn(commands, rest);
    if (rest.length > 0 && !named) return tell(unknown(commands, rest));
    for (const line of named ? helpOf(named.command) : overview(commands, about)) output.data(line);
    return exitCodes.fine;
  }
  const found = commandIn(commands, words);
  if (!found) {
    const family = commands.filter(({ name }) => name.startsWith(`${first} `));
    if (family.length > 0 && rest.every((word) => word === '--help' || word === '-h')) {
      for (const line of overview(family, [])) (rest.length > 0 ? output.data : output.say)(line);
      return rest.length > 0 ? exitCodes.fine : exitCodes.usage;
    }
    return tell(unknown(commands, words));
  }
  const parsed = parse(found.command, found.rest);
  if (!parsed.ok) return tell(parsed.failure);
  if (parsed.value.help) {
    for (const line of helpOf(found.command)) output.data(line);
    return exitCodes.fine;
  }
  const { format, arguments: taken, options } = parsed.value;
  const ended = await found.command.run({ arguments: taken, options } as never, { ...context, format });
  if (context.signal.aborted) return exitCodes.interrupted;
  return tell(ended);
}

function unknown(commands: readonly Command[], words: readonly string[]): CommandFailure {
  const [first = ''] = words;
  const family = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (family.length > 0)
    return usageError(
      `Expected ${family.map((name) => `'baton ${name}'`).join(' or ')}, but it is 'baton ${words.slice(0, 2).join(' ')}'`,
    );
  const names = commands.map(({ name }) => name);
  const like = nearest(words.slice(0, 2).join(' '), names) ?? nearest(first, names);
  return usageError(
    `Expected a command, but there is no '${first}'${like ? `. Is it '${like}'?` : ''}`,
    'baton help lists all commands.',
  );
}
