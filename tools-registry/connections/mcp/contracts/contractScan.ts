import { checkSchema, type McpFinding, type McpToolContract } from '../../../contract/index.ts';
import { currentSchema } from './currentSchema.ts';
import { hiddenCharacters, readable, scanRules } from './scanRules.ts';

/** Findings of one kind that are told of one contract. */
const TOLD = 5;
/** Depth to which texts are read; what goes deeper is no schema that can be used (`checkSchema`). */
const DEEPEST = 120;

/** What in a contract reads like an instruction to a model, or hides from people, or cannot be used. */
export function scanContract(contract: McpToolContract): McpFinding[] {
  const found: McpFinding[] = [...ofName(contract.tool)];
  const told = new Map<string, number>();
  for (const { place, text } of textsOf(contract)) {
    const plain = readable(text);
    for (const rule of [hiddenCharacters, ...scanRules]) {
      const times = told.get(rule.code) ?? 0;
      if (times >= TOLD || !rule.finds(rule === hiddenCharacters ? text : plain)) continue;
      told.set(rule.code, times + 1);
      found.push({ code: rule.code, severity: rule.severity, place, message: rule.message });
    }
  }
  for (const part of ['input', 'output'] as const) {
    const problem = checkSchema(currentSchema(contract[part])).find(({ severity }) => severity === 'error');
    if (problem) {
      const message = `Expected a JSON Schema, but: ${problem.message}`;
      found.push({ code: 'SCHEMA_INVALID', severity: 'high', place: part, message });
    }
  }
  return found;
}

export const isSuspicious = (contract: McpToolContract): boolean =>
  scanContract(contract).some(({ severity }) => severity === 'high');

const usual = /^[A-Za-z0-9_.\-/]{1,128}$/;
/** Letters that look like Latin ones, beside Latin ones. */
const mixed =
  /^(?=.*\p{Script=Latin})(?=.*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Cherokee}\p{Script=Armenian}])/u;

function ofName(name: string): McpFinding[] {
  if (usual.test(name)) return [];
  if (mixed.test(name.slice(0, 256))) {
    const message = 'Expected a name in one script, but it mixes letters that look alike';
    return [{ code: 'NAME_MIXES_SCRIPTS', severity: 'high', place: 'tool', message }];
  }
  const message =
    'Expected a name of letters, digits, "_", "-", "." and "/", but it has others or is longer than 128';
  return [{ code: 'NAME_UNUSUAL', severity: 'low', place: 'tool', message }];
}

function* textsOf(contract: McpToolContract): Generator<{ place: string; text: string }> {
  yield { place: 'tool', text: contract.tool };
  if (contract.title !== undefined) yield { place: 'title', text: contract.title };
  yield { place: 'description', text: contract.description };
  for (const part of ['input', 'output', 'annotations'] as const) yield* textsIn(contract[part], part, 0);
}

/** All texts of a schema, names of properties among them: a model reads them all. */
function* textsIn(value: unknown, place: string, depth: number): Generator<{ place: string; text: string }> {
  if (typeof value === 'string') yield { place, text: value };
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const [name, member] of Object.entries(value)) {
    const inner = `${place}/${name}`;
    if (!Array.isArray(value) && name.length > 2) yield { place: inner, text: name };
    yield* textsIn(member, inner, depth + 1);
  }
}
