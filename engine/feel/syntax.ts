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
      else if (name === 'NumericLiteral') {
        const exponent = text.slice(from, to).search(/e/i);
        if (exponent > 0) fault = misplaced(text, from, from + exponent, to);
      } else if (name === 'SimplePositiveUnaryTest' && reference.node.prevSibling?.name === 'CompareOp') {
        // the grammar takes "a == 1" for a comparison with the test "= 1"
        const comparison = reference.node.parent!;
        const operator = reference.node.firstChild!;
        fault = problem(
          expectedIn.Comparison!,
          text.slice(comparison.from, comparison.to),
          quote(text.slice(operator.from, operator.to)),
          operator.from,
          operator.to - operator.from,
        );
      } else if ((name === 'VariableName' || name === 'PathName') && !calledByName(reference.node)) {
        // names with spaces stand in backticks; elsewhere two names in a row miss an operator
        const words = /^(\S+\s+)\S/.exec(text.slice(from, to));
        if (words && text[from] !== '`') fault = misplaced(text, from, from + words[1]!.length, to);
      }
      return !fault;
    },
  });
  return fault;
}

/** Functions have names of several words. */
function calledByName(name: Node): boolean {
  return name.parent?.name === 'FunctionInvocation';
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
  const follows = construct.name === 'Expression' && fault.prevSibling !== null;
  const expected = expectedIn[construct.name] ?? (follows ? 'an operator or the end' : 'an expression');
  // arguments and entries are told with what they belong to
  const whole = /Parameters$|^ContextEntry$/.test(construct.name) ? construct.parent! : construct;
  let { from, to } = fault;
  if (from === to) {
    const next = following(fault);
    if (!next) return problem(expected, text.slice(whole.from), 'the end of the text', to, 0);
    ({ from, to } = next);
  }
  const found = text.slice(from, to).slice(0, 40);
  return problem(expected, text.slice(whole.from, Math.max(whole.to, to)), quote(found), from, to - from);
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
    // the parser marks what it misses with empty nodes
    if (node.nextSibling && node.nextSibling.from < node.nextSibling.to) return node.nextSibling;
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
  const shown = construct.replace(/\s+/g, ' ').trim().slice(0, 80);
  const place = shown === '' ? '' : ` in '${shown}'`;
  return { message: `Expected ${expected}${place}, but found ${found}`, offset, length };
}
