/**
 * JSON as the real gateway takes it, for documents that strict JSON refuses: texts may stand in single quotes, a byte order
 * mark may come first, and what follows the first value is ignored. A fault has the place that the gateway names.
 */

export type LenientJson =
  /** The first value in strict JSON; '' when there is none. */
  { strict: string } | { line: number; column: number };

class Fault extends Error {
  readonly at: number;

  constructor(at: number) {
    super();
    this.at = at;
  }
}

const SPACE = /[\t\n\r ]/;
/** What a word that is no JSON word goes on with. */
const WORD = /[\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Sc}]/u;
/** Deeper documents are refused rather than followed. */
const DEEPEST = 1000;

export function readLenientJson(text: string): LenientJson {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const scanner = new Scanner(text, start);
  try {
    return { strict: scanner.first() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(start, error.at);
    const lines = before.split('\n');
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  }
}

class Scanner {
  private readonly text: string;
  private at: number;
  private strict = '';

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  first(): string {
    this.skipSpace();
    if (this.at < this.text.length) this.value(0);
    return this.strict;
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private skipSpace(): void {
    while (SPACE.test(this.peek())) this.at++;
  }

  private copy(): void {
    this.strict += this.text[this.at++];
  }

  private took(token: string): boolean {
    if (this.peek() !== token) return false;
    this.copy();
    return true;
  }

  private value(depth: number): void {
    this.skipSpace();
    const next = this.peek();
    if (depth > DEEPEST) throw new Fault(this.at);
    if (next === '{') this.object(depth);
    else if (next === '[') this.list(depth);
    else if (next === '"' || next === "'") this.quoted();
    else if (next === '-' || /\d/.test(next)) this.number();
    else if (/[a-zA-Z]/.test(next)) this.word();
    // a sign is read before it is found wanting
    else throw new Fault(next === '+' ? this.at + 1 : this.at);
  }

  private object(depth: number): void {
    this.copy();
    this.skipSpace();
    if (this.took('}')) return;
    for (;;) {
      this.skipSpace();
      if (this.peek() !== '"' && this.peek() !== "'") throw new Fault(this.at);
      this.quoted();
      this.skipSpace();
      if (this.peek() !== ':') throw new Fault(this.at);
      this.copy();
      this.value(depth + 1);
      this.skipSpace();
      if (this.took('}')) return;
      if (this.peek() !== ',') throw new Fault(this.at);
      this.copy();
    }
  }

  private list(depth: number): void {
    this.copy();
    this.skipSpace();
    if (this.took(']')) return;
    for (;;) {
      this.value(depth + 1);
      this.skipSpace();
      if (this.took(']')) return;
      if (this.peek() !== ',') throw new Fault(this.at);
      this.copy();
    }
  }

  private quoted(): void {
    const quote = this.peek();
    this.at++;
    let content = '';
    for (;;) {
      const next = this.peek();
      if (next < ' ') throw new Fault(this.at);
      if (next === quote) break;
      if (next !== '\\') {
        content += next === '"' ? '\\"' : next;
        this.at++;
        continue;
      }
      const escaped = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6));
      const single = quote === "'" && this.text[this.at + 1] === "'";
      if (!escaped && !single) throw new Fault(this.at + 1);
      content += single ? "'" : escaped![0];
      this.at += single ? 2 : escaped![0].length;
    }
    this.at++;
    this.strict += `"${content}"`;
  }

  private number(): void {
    if (this.peek() === '-') this.copy();
    if (!/\d/.test(this.peek())) throw new Fault(this.at);
    const leadingZero = this.peek() === '0';
    this.copy();
    if (leadingZero && /\d/.test(this.peek())) throw new Fault(this.at);
    this.digits();
    if (this.peek() === '.') {
      this.copy();
      if (!/\d/.test(this.peek())) throw new Fault(this.at);
      this.digits();
    }
    if (/[eE]/.test(this.peek())) {
      this.copy();
      if (/[+-]/.test(this.peek())) this.copy();
      if (!/\d/.test(this.peek())) throw new Fault(this.at);
      this.digits();
    }
  }

  private digits(): void {
    while (/\d/.test(this.peek())) this.copy();
  }

  private word(): void {
    const known = ['true', 'false', 'null'].find((word) => this.text.startsWith(word, this.at));
    if (known && !WORD.test(this.text[this.at + known.length] ?? '')) {
      this.strict += known;
      this.at += known.length;
      return;
    }
    while (WORD.test(this.peek())) this.at++;
    throw new Fault(this.at);
  }
}
