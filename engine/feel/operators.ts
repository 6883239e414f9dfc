import { evaluate, FeelFunction } from 'feelin';
import { divide, exactly } from './decimal.ts';
import type { EvaluationWarning } from './expression.ts';
import { describeValue, typeName } from './types.ts';

export type Warn = (code: EvaluationWarning['code'], message: string) => void;
type Operator = (left: unknown, right: unknown) => unknown;

/** The name under which an operator is called in a prepared expression; no model can write these. */
export const operatorNames: { readonly [operator: string]: string } = {
  '+': 'op__add',
  '-': 'op__subtract',
  '*': 'op__multiply',
  '/': 'op__divide',
  '=': 'op__equal',
  '!=': 'op__unequal',
  '<': 'op__less',
  '<=': 'op__lessOrEqual',
  '>': 'op__greater',
  '>=': 'op__greaterOrEqual',
};

const ordered: { readonly [operator: string]: (left: number | string, right: number | string) => boolean } = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const verbs: { readonly [operator: string]: string } = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
};

/** The library's own operator, for what is not a number or a string (dates, durations, lists). */
function ofLibrary(operator: string): Operator {
  const made = evaluate(`function(left, right) left ${operator} right`).value as FeelFunction;
  return (left, right) => made.fn(left, right);
}

/**
 * Operators as Zeebe computes them: decimal numbers, null for values that cannot be compared,
 * with the warning that says so.
 */
export function createOperators(warn: Warn): { [name: string]: FeelFunction } {
  const made: { [name: string]: FeelFunction } = {};
  for (const [operator, name] of Object.entries(operatorNames)) {
    const library = ofLibrary(operator);
    made[name] = new FeelFunction(implement(operator, library, warn), ['left', 'right']);
  }
  return made;
}

function implement(operator: string, library: Operator, warn: Warn): Operator {
  if (operator === '=' || operator === '!=') return equality(operator === '=', library, warn);
  const compare = ordered[operator];
  return compare ? order(compare, library, warn) : arithmetic(operator, library, warn);
}

function notComparable(left: unknown, right: unknown, warn: Warn): null {
  warn('NOT_COMPARABLE', `Can't compare '${describeValue(left)}' with '${describeValue(right)}'`);
  return null;
}

function equality(wanted: boolean, library: Operator, warn: Warn): Operator {
  return (left, right) => {
    if (left == null || right == null) return (left == null && right == null) === wanted;
    if (typeof left !== 'object' && typeof left === typeof right) return (left === right) === wanted;
    if (typeName(left) !== typeName(right)) return notComparable(left, right, warn);
    return library(left, right);
  };
}

function order(
  compare: (left: number | string, right: number | string) => boolean,
  library: Operator,
  warn: Warn,
): Operator {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return compare(left, right);
    if (typeof left === 'string' && typeof right === 'string') return compare(left, right);
    const type = typeName(left);
    if (type !== typeName(right) || type === 'null' || type === 'boolean')
      return notComparable(left, right, warn);
    return library(left, right);
  };
}

function arithmetic(operator: string, library: Operator, warn: Warn): Operator {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      return operator === '/' ? divide(left, right) : exactly(operator as '+' | '-' | '*', left, right);
    }
    if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
    if (left == null || right == null || (typeof left !== 'object' && typeof right !== 'object')) {
      warn('INVALID_TYPE', `Can't ${verbs[operator]} '${describeValue(right)}' to '${describeValue(left)}'`);
      return null;
    }
    return library(left, right) ?? null;
  };
}
