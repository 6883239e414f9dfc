/** Characters that stand between words, as DMN 1.5 lists them. */
const space = /[\t-\r\u0020\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/;
const nameStart = String.raw`\p{L}\p{Nl}\p{Sc}\p{Pc}`;
const namePart = String.raw`${nameStart}\p{Nd}\p{Mn}\p{Mc}\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f`;
const name = new RegExp(`[${nameStart}][${namePart}]*`, 'uy');
const number = /(?:\d+(?:\.\d+)?|\.\d+)/y;
const quoted = /"(?:\\[\s\S]|[^"])*"/y;
const backticked = /`([^`]+)`/y;
const words = new RegExp(`[${nameStart}][${namePart}]*`, 'uy');

/** Words that are no names. A name may begin with one: `nullable`, `inner`. */
const reserved = new Set([
  'null',
  'true',
  'false',
  'function',
  'in',
  'return',
  'then',
  'else',
  'satisfies',
  'and',
  'or',
]);

/** Reads the words of an expression, each from a given place; the answer is where the word ends, or undefined. */
export class Scanner {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The next place that is neither space nor comment. */
  skip(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      if (text.startsWith('//', at)) {
        const end = text.indexOf('\n', at);
        at = end === -1 ? text.length : end + 1;
      } else if (text.startsWith('/*', at)) {
        const end = text.indexOf('*/', at + 2);
        // without an end it is no comment
        if (end === -1) return at;
        at = end + 2;
      } else if (at < text.length && space.test(text[at]!)) at++;
      else return at;
    }
  }

  symbol(from: number, symbol: string): number | undefined {
    return this.text.startsWith(symbol, from) ? from + symbol.length : undefined;
  }

  match(pattern: RegExp, from: number): string | undefined {
    pattern.lastIndex = from;
    return pattern.exec(this.text)?.[0];
  }

  /** A name without spaces. */
  name(from: number): string | undefined {
    const found = this.match(name, from);
    return found === undefined || reserved.has(found) ? undefined : found;
  }

  backticked(from: number): string | undefined {
    return this.match(backticked, from);
  }

  number(from: number): string | undefined {
    return this.match(number, from);
  }

  /** With its quotes and escapes. */
  quoted(from: number): string | undefined {
    return this.match(quoted, from);
  }

  /** What stands at a place, to be told in a message. */
  found(from: number): string {
    if (from >= this.text.length) return 'the end of the text';
    const word = this.match(words, from) ?? this.match(number, from) ?? this.text[from]!;
    return `'${word.slice(0, 40)}'`;
  }
}

const escapes: readonly [pattern: RegExp, character: string][] = [
  [/(?<!\\)\\n/g, '\n'],
  [/(?<!\\)\\r/g, '\r'],
  [/(?<!\\)\\t/g, '\t'],
  [/(?<!\\)\\b/g, '\b'],
  [/(?<!\\)\\f/g, '\f'],
  [/(?<!\\)\\'/g, "'"],
  [/(?<!\\)\\"/g, '"'],
  [/\\\\/g, '\\'],
];

/** The text that a literal stands for; other escapes stay as they are written, `\u0041` among them. */
export function unescaped(quotedText: string): string {
  const inner = quotedText.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return escapes.reduce((text, [pattern, character]) => text.replaceAll(pattern, () => character), inner);
}
