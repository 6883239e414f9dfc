import { type JsonValue, readPrompt } from '@baton/gateway/api';

type Values = Readonly<Record<string, string>>;

/** What a prompt asks to be filled in; the message itself comes behind it, or where `{{prompt}}` stands. */
export function variablesOf(prompt: JsonValue | undefined): readonly string[] {
  return typeof prompt === 'string' ? readPrompt(prompt).variables.filter((name) => name !== 'prompt') : [];
}

/** Names by which a prompt asks for what somebody says. */
const spoken = ['message', 'question', 'text', 'input'];

/** The variable that takes the message itself: one of these names, unless a value is typed for it. */
export function messageVariable(variables: readonly string[], values: Values): string | undefined {
  return spoken.find((name) => variables.includes(name) && !values[name]?.trim());
}

/** The values typed for these variables as a run takes them: `order.id` is a field of `order`. */
export function inputOf(
  variables: readonly string[],
  values: Values,
): { [name: string]: JsonValue } | undefined {
  const filled = variables.filter((name) => values[name]?.trim());
  return filled.length > 0 ? nested(filled.map((name) => [name.split('.'), values[name]!])) : undefined;
}

function nested(entries: readonly (readonly [string[], string])[]): { [name: string]: JsonValue } {
  const names = [...new Set(entries.map(([[first = '']]) => first))];
  return Object.fromEntries(
    names.map((name) => {
      const own = entries.filter(([[first]]) => first === name);
      const deeper = own.filter(([path]) => path.length > 1);
      return deeper.length > 0
        ? [name, nested(deeper.map(([[, ...path], text]) => [path, text]))]
        : [name, own[0]![1]];
    }),
  );
}

/** How they are said in the conversation. */
export function valuesText(variables: readonly string[], values: Values): string {
  return variables
    .filter((name) => values[name]?.trim())
    .map((name) => `${name}: ${values[name]}`)
    .join('\n');
}
