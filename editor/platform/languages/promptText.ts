import type { DocumentNames } from './documentNames.ts';
import type { ColouredSpan, Explanation, NamedDocument, Span, Suggestion, Suggestions } from './languages.ts';

/** `{{name}}` or `{{> prompt}}` in a prompt. */
export interface Braces extends Span {
  of: 'variable' | 'include' | 'unknown';
  /** Path of the variable or name of the prompt. */
  name: string;
  /** Of the name itself. */
  nameFrom: number;
}

const braces = /\{\{([^{}\n]{0,300})\}\}/g;
const include = /^(>\s*)([a-z0-9][a-z0-9-]{0,62})(?:@[a-z][a-z0-9-]{0,30})?$/;
const variable = /^[\w.-]+$/;

/** What the engine fills in a text, in the order it stands there. */
export function bracesIn(text: string, { from, to }: Span = { from: 0, to: text.length }): Braces[] {
  return [...text.slice(from, to).matchAll(braces)].map((found) => {
    const start = from + found.index;
    const inner = found[1]!;
    const trimmed = inner.trim();
    const nameFrom = start + 2 + (inner.length - inner.trimStart().length);
    const span = { from: start, to: start + found[0].length };
    const included = include.exec(trimmed);
    if (included)
      return { ...span, of: 'include', name: included[2]!, nameFrom: nameFrom + included[1]!.length };
    return { ...span, of: variable.test(trimmed) ? 'variable' : 'unknown', name: trimmed, nameFrom };
  });
}

export const colouredIn = (text: string, span?: Span): ColouredSpan[] =>
  bracesIn(text, span).map(({ from, to, of }) => ({ from, to, as: of }));

export const promptsNamedIn = (text: string, span?: Span): NamedDocument[] =>
  bracesIn(text, span)
    .filter(({ of }) => of === 'include')
    .map(({ name, nameFrom }) => ({ kind: 'prompt', name, from: nameFrom, to: nameFrom + name.length }));

/** A variable a prompt can ask for. */
export interface PromptVariable {
  name: string;
  /** Where it comes from, or what it is. */
  description: string;
  /** `string`. */
  type?: string;
}

/** What every run has. */
export const runVariables: readonly PromptVariable[] = [
  {
    name: 'prompt',
    description: 'What somebody says to the agent: the message of a chat, the `prompt` of a job.',
    type: 'string',
  },
];

/** A `{{` is open on the line before the place. */
export function betweenBraces(text: string, at: number): boolean {
  const open = text.lastIndexOf('{{', at - 1);
  return open >= 0 && open + 2 <= at && !/[}\n]/.test(text.slice(open + 2, at));
}

/** Suggestions where a caret stands between braces; `undefined` anywhere else. */
export async function completeBraces(
  text: string,
  at: number,
  names: DocumentNames,
  variables: readonly PromptVariable[],
): Promise<Suggestions | undefined> {
  const open = text.lastIndexOf('{{', at - 1);
  if (!betweenBraces(text, at)) return undefined;
  const inside = text.slice(open + 2, at);
  const closed = /^[\w.@-]*\s*\}\}/.test(text.slice(at));
  const end = at + /^[\w.@-]*/.exec(text.slice(at))![0].length;
  const close = closed ? '' : '}}';
  const prompts = ((await names.all('prompt')) ?? []).map(
    ({ name, description }): Suggestion => ({
      label: name,
      kind: 'document',
      insert: `> ${name}${close}`,
      detail: 'prompt',
      documentation: description || `The prompt **${name}** stands here when a run begins.`,
      order: 2,
    }),
  );
  const word = inside.length - inside.trimStart().length + open + 2;
  if (inside.trimStart().startsWith('>')) {
    const after = inside.slice(inside.indexOf('>') + 1);
    const from = at - after.trimStart().length;
    return {
      from,
      to: end,
      items: prompts.map((prompt) => ({
        ...prompt,
        insert: `${after === after.trimStart() && from === at ? ' ' : ''}${prompt.label}${close}`,
      })),
    };
  }
  return {
    from: word,
    to: end,
    items: [
      ...variables.map(
        ({ name, description, type }): Suggestion => ({
          label: name,
          kind: 'variable',
          insert: `${name}${close}`,
          documentation: description,
          order: 1,
          ...(type && { detail: type }),
        }),
      ),
      ...prompts,
    ],
  };
}

/** What the braces around a place stand for. */
export async function explainBraces(
  text: string,
  at: number,
  names: DocumentNames,
  variables: readonly PromptVariable[],
): Promise<Explanation | undefined> {
  const line = { from: text.lastIndexOf('\n', at - 1) + 1, to: text.indexOf('\n', at) };
  const found = bracesIn(text, { from: line.from, to: line.to < 0 ? text.length : line.to }).find(
    ({ from, to }) => from <= at && at <= to,
  );
  if (!found) return undefined;
  const { from, to, of, name } = found;
  if (of === 'unknown')
    return {
      from,
      to,
      text: 'Expected `{{variable}}`, `{{variable.field}}` or `{{> prompt}}`. The model reads this as it stands.',
    };
  if (of === 'variable') {
    const known = variables.find((each) => each.name === name.split('.')[0]);
    return {
      from,
      to,
      text: `**${name}**${known?.type ? ` · ${known.type}` : ''}\n\n${known?.description ?? 'A variable of the job or the chat.'}`,
    };
  }
  const prompts = await names.all('prompt');
  const prompt = prompts?.find((each) => each.name === name);
  if (!prompt)
    return prompts
      ? { from, to, text: `Expected a prompt of the tenant, but there is no **${name}**.` }
      : { from, to, text: `The prompt **${name}**.` };
  const body = (prompt.content as { text?: string } | undefined)?.text ?? '';
  const lines = body.split('\n');
  const shown = lines.slice(0, 12).join('\n');
  return {
    from,
    to,
    text: `The prompt **${name}**${prompt.description ? `: ${prompt.description}` : ''}\n\n${fenced(shown)}${lines.length > 12 ? `\n\n… and ${lines.length - 12} more lines` : ''}`,
  };
}

/** A block of code whatever is in the text. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
