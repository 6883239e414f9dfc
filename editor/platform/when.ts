import type { ContextValue } from './context.ts';

/** A parsed when-clause. */
export type When =
  | { op: 'key'; key: string }
  | { op: 'equals'; key: string; value: string; negated: boolean }
  | { op: 'not'; of: When }
  | { op: 'and' | 'or'; left: When; right: When };

export class WhenSyntaxError extends Error {}

const token = /\s*(\|\||&&|==|!=|!|\(|\)|'[^']*'|[\w.:-]+)/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match)
      throw new WhenSyntaxError(
        `Expected a key or operator at ${at} of "${text}", but found "${text.slice(at, at + 8)}"`,
      );
    tokens.push(match[1]!);
  }
  return tokens;
}

/** Grammar: `a && b`, `a || b`, `!a`, `a == value`, `a != 'two words'`, parentheses; `&&` binds tighter than `||`. */
export function parseWhen(text: string): When {
  const tokens = tokenize(text);
  let at = 0;
  const fail = (expected: string): never => {
    throw new WhenSyntaxError(`Expected ${expected} in "${text}", but found ${tokens[at] ?? 'its end'}`);
  };
  const or = (): When => {
    let left = and();
    while (tokens[at] === '||') {
      at++;
      left = { op: 'or', left, right: and() };
    }
    return left;
  };
  const and = (): When => {
    let left = not();
    while (tokens[at] === '&&') {
      at++;
      left = { op: 'and', left, right: not() };
    }
    return left;
  };
  const not = (): When => {
    if (tokens[at] !== '!') return primary();
    at++;
    return { op: 'not', of: not() };
  };
  const operand = (): string => {
    const word = tokens[at];
    if (word === undefined || /^(\|\||&&|==|!=|!|\(|\))$/.test(word)) return fail('a name');
    at++;
    return word.startsWith("'") ? word.slice(1, -1) : word;
  };
  const primary = (): When => {
    if (tokens[at] === '(') {
      at++;
      const inner = or();
      if (tokens[at] !== ')') fail('")"');
      at++;
      return inner;
    }
    const key = operand();
    const operator = tokens[at];
    if (operator !== '==' && operator !== '!=') return { op: 'key', key };
    at++;
    return { op: 'equals', key, value: operand(), negated: operator === '!=' };
  };
  const when = or();
  if (at < tokens.length) fail('the end');
  return when;
}

export function evaluateWhen(when: When, value: (key: string) => ContextValue): boolean {
  switch (when.op) {
    case 'key':
      return Boolean(value(when.key));
    case 'equals':
      return (String(value(when.key) ?? '') === when.value) !== when.negated;
    case 'not':
      return !evaluateWhen(when.of, value);
    case 'and':
      return evaluateWhen(when.left, value) && evaluateWhen(when.right, value);
    case 'or':
      return evaluateWhen(when.left, value) || evaluateWhen(when.right, value);
  }
}

const unreadable = 'unreadable';
const parsed = new Map<string, When | typeof unreadable>();

/** A clause that cannot be read never holds: one wrong menu item must not take the menu with it. */
function readWhen(text: string): When | typeof unreadable {
  try {
    return parseWhen(text);
  } catch (error) {
    if (error instanceof WhenSyntaxError) return unreadable;
    throw error;
  }
}

/** No clause always holds. Clauses are parsed once. */
export function whenHolds(text: string | undefined, context: { get(key: string): ContextValue }): boolean {
  if (!text) return true;
  let when = parsed.get(text);
  if (when === undefined) {
    when = readWhen(text);
    parsed.set(text, when);
  }
  return when !== unreadable && evaluateWhen(when, context.get);
}

/** Why a when-clause cannot be read: "Expected …, but …". */
export function whenProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    parseWhen(text);
    return undefined;
  } catch (error) {
    if (error instanceof WhenSyntaxError) return error.message;
    throw error;
  }
}
