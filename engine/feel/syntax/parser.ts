import { failed, ok, type Result } from '@baton/engine/protocol';
import type { FeelSyntaxProblem } from '../expression.ts';
import { parseDecimalText } from '../values/number.ts';
import {
  parseDateAndTimeLiteral,
  parseDateLiteral,
  parseDurationLiteral,
  parseTemporalLiteral,
  parseTimeLiteral,
} from '../values/temporal/literals.ts';
import type { Value } from '../values/value.ts';
import type {
  ArithmeticOperator,
  CallNode,
  ComparisonOperator,
  Iterator,
  Node,
  RangeNode,
} from './expressionTree.ts';
import { Scanner, unescaped } from './scanner.ts';

/** How deep expressions may stand in one another: the parser and the evaluation call themselves as deep. */
const DEEPEST = 150;

const literalsOfTime: readonly [name: string, parse: (text: string) => Value][] = [
  ['duration', parseDurationLiteral],
  ['date and time', parseDateAndTimeLiteral],
  ['date', parseDateLiteral],
  ['time', parseTimeLiteral],
];
/** Built-in functions whose name holds a reserved word. */
const namesWithReservedWords = ['and', 'or', 'date and time', 'years and months duration', 'get or else'];
const typesOfSeveralWords = [
  'years and months duration',
  'days and time duration',
  'date and time',
  'function',
];
const comparisons: readonly ComparisonOperator[] = ['<=', '>=', '<', '>', '!=', '='];

export function parseExpressionTree(text: string): Result<Node, FeelSyntaxProblem> {
  return new Parser(text).whole((parser) => parser.expression());
}

/** A cell of a decision table. */
export function parseUnaryTestsTree(text: string): Result<Node, FeelSyntaxProblem> {
  return new Parser(text).whole((parser) => parser.unaryTests());
}

/**
 * FEEL as Camunda's engine reads it: choices are tried in order and the first that fits is taken (a parsing expression
 * grammar), so a keyword needs no space behind it. What is read at a place is kept, which keeps nested brackets linear.
 */
class Parser {
  readonly #scanner: Scanner;
  #at = 0;
  #depth = 0;
  #tooDeep = false;
  /** The furthest place that something was looked for in vain, and what it was. */
  #furthest = { at: 0, expected: 'an expression', from: 0 };
  readonly #expressions = new Map<number, { node: Node | undefined; end: number }>();
  readonly #sums = new Map<number, { node: Node | undefined; end: number }>();

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  whole(read: (parser: Parser) => Node | undefined): Result<Node, FeelSyntaxProblem> {
    const { text } = this.#scanner;
    this.#skip();
    const node = read(this);
    this.#skip();
    if (this.#tooDeep) {
      const message = `Expected expressions that stand at most ${DEEPEST} deep in one another, but they stand deeper`;
      return failed({ message, offset: 0, length: text.length });
    }
    if (node && this.#at === text.length) return ok(node);
    if (node) this.#missing('an operator or the end', 0);
    return failed(this.#problem());
  }

  #problem(): FeelSyntaxProblem {
    const { at, expected, from } = this.#furthest;
    const { text } = this.#scanner;
    const found = this.#scanner.found(at);
    const length = at >= text.length ? 0 : found.length - 2;
    const shown = text
      .slice(from, at + length)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 80);
    const place = shown === '' ? '' : ` in '${shown}'`;
    return { message: `Expected ${expected}${place}, but found ${found}`, offset: at, length };
  }

  // words

