import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Command, CommandFailure, Format, Option } from './command.ts';
import { usageError } from './command.ts';
import { nearest } from './nearest.ts';

export const formats = ['text', 'json', 'yaml', 'name'] as const satisfies readonly Format[];

/** What every command takes. */
export const commonOptions = {
  output: {
    type: 'text',
    short: 'o',
    value: 'format',
    of: formats,
    help: 'How data is written: text, json, yaml or name (names and keys only)',
  },
  json: { type: 'flag', help: 'The same as -o json' },
  help: { type: 'flag', short: 'h', help: 'What the command does, with examples' },
} as const satisfies { [name: string]: Option };

export interface Parsed {
  arguments: { [name: string]: string | readonly string[] | undefined };
  options: { [name: string]: string | number | boolean | readonly string[] | undefined };
  format: Format;
  help: boolean;
}

/** The line that says how a command is called. */
export function usageOf({ name, arguments: taken, options }: Command): string {
  const words = Object.entries(taken).map(([argument, { optional, many }]) => {
    const word = `<${argument}>${many ? ' …' : ''}`;
    return optional ? `[${word}]` : word;
  });
  return ['baton', name, ...words, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ');
}

/** Words after the command's name, as the command says that it takes them. */
export function parse(command: Command, words: readonly string[]): Result<Parsed, CommandFailure> {
  const options: { readonly [name: string]: Option } = { ...command.options, ...commonOptions };
  const wrong = (message: string) => failed(usageError(message, `Usage: ${usageOf(command)}`));
  const values: Parsed['options'] = {};
  for (const [name, option] of Object.entries(options)) {
    if (option.type === 'flag') values[name] = false;
    if (option.type === 'texts') values[name] = [];
  }
  const plain: string[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') {
      plain.push(...left.splice(0));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      continue;
    }
    const read = named(word, options);
    if (!read) return wrong(unknownOption(word, options));
    const { name, option, value: attached } = read;
    if (option.type === 'flag') {
      if (attached !== undefined) return wrong(`Expected --${name} alone, but it is given '${attached}'`);
      values[name] = true;
      continue;
    }
    const value = attached ?? left.shift();
    if (value === undefined) return wrong(`Expected --${name} <${option.value}>, but nothing follows it`);
    const taken = readValue(name, option, value);
    if (!taken.ok) return wrong(taken.failure);
    if (option.type === 'texts') (values[name] as string[]).push(value);
    else values[name] = taken.value;
  }

  const help = values.help === true;
  const taken: Parsed['arguments'] = {};
  for (const [name, argument] of Object.entries(command.arguments)) {
    if (argument.many) {
      taken[name] = plain.splice(0);
      if (taken[name].length > 0 || argument.optional || help) continue;
    } else {
      taken[name] = plain.shift();
      if (taken[name] !== undefined || argument.optional || help) continue;
    }
    return wrong(`Expected <${name}> (${argument.help}), but it is not given`);
  }
  if (plain.length > 0 && !help)
    return wrong(
      `Expected nothing after ${Object.keys(command.arguments).length === 0 ? `baton ${command.name}` : 'that'}, but there is '${plain[0]}'`,
    );
  const { output, json, help: _, ...own } = values;
  return ok({ arguments: taken, options: own, help, format: json ? 'json' : ((output as Format) ?? 'text') });
}

/** The option a word names, and the value that hangs on it: `--out=x`, `-ojson`. */
function named(word: string, options: { readonly [name: string]: Option }) {
  if (word.startsWith('--')) {
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    return option && { name, option, value };
  }
  const found = Object.entries(options).find(([, { short }]) => short === word[1]);
  if (!found) return undefined;
  const [name, option] = found;
  return { name, option, value: word.length > 2 ? word.slice(2).replace(/^=/, '') : undefined };
}

function unknownOption(word: string, options: { readonly [name: string]: Option }): string {
  const [given = word] = word.split('=');
  const names = Object.keys(options).map((name) => `--${name}`);
  const like = nearest(given, names);
  return `Expected an option of this command, but there is no ${given}${like ? `. Is it ${like}?` : ''}`;
}

function readValue(
  name: string,
  option: Exclude<Option, { type: 'flag' }>,
  value: string,
): Result<string | number, string> {
  if (option.type === 'number') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const { least = 0, most = Number.MAX_SAFE_INTEGER } = option;
    if (!Number.isFinite(number) || number < least || number > most)
      return failed(
        `Expected --${name} with a number from ${least} on${most < Number.MAX_SAFE_INTEGER ? `, ${most} at most` : ''}, but it is '${value}'`,
      );
    return ok(number);
  }
  if (option.of && !option.of.includes(value))
    return failed(`Expected --${name} with one of ${option.of.join(', ')}, but it is '${value}'`);
  return ok(value);
}
