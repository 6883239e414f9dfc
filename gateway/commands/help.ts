import type { Command, Option } from './command.ts';
import { exitCodes } from './command.ts';
import { commonOptions, usageOf } from './parse.ts';

const general = {
  [exitCodes.fine]: 'as expected',
  [exitCodes.differs]: 'done, but not as one would like',
  [exitCodes.usage]: 'called wrongly',
  [exitCodes.failed]: 'refused, or not reached',
} as const;

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`);
}

function optionRow(name: string, option: Option): readonly [string, string] {
  const value = option.type === 'flag' ? '' : ` <${option.value}>`;
  const again = option.type === 'texts' ? ' (again for more)' : '';
  const values =
    'of' in option && option.of && !option.help.includes(option.of[0] ?? '')
      ? `: ${option.of.join(', ')}`
      : '';
  return [
    `${option.short ? `-${option.short}, ` : '    '}--${name}${value}`,
    `${option.help}${values}${again}`,
  ];
}

/** What `--help` says of one command. */
export function helpOf(command: Command): string[] {
  const taken = Object.entries(command.arguments);
  const exits = Object.entries({ ...general, ...command.exits });
  return [
    command.summary,
    ...(command.about ?? []).flatMap((paragraph) => ['', paragraph]),
    '',
    `Usage: ${usageOf(command)}`,
    ...(taken.length > 0
      ? ['', 'Arguments', ...columns(taken.map(([name, { help }]) => [`<${name}>`, help] as const))]
      : []),
    '',
    'Options',
    ...columns(
      Object.entries({ ...command.options, ...commonOptions }).map(([name, option]) =>
        optionRow(name, option),
      ),
    ),
    ...(command.examples.length > 0
      ? ['', 'Examples', ...command.examples.flatMap(({ line, does }) => [`  # ${does}`, `  ${line}`])]
      : []),
    '',
    `Ends with ${exits.map(([code, meaning]) => `${code}: ${meaning}`).join(', ')}.`,
  ];
}

/** All commands, a line each. */
export function overview(commands: readonly Command[], about: readonly string[]): string[] {
  return [
    'Usage: baton <command> …',
    '',
    'Commands',
    ...columns(commands.map(({ name, summary }) => [name, summary] as const)),
    '',
    'baton <command> --help tells all of one, with examples. -o json writes data for programs.',
    ...about,
  ];
}
