import { areEqual, type Code, type Compiler, compileComparison, INPUT, INPUT_SYMBOL } from './compile.ts';
import { type Frame, variableIn, within } from './evaluation.ts';
import type { Node } from './syntax/expressionTree.ts';
import { equals, isComparable, order } from './values/comparison.ts';
import { Failure, InputMissing } from './values/failure.ts';
import { describe, kindOf } from './values/kinds.ts';
import type { Value } from './values/value.ts';

type TestNode = Node & { kind: 'input compares' | 'input in range' | 'test' | 'not' };

/** What is asked of a value: of the input of a rule, or of what stands before `in`. */
export function compileTest(node: TestNode, compiler: Compiler): Code {
  switch (node.kind) {
    case 'input compares':
      return compileComparison(node.operator, input, compiler.compile(node.with));
    case 'input in range': {
      const { start, startIncluded, end, endIncluded } = node.range;
      return compileRangeTest(
        { code: compiler.compile(start), included: startIncluded },
        { code: compiler.compile(end), included: endIncluded },
      );
    }
    case 'not': {
      const code = compiler.compile(node.of);
      return (frame) => {
        const answer = code(frame);
        return typeof answer === 'boolean' ? !answer : null;
      };
    }
    case 'test':
      return compileExpressionTest(compiler.compile(node.of));
  }
}

function input(frame: Frame): Value {
  const value = variableIn(frame, INPUT);
  if (value !== undefined) return value;
  frame.evaluation.warn('NO_VARIABLE_FOUND', 'No input value found.');
  return null;
}

interface End {
  code: Code;
  included: boolean;
}

function compileRangeTest(start: End, end: End): Code {
  return (frame) => {
    const [from, to] = [start.code(frame), end.code(frame)];
    const value = input(frame);
    const comparable = [value, from, to].every((one) => isComparable(one) && kindOf(one) === kindOf(value));
    if (!comparable) {
      const seen = input(frame);
      frame.evaluation.warn(
        'NOT_COMPARABLE',
        `Can't compare '${describe(seen)}' with '${describe(from)}' and '${describe(to)}'`,
      );
      return null;
    }
    const [low, high] = [order(value, from), order(value, to)];
    return (low > 0 || (low === 0 && start.included)) && (high < 0 || (high === 0 && end.included));
  };
}

/** An expression holds when it is true, is the value, or is a list with the value in it. With `?` it holds when it is true. */
function compileExpressionTest(code: Code): Code {
  return (frame) => {
    const value = input(frame);
    let answer: Value;
    try {
      answer = code(frame);
    } catch (thrown) {
      if (!(thrown instanceof InputMissing)) throw thrown;
      answer = code(within(frame, { [INPUT_SYMBOL]: value }, false));
      return typeof answer === 'boolean' ? answer : null;
    }
    if (answer === true) return true;
    if (Array.isArray(answer) && answer.some((item) => equals(item, value) === true)) return true;
    const equal = answer instanceof Failure ? answer : areEqual(value, answer, frame.evaluation);
    if (equal === true) return true;
    if (answer === false || Array.isArray(answer)) return false;
    return equal === null ? null : false;
  };
}