  #skip(): void {
    this.#at = this.#scanner.skip(this.#at);
  }

  /** Takes a symbol or keyword after space. */
  #takes(symbol: string): boolean {
    const at = this.#scanner.skip(this.#at);
    const end = this.#scanner.symbol(at, symbol);
    if (end === undefined) return false;
    this.#at = end;
    return true;
  }

  #takesOneOf<Symbol extends string>(symbols: readonly Symbol[]): Symbol | undefined {
    return symbols.find((symbol) => this.#takes(symbol));
  }

  /** Like `#takes`, for what must stand here once the construct that began at `from` has come this far. */
  #requires(symbol: string, from: number, expected = `"${symbol}"`): boolean {
    return this.#takes(symbol) || this.#missing(expected, from);
  }

  #missing(expected: string, from: number): false {
    const at = this.#scanner.skip(this.#at);
    if (at > this.#furthest.at || (at === this.#furthest.at && from <= this.#furthest.from))
      this.#furthest = { at, expected, from };
    return false;
  }

  /** What `read` finds, or nothing and no step further. */
  #attempt<T>(read: (from: number) => T | undefined): T | undefined {
    const before = this.#at;
    const found = read(this.#scanner.skip(before));
    if (found === undefined) this.#at = before;
    return found;
  }

  /** Items with commas between them; a comma that nothing follows is not taken. */
  #separated<T>(read: () => T | undefined): T[] {
    const items: T[] = [];
    for (;;) {
      const item = this.#attempt(() => (items.length > 0 && !this.#takes(',') ? undefined : read()));
      if (item === undefined) return items;
      items.push(item);
    }
  }

  #once(
    kept: Map<number, { node: Node | undefined; end: number }>,
    read: () => Node | undefined,
  ): Node | undefined {
    const from = this.#scanner.skip(this.#at);
    const known = kept.get(from);
    if (known) {
      if (known.node) this.#at = known.end;
      return known.node;
    }
    if (this.#depth >= DEEPEST) this.#tooDeep = true;
    if (this.#tooDeep) return undefined;
    this.#depth++;
    const node = this.#attempt(read);
    this.#depth--;
    kept.set(from, { node, end: this.#at });
    return node;
  }

  #name(): string | undefined {
    const at = this.#scanner.skip(this.#at);
    const plain = this.#scanner.name(at);
    const found = plain ?? this.#scanner.backticked(at);
    if (found === undefined) return undefined;
    this.#at = at + found.length;
    return plain ?? found.slice(1, -1);
  }

  /** Two or more names with spaces between them. */
  #nameOfSeveralWords(): string | undefined {
    return this.#attempt((from) => {
      const { text } = this.#scanner;
      let end = from + (this.#scanner.name(from)?.length ?? 0);
      if (end === from) return undefined;
      let count = 1;
      for (;;) {
        let next = end;
        while (text[next] === ' ') next++;
        const word = next > end ? this.#scanner.name(next) : undefined;
        if (word === undefined) break;
        end = next + word.length;
        count++;
      }
      if (count === 1) return undefined;
      this.#at = end;
      return text.slice(from, end);
    });
  }

  #quoted(): string | undefined {
    const at = this.#scanner.skip(this.#at);
    const found = this.#scanner.quoted(at);
    if (found !== undefined) this.#at = at + found.length;
    return found;
  }

  // expressions, by rank

  expression(): Node | undefined {
    return this.#once(this.#expressions, () => {
      const from = this.#at;
      return (
        this.#attempt(() => this.#if(from)) ??
        this.#attempt(() => this.#for(from)) ??
        this.#attempt(() => this.#quantified(from)) ??
        this.#disjunction()
      );
    });
  }

  #required(from: number, expected: string): Node | undefined {
    const node = this.expression();
    if (!node) this.#missing(expected, from);
    return node;
  }

  #if(from: number): Node | undefined {
    if (!this.#takes('if')) return undefined;
    const condition = this.expression();
    const words = '"then" and "else" with their values';
    if (!condition || !this.#requires('then', from, words)) return undefined;
    const then = this.#required(from, words);
    if (!then || !this.#requires('else', from, words)) return undefined;
    const otherwise = this.#required(from, words);
    return otherwise && { kind: 'if', condition, then, otherwise };
  }

  #for(from: number): Node | undefined {
    if (!this.#takes('for')) return undefined;
    const iterators = this.#separated(() => this.#iterator());
    if (iterators.length === 0 || !this.#requires('return', from, '"return" with an expression'))
      return undefined;
    const body = this.#required(from, '"return" with an expression');
    return body && { kind: 'for', iterators, body };
  }

  #quantified(from: number): Node | undefined {
    const kind = this.#takesOneOf(['some', 'every'] as const);
    if (!kind) return undefined;
    const iterators = this.#separated(() => this.#iterator());
    if (iterators.length === 0 || !this.#requires('satisfies', from, '"satisfies" with a condition'))
      return undefined;
    const condition = this.#required(from, '"satisfies" with a condition');
    return condition && { kind, iterators, condition };
  }

  #iterator(): Iterator | undefined {
    const name = this.#name();
    if (name === undefined || !this.#takes('in')) return undefined;
    const over =
      this.#attempt((): Node | undefined => {
        const start = this.#sum();
        if (!start || !this.#takes('..')) return undefined;
        const end = this.#sum();
        return end && { kind: 'iteration', start, end };
      }) ?? this.#value();
    return over && { name, over };
  }

  #disjunction(): Node | undefined {
    return this.#chain('or', () => this.#chain('and', () => this.#comparison()));
  }

  #chain(kind: 'and' | 'or', read: () => Node | undefined): Node | undefined {
    const from = this.#scanner.skip(this.#at);
    const first = read();
    if (!first) return undefined;
    const conditions = [first];
    for (;;) {
      const next = this.#attempt(() => {
        if (!this.#takes(kind)) return undefined;
        const condition = read();
        if (!condition) this.#missing('a condition', from);
        return condition;
      });
      if (!next) return conditions.length === 1 ? first : { kind, conditions };
      conditions.push(next);
    }
  }

  #comparison(): Node | undefined {
    const from = this.#scanner.skip(this.#at);
    const left = this.#sum();
    if (!left) return this.#simpleTest();
    return (
      this.#attempt(() => this.#compared(left, from)) ??
      this.#attempt(() => this.#between(left, from)) ??
      this.#attempt(() => this.#instanceOf(left, from)) ??
      this.#attempt(() => this.#in(left, from)) ??
      left
    );
  }

  #compared(left: Node, from: number): Node | undefined {
    const operator = this.#takesOneOf(comparisons);
    if (!operator) return undefined;
    const right = this.#sum();
    if (!right) this.#missing('a value to compare with', from);
    return right && { kind: 'comparison', operator, left, right };
  }

  #between(left: Node, from: number): Node | undefined {
    if (!this.#takes('between')) return undefined;
    const low = this.#sum();
    if (!low || !this.#requires('and', from, '"and" with the other end')) return undefined;
    const high = this.#sum();
    if (!high) return undefined;
    return {
      kind: 'and',
      conditions: [
        { kind: 'comparison', operator: '>=', left, right: low },
        { kind: 'comparison', operator: '<=', left, right: high },
      ],
    };
  }

  #instanceOf(left: Node, from: number): Node | undefined {
    if (!this.#takes('instance') || !this.#takes('of')) return undefined;
    const special = this.#takesOneOf(typesOfSeveralWords);
    const type = special ?? this.#qualifiedName()?.join('.');
    if (type === undefined) this.#missing('a type', from);
    return type === undefined ? undefined : { kind: 'instance of', of: left, type };
  }

  #in(left: Node, from: number): Node | undefined {
    if (!this.#takes('in')) return undefined;
    const test =
      this.#attempt(() => {
        if (!this.#takes('(')) return undefined;
        const tests = this.#positiveTests();
        return tests && this.#requires(')', from) ? tests : undefined;
      }) ?? this.#positiveTest();
    if (!test) this.#missing('a test', from);
    return test && { kind: 'in', of: left, test };
  }

  #sum(): Node | undefined {
    return this.#once(this.#sums, () =>
      this.#operation(['+', '-'], () =>
        this.#operation(['*', '/'], () => this.#operation(['**'], () => this.#negation())),
      ),
    );
  }

  #operation(operators: readonly ArithmeticOperator[], read: () => Node | undefined): Node | undefined {
    const from = this.#scanner.skip(this.#at);
    const first = read();
    if (!first) return undefined;
    const rest: { operator: ArithmeticOperator; operand: Node }[] = [];
    for (;;) {
      const next = this.#attempt(() => {
        const operator = this.#takesOneOf(operators);
        if (!operator) return undefined;
        const operand = read();
        if (!operand) this.#missing('an operand', from);
        return operand && { operator, operand };
      });
      if (!next) return rest.length === 0 ? first : { kind: 'arithmetic', first, rest };
      rest.push(next);
    }
  }

  #negation(): Node | undefined {
    return this.#attempt(() => {
      if (!this.#takes('-')) return this.#value();
      const of = this.#value();
      return of && { kind: 'negation', of };
    });
  }

  // values

  #value(): Node | undefined {
    const from = this.#scanner.skip(this.#at);
    let value = this.#attempt(() => this.#terminal());
    if (!value) {
      this.#missing('an expression', from);
      return undefined;
    }
    for (;;) {
      const of: Node = value;
      const next: Node | undefined =
        this.#attempt((): Node | undefined => {
          if (!this.#takes('.')) return undefined;
          const name = this.#property();
          if (name === undefined) this.#missing('a name', from);
          return name === undefined ? undefined : { kind: 'path', of, name };
        }) ??
        this.#attempt((): Node | undefined => {
          if (!this.#takes('[')) return undefined;
          const condition = this.expression();
          return condition && this.#requires(']', from, 'a filter and "]"')
            ? { kind: 'filter', of, condition }
            : undefined;
        });
      if (!next) return value;
      value = next;
    }
  }

  /** The one property whose name has a space. */
  #property(): string | undefined {
    return this.#takes('time offset') ? 'time offset' : this.#name();
  }

  #qualifiedName(): string[] | undefined {
    const first = this.#property();
    if (first === undefined) return undefined;
    const names = [first];
    for (;;) {
      const next = this.#attempt(() => (this.#takes('.') ? this.#property() : undefined));
      if (next === undefined) return names;
      names.push(next);
    }
  }

  #terminal(): Node | undefined {
    return (
      this.#attempt(() => this.#literalOfTime()) ??
      this.#attempt(() => this.#call()) ??
      this.#attempt(() => this.#variable()) ??
      this.#literal() ??
      this.#attempt((from) => this.#list(from)) ??
      this.#attempt((from) => this.#context(from)) ??
      (this.#takes('?') ? ({ kind: 'input' } as const) : undefined) ??
      this.#attempt((from) => this.#function(from)) ??
      this.#attempt((from) => {
        if (!this.#takes('(')) return undefined;
        const inner = this.expression();
        return inner && this.#requires(')', from) ? inner : undefined;
      })
    );
  }

  #literalOfTime(): Node | undefined {
    if (this.#takes('@')) {
      const text = this.#quoted();
      return text === undefined
        ? undefined
        : { kind: 'literal', value: parseTemporalLiteral(text.slice(1, -1)) };
    }
    for (const [name, parse] of literalsOfTime) {
      const value = this.#attempt(() => {
        if (!this.#takes(name) || !this.#takes('(')) return undefined;
        const text = this.#quoted();
        return text !== undefined && this.#takes(')') ? { value: parse(text.slice(1, -1)) } : undefined;
      });
      if (value) return { kind: 'literal', value: value.value };
    }
    return undefined;
  }

  #literal(): Node | undefined {
    if (this.#takes('null')) return { kind: 'literal', value: null };
    if (this.#takes('true')) return { kind: 'literal', value: true };
    if (this.#takes('false')) return { kind: 'literal', value: false };
    const text = this.#quoted();
    if (text !== undefined) return { kind: 'literal', value: unescaped(text) };
    return this.#attempt((from) => {
      const sign = this.#scanner.symbol(from, '-') === undefined ? '' : '-';
      const digits = this.#scanner.number(from + sign.length);
      if (digits === undefined) return undefined;
      this.#at = from + sign.length + digits.length;
      return { kind: 'literal', value: parseDecimalText(sign + digits)! };
    });
  }

  #variable(): Node | undefined {
    const names = this.#qualifiedName();
    return names && reference(names);
  }

  #call(): CallNode | undefined {
    const from = this.#scanner.skip(this.#at);
    const ofSeveral = this.#nameOfSeveralWords() ?? this.#takesOneOf(namesWithReservedWords);
    const names = ofSeveral === undefined ? this.#qualifiedName() : [ofSeveral];
    if (!names || !this.#takes('(')) return undefined;
    const given = this.#arguments(from);
    if (!this.#requires(')', from, 'arguments and ")"')) return undefined;
    return {
      kind: 'call',
      of: names.length > 1 ? reference(names.slice(0, -1)) : undefined,
      name: names.at(-1)!,
      arguments: given,
    };
  }

  #arguments(from: number): CallNode['arguments'] {
    const byName = this.#separated(() => {
      const name = this.#parameter();
      if (name === undefined || !this.#takes(':')) return undefined;
      const value = this.#argument(from);
      return value && ([name, value] as const);
    });
    if (byName.length > 0) return { by: 'name', values: new Map(byName) };
    return { by: 'position', values: this.#separated(() => this.#argument(from)) };
  }

  #argument(from: number): Node | undefined {
    const range = this.#attempt(() => this.#range());
    if (range) return range;
    const value = this.expression();
    if (!value) this.#missing('an argument', from);
    return value;
  }

  #parameter(): string | undefined {
    return this.#nameOfSeveralWords() ?? this.#name();
  }

  #function(from: number): Node | undefined {
    if (!this.#takes('function') || !this.#takes('(')) return undefined;
    const parameters = this.#separated(() => this.#parameter());
    if (!this.#requires(')', from, 'parameters and a body')) return undefined;
    const body = this.#required(from, 'parameters and a body');
    return body && { kind: 'function', parameters, body };
  }

  #list(from: number): Node | undefined {
    if (!this.#takes('[')) return undefined;
    const items = this.#separated(() => this.expression());
    return this.#requires(']', from) ? { kind: 'list', items } : undefined;
  }

  #context(from: number): Node | undefined {
    if (!this.#takes('{')) return undefined;
    const entries = this.#separated(() => {
      const name = this.#entryName();
      if (name === undefined || !this.#requires(':', from, 'a name with its value')) return undefined;
      const value = this.#required(from, 'a value');
      return value && { name, value };
    });
    return this.#requires('}', from) ? { kind: 'context', entries } : undefined;
  }

  /** Text without these signs is a name as it stands: `a + b`. */
  #entryName(): string | undefined {
    const { text } = this.#scanner;
    const at = this.#scanner.skip(this.#at);
    const free = this.#scanner.match(/[^"{}:,[\]`]+/y, at)?.trimEnd();
    if (free && text[this.#scanner.skip(at + free.length)] === ':') {
      this.#at = at + free.length;
      return free;
    }
    return this.#name() ?? this.#quoted()?.slice(1, -1);
  }

  // unary tests

  unaryTests(): Node | undefined {
    return (
      this.#attempt((from): Node | undefined => {
        if (!this.#takes('not') || !this.#takes('(')) return undefined;
        const of = this.#positiveTests();
        return of && this.#requires(')', from) ? { kind: 'not', of } : undefined;
      }) ??
      this.#positiveTests() ??
      (this.#takes('-') ? ({ kind: 'literal', value: true } as const) : undefined)
    );
  }

  #positiveTests(): Node | undefined {
    const tests = this.#separated(() => this.#positiveTest());
    return tests.length > 1 ? { kind: 'or', conditions: tests } : tests[0];
  }

  #positiveTest(): Node | undefined {
    return (
      this.#attempt((): Node | undefined => {
        const value = this.#takes('true') ? true : this.#takes('false') ? false : undefined;
        if (value === undefined || this.#scanner.skip(this.#at) < this.#scanner.text.length) return undefined;
        return { kind: 'input compares', operator: '=', with: { kind: 'literal', value } };
      }) ??
      this.#simpleTest() ??
      this.#attempt((): Node | undefined => {
        const of = this.expression();
        return of && { kind: 'test', of };
      })
    );
  }

  #simpleTest(): Node | undefined {
    return (
      this.#attempt((from): Node | undefined => {
        const operator = this.#takesOneOf(['<=', '>=', '<', '>'] as const);
        if (!operator) return undefined;
        const end = this.#sum();
        if (!end) this.#missing('a value to compare with', from);
        return end && { kind: 'input compares', operator, with: end };
      }) ??
      this.#attempt((): Node | undefined => {
        const range = this.#range();
        return range && { kind: 'input in range', range };
      })
    );
  }

  #range(): RangeNode | undefined {
    const open = this.#takesOneOf(['(', ']', '['] as const);
    const start = open && this.#sum();
    if (!start || !this.#takes('..')) return undefined;
    const from = this.#scanner.skip(this.#at);
    const end = this.#sum();
    const close = end && this.#takesOneOf([')', '[', ']'] as const);
    if (!close) this.#missing('the end of the range', from);
    return end && close
      ? { kind: 'range', start, startIncluded: open === '[', end, endIncluded: close === ']' }
      : undefined;
  }
}

function reference([name, ...path]: string[]): Node {
  return { kind: 'variable', name: name!, path };
}
