import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import { callsOf, constantValue } from './constants.ts';
import type { AiParameter } from './expression.ts';
import { toJson } from './json.ts';
import type { CallNode, Node } from './syntax/expressionTree.ts';

const names = ['value', 'description', 'type', 'schema', 'options'] as const;
type Argument = (typeof names)[number];

/** What the calls of `fromAi` in an expression say of their values; the message says which argument is not as it must be. */
export function aiParametersOf(tree: Node): Result<AiParameter[], string> {
  const parameters: AiParameter[] = [];
  for (const call of callsOf('fromAi', tree)) {
    const read = parameterOf(call);
    if (!read.ok) return read;
    parameters.push(read.value);
  }
  return ok(parameters);
}

function parameterOf(call: CallNode): Result<AiParameter, string> {
  const given = (name: Argument): Node | undefined =>
    call.arguments.by === 'name'
      ? call.arguments.values.get(name)
      : call.arguments.values[names.indexOf(name)];
  const value = given('value');
  if (value?.kind !== 'variable')
    return failed(
      `Expected fromAi() parameter 'value' to be a reference (e.g. 'toolCall.customParameter'), but received ${received(value, 'string ')}.`,
    );
  const parameter: AiParameter = { name: [value.name, ...value.path].join('.') };
  for (const name of ['description', 'type'] as const) {
    const node = given(name);
    if (!node) continue;
    if (node.kind !== 'literal' || typeof node.value !== 'string')
      return failed(
        `Expected fromAi() parameter '${name}' to be a string, but received '${received(node)}'.`,
      );
    parameter[name] = node.value;
  }
  for (const name of ['schema', 'options'] as const) {
    const node = given(name);
    if (!node) continue;
    if (node.kind !== 'context')
      return failed(
        `Expected fromAi() parameter '${name}' to be a context (map), but received '${received(node)}'.`,
      );
    const constant = constantValue(node);
    if (!constant.ok)
      return failed(
        `Unsupported expression value in fromAi() function invocation: ${kindName(constant.failure)}`,
      );
    parameter[name] = toJson(constant.value) as JsonObject;
  }
  return ok(parameter);
}

/** What stands there instead, as the real engine's words have it as far as it is a constant. */
function received(node: Node | undefined, beforeText = ''): string {
  if (node?.kind !== 'literal' || node.value === null) return node ? kindName(node) : 'null';
  return typeof node.value === 'string' && beforeText ? `${beforeText}'${node.value}'` : `${node.value}`;
}

const kindNames: { readonly [kind in Node['kind']]?: string } = {
  variable: 'Ref',
  call: 'FunctionInvocation',
  negation: 'ArithmeticNegation',
  path: 'PathExpression',
  filter: 'Filter',
  list: 'ConstList',
  context: 'ConstContext',
  if: 'If',
  function: 'FunctionDefinition',
};
const operations = {
  '+': 'Addition',
  '-': 'Subtraction',
  '*': 'Multiplication',
  '/': 'Division',
  '**': 'Exponentiation',
};

function kindName(node: Node): string {
  if (node.kind === 'literal') return node.value === null ? 'ConstNull' : `${node.value}`;
  if (node.kind === 'arithmetic') return operations[node.rest.at(-1)!.operator];
  return kindNames[node.kind] ?? node.kind;
}
