import { feelFunction, feelFunctions, feelKeywords } from './feelFunctions.ts';
import type { CodeFinding, Explanation, Suggestion, Suggestions } from './languages.ts';

/** A variable that an expression can read. */
export interface FeelVariable {
  name: string;
  /** Where it comes from. */
  description: string;
  type?: string;
  /** What a context has in it. */
  members?: readonly FeelVariable[];
}

/** What could stand at a place of an expression: variables in scope, functions, words of the language. */
export function completeFeel(
  text: string,
  at: number,
  scope: readonly FeelVariable[],
): Suggestions | undefined {
  const before = text.slice(0, at);
  if (inText(before)) return undefined;
  const path = /([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*)\.([\p{L}\p{N}_$]*)$/u.exec(before);
  if (path) {
    const members = membersOf(path[1]!.split('.'), scope);
    if (!members?.length) return undefined;
    return { from: at - path[2]!.length, to: wordEnd(text, at), items: members.map(variable) };
  }
  const word = /[\p{L}_$][\p{L}\p{N}_$]*(?: [\p{L}_$][\p{L}\p{N}_$]*)*$/u.exec(before)?.[0] ?? '';
  if (/\d$/.test(before) && word === '') return undefined;
  // Names of functions have spaces in them: as many words as begin one.
  const words = word.split(' ');
  let typed = words.at(-1)!;
  for (let from = 0; from < words.length - 1; from++) {
    const several = words.slice(from).join(' ');
    if (feelFunctions.some(({ name }) => name.startsWith(several))) {
      typed = several;
      break;
    }
  }
  return {
    from: at - typed.length,
    to: wordEnd(text, at),
    items: [
      ...scope.map(variable),
      ...feelFunctions.map(
        ({ name, parameters, result, about, example }): Suggestion => ({
          label: name,
          kind: 'function',
          insert: parameters === '' ? `${name}()` : `${name}(\${1})`,
          detail: `(${parameters}) ${result}`,
          documentation: `${about}\n\n\`${example}\``,
          order: 3,
        }),
      ),
      ...feelKeywords.map(
        ({ word: label, insert, about }): Suggestion => ({
          label,
          kind: 'keyword',
          insert: asSnippet(insert),
          documentation: about,
          order: 4,
        }),
      ),
    ],
  };
}

/** `<value>` is a place to type at. */
function asSnippet(text: string): string {
  let place = 0;
  return text.replace(/<(\w+)>/g, (_, word) => `\${${++place}:${word}}`);
}

const variable = ({ name, description, type }: FeelVariable): Suggestion => ({
  label: name,
  kind: 'variable',
  documentation: description,
  order: 1,
  ...(type && { detail: type }),
});

/** What a function or variable at a place is. */
export function explainFeel(
  text: string,
  at: number,
  scope: readonly FeelVariable[],
): Explanation | undefined {
  if (inText(text.slice(0, at))) return undefined;
  for (const found of text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*(?:[ .][\p{L}_$][\p{L}\p{N}_$]*)*/gu)) {
    const from = found.index;
    const to = from + found[0].length;
    if (at < from || at >= to) continue;
    const words = found[0].split(' ');
    for (let skip = 0; skip < words.length; skip++)
      for (let end = words.length; end > skip; end--) {
        const name = words.slice(skip, end).join(' ');
        const start = from + words.slice(0, skip).join(' ').length + (skip > 0 ? 1 : 0);
        if (at < start || at >= start + name.length) continue;
        const span = { from: start, to: start + name.length };
        const known = feelFunction(name);
        if (known && /^\s*\(/.test(text.slice(span.to)))
          return {
            ...span,
            text: `**${known.name}**(${known.parameters}): ${known.result}\n\n${known.about}\n\n\`${known.example}\``,
          };
        const read = variableAt(name.split('.'), scope);
        if (read)
          return { ...span, text: `**${name}**${read.type ? `: ${read.type}` : ''}\n\n${read.description}` };
        const keyword = feelKeywords.find(({ word }) => word === name);
        if (keyword) return { ...span, text: `**${keyword.word}**: ${keyword.about}` };
      }
  }
  return undefined;
}

/** How a text is read: as an expression, or as what a rule asks of its input. */
export type FeelReading = 'expression' | 'unaryTests';

let checker: Promise<(text: string, reading: FeelReading) => CodeFinding[]> | undefined;

/** What the engine would not read, where it stands. The reader is the engine's own, loaded when first asked. */
export async function checkFeel(text: string, reading: FeelReading = 'expression'): Promise<CodeFinding[]> {
  if (text.trim() === '') return [];
  checker ??= import('@baton/engine/feel').then(({ createFeel }) => {
    const feel = createFeel();
    return (expression, as) => {
      const read = as === 'unaryTests' ? feel.parseUnaryTests(expression) : feel.parse(`=${expression}`);
      if (read.ok) return [];
      const { message, offset, length } = read.failure;
      const from = Math.min(offset, Math.max(0, expression.length - 1));
      return [
        {
          severity: 'error' as const,
          code: feelFault,
          message,
          from,
          to: Math.min(expression.length, from + Math.max(1, length)),
        },
      ];
    };
  });
  return (await checker)(text, reading);
}

/** Code of what the engine would not read. */
export const feelFault = 'feel(syntax)';

/** An odd number of quotes before it: a text is being typed. */
function inText(before: string): boolean {
  return (before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}

function wordEnd(text: string, at: number): number {
  return at + /^[\p{L}\p{N}_$]*/u.exec(text.slice(at))![0].length;
}

function variableAt(path: readonly string[], scope: readonly FeelVariable[]): FeelVariable | undefined {
  let found: FeelVariable | undefined;
  let members: readonly FeelVariable[] | undefined = scope;
  for (const step of path) {
    found = members?.find(({ name }) => name === step);
    members = found?.members;
  }
  return found;
}

const membersOf = (path: readonly string[], scope: readonly FeelVariable[]) =>
  variableAt(path, scope)?.members;
