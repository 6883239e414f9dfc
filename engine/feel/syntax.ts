import type { Tree } from '@lezer/common';
import type { FeelSyntaxProblem } from './expression.ts';

type Node = Tree['topNode'];

/** What may stand where the parser gave up, by the construct that stayed unfinished. */
const expectedIn: { readonly [construct: string]: string } = {
  ArithmeticExpression: 'an operand',
  Comparison: 'a value to compare with',
  Conjunction: 'a condition',
  Disjunction: 'a condition',
  IfExpression: '"then" and "else" with their values',
  ForExpression: '"return" with an expression',
  QuantifiedExpression: '"satisfies" with a condition',
  FunctionInvocation: 'arguments and ")"',
  PositionalParameters: 'an argument',
  NamedParameters: 'an argument',
  ParenthesizedExpression: '")"',
  FilterExpression: 'a filter and "]"',
  List: '"]"',
  Interval: 'the end of the range',
  Context: '"}"',
  ContextEntry: 'a value',
  PathExpression: 'a name',
  FunctionDefinition: 'parameters and a body',
};

/** The first fault of a parsed expression, or undefined. */
export function syntaxProblem(text: string, tree: Tree): FeelSyntaxProblem | undefined {
  if (text.trim() === '') return problem('an expression', '', 'the end of the text', 0, text.length);
  let fault: FeelSyntaxProblem | undefined;
  tree.iterate({
    enter(reference) {
      if (fault) return false;
      const { from, to, name } = reference;
      if (reference.type.isError) fault = describe(text, reference.node);
      else if (name === 'NumericLiteral' && !/^\.?\d/.test(text.slice(from, to))) return true;
      else if (name === 'NumericLiteral') {
        const exponent = text.slice(from, to).search(/e/i);
        if (exponent > 0) fault = misplaced(text, from, from + exponent, to);
      } else if (name === 'VariableName' && reference.node.parent?.name !== 'FunctionInvocation') {
        // names with spaces stand in backticks; elsewhere two names in a row miss an operator
        const words = /^(\S+\s+)\S/.exec(text.slice(from, to));
        if (words && text[from] !== '`') fault = misplaced(text, from, from + words[1]!.length, to);
      }
      return !fault;
    },
  });
  return fault;
}

function misplaced(text: string, from: number, offset: number, to: number): FeelSyntaxProblem {
  return problem(
    'an operator or the end',
    text.slice(from, to),
    quote(text.slice(offset, to)),
    offset,
    to - offset,
  );
}

function describe(text: string, fault: Node): FeelSyntaxProblem {
  const construct = unfinished(fault);
  const expected = expectedIn[construct.name] ?? 'an expression';
  let { from, to } = fault;
  if (from === to) {
    const next = following(fault);
    if (!next) return problem(expected, text.slice(construct.from), 'the end of the text', to, 0);
    ({ from, to } = next);
  }
  const found = text.slice(from, to).slice(0, 40);
  return problem(
    expected,
    text.slice(construct.from, Math.max(construct.to, to)),
    quote(found),
    from,
    to - from,
  );
}

function unfinished(fault: Node): Node {
  let construct = fault.parent ?? fault;
  // "a +" ends inside the addition, which the parser closes before it reports at the outer node
  for (let left = fault.prevSibling; left; left = left.lastChild) {
    if (expectedIn[left.name] && left.lastChild?.type.isError) construct = left;
  }
  return construct;
}

function following(fault: Node): Node | undefined {
  for (let node: Node | null = fault; node; node = node.parent) {
    if (node.nextSibling) return node.nextSibling;
  }
  return undefined;
}

function quote(text: string): string {
  return `'${text}'`;
}

function problem(
  expected: string,
  construct: string,
  found: string,
  offset: number,
  length: number,
): FeelSyntaxProblem {
  const place = construct.trim() === '' ? '' : ` in '${construct.trim().slice(0, 80)}'`;
  return { message: `Expected ${expected}${place}, but found ${found}`, offset, length };
}
