import type { JsonValue } from '@baton/engine/protocol';
import type { CommandContext, Output } from './command.ts';

/** A column of a table of rows. */
export interface Column<T> {
  title: string;
  of(row: T, output: Output): string;
  /** Numbers stand at the right. */
  right?: true;
}

export interface Told {
  /** As `-o json` and `-o yaml` write it. */
  value: unknown;
  /** As `-o name` writes it: what another command takes. */
  names: readonly string[];
  lines(output: Output): readonly string[];
}

/** Data in the format that was asked for. */
export async function tell({ output, format }: CommandContext, told: Told): Promise<void> {
  if (format === 'json') return output.data(JSON.stringify(told.value ?? null, null, 2));
  if (format === 'yaml') return output.data(await inYaml(told.value));
  for (const line of format === 'name' ? told.names : told.lines(output)) output.data(line);
}

/** YAML is read when somebody asks for it: the editor has it already, its first load need not. */
export async function inYaml(value: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(value ?? null, { lineWidth: 0 }).replace(/\n$/, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that colours are made of
const sequences = /\u001b\[[\d;]*m|\u001b\]8;[^;]*;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
/** How wide a text is where it is shown: colours and links take no room. */
export const widthOf = (text: string) => [...text.replace(sequences, '')].length;

/** With a head and in columns for a person, with tabs and without a head for programs. */
export function tableOf<T>(rows: readonly T[], columns: readonly Column<T>[], output: Output): string[] {
  const cells = rows.map((row) => columns.map(({ of }) => of(row, output).replace(/[\t\n\r]+/g, ' ')));
  if (!output.person) return cells.map((row) => row.join('\t'));
  if (rows.length === 0) return [];
  const widths = columns.map(({ title }, at) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at] as string))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const room = ' '.repeat((widths[at] as number) - widthOf(cell));
        if (columns[at]?.right) return room + cell;
        return at === row.length - 1 ? cell : cell + room;
      })
      .join('  ');
  return [output.paint.faint(line(columns.map(({ title }) => title))), ...cells.map(line)];
}

/** What one thing is, a line each; what is long or has parts as YAML below its name. */
export async function linesOf(value: object, output: Output): Promise<string[]> {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  const lines: string[] = [];
  for (const [name, field] of fields) {
    const text = typeof field === 'object' && field !== null ? await inYaml(field) : String(field);
    const small = !text.includes('\n') && text.length < 200 && !(typeof field === 'object' && field !== null);
    if (small) lines.push(`${output.paint.faint(name.padEnd(width))}  ${text}`);
    else if (text === '[]' || text === '{}') lines.push(`${output.paint.faint(name.padEnd(width))}  none`);
    else lines.push(output.paint.faint(name), ...text.split('\n').map((line) => `  ${line}`));
  }
  return lines;
}

export type Variables = { [name: string]: JsonValue };
