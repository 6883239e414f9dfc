import { failed, ok, type Result } from '@baton/engine/protocol';
import type { JsonValue } from '../api/common.ts';
import { type ContentPath, pathKey, type TextPlace } from './contentPath.ts';
import type { TextProblem, TextReading } from './textReading.ts';

/** Reads a JSON text and remembers where everything stands; otherwise says what was expected where. */
export function readJson(text: string): Result<TextReading, TextProblem> {
  const places = new Map<string, TextPlace>();
  const problem = walk(text, places);
  return problem ? failed(problem) : ok({ value: JSON.parse(text) as JsonValue, places });
}

class Unreadable {
  readonly at: number;
  readonly message: string;
  constructor(at: number, message: string) {
    this.at = at;
    this.message = message;
  }
}

const space = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Deeper than any schema is, and shallow enough for the call stack. */
const deepest = 200;

function walk(text: string, places: Map<string, TextPlace>): TextProblem | undefined {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineOf = (at: number) => {
    let low = 0;
    let high = lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lineStarts[middle]! <= at) low = middle;
      else high = middle;
    }
    return low;
  };
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    if (match !== undefined) at += match.length;
    return match;
  };
  const found = () => (at >= text.length ? 'the text ends' : `found ${JSON.stringify(text[at])}`);
  const expected = (what: string): never => {
    throw new Unreadable(at, `Expected ${what}, but ${found()}.`);
  };
  const quoted = (what: string): string => {
    if (text[at] !== '"') expected(what);
    const start = at;
    const raw = take(string);
    if (raw === undefined)
      throw new Unreadable(start, `Expected ${what} to end with ", but it goes on or has a wrong escape.`);
    return JSON.parse(raw) as string;
  };
  const place = (path: ContentPath, from: number) => {
    const line = lineOf(from);
    places.set(pathKey(path), {
      line: line + 1,
      column: from - lineStarts[line]! + 1,
      endLine: lineOf(at - 1) + 1,
    });
  };
  /** Members or items up to the closing bracket, with a comma between two. */
  const list = (close: string, entry: () => void) => {
    at++;
    take(space);
    if (text[at] === close) {
      at++;
      return;
    }
    for (;;) {
      entry();
      take(space);
      if (text[at] === close) {
        at++;
        return;
      }
      if (text[at] !== ',') expected(`a comma or ${close}`);
      at++;
      take(space);
    }
  };
  const value = (path: ContentPath): void => {
    if (path.length > deepest)
      throw new Unreadable(at, `Expected at most ${deepest} levels, but there are more.`);
    if (text[at] === '{') {
      const names = new Set<string>();
      list('}', () => {
        const start = at;
        const name = quoted('a name in quotes');
        if (names.has(name))
          throw new Unreadable(start, `Expected each name once, but ${JSON.stringify(name)} is there twice.`);
        names.add(name);
        take(space);
        if (text[at] !== ':') expected(`a colon after ${JSON.stringify(name)}`);
        at++;
        take(space);
        value([...path, name]);
        place([...path, name], start);
      });
    } else if (text[at] === '[') {
      let index = 0;
      list(']', () => {
        const start = at;
        const step = [...path, String(index++)];
        value(step);
        place(step, start);
      });
    } else if (text[at] === '"') quoted('a text');
    else if (!take(plain)) expected('a value');
  };
  try {
    take(space);
    value([]);
    take(space);
    if (at < text.length) expected('the end');
    return undefined;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const line = lineOf(error.at);
    return { line: line + 1, column: error.at - lineStarts[line]! + 1, message: error.message };
  }
}
