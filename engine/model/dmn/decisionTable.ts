import type { Feel, FeelExpression, FeelValue, FeelValueScope } from '@baton/engine/feel';
import { failed, type JsonValue, type MatchedRuleValue, ok, type Result } from '@baton/engine/protocol';
import type { Aggregation, DecisionTable, HitPolicy, TableOutput } from './decisionGraph.ts';

/** What a table looked at and which rules fitted, for those who want to know how a decision came about. */
export interface TableTrace {
  inputs: { inputId: string; inputName: string; inputValue: string }[];
  rules: MatchedRuleValue[];
}

interface Clocked {
  readonly feel: Feel;
  readonly now: number;
}

/** The outputs of one rule that fits, by the names of the outputs. */
type Hit = readonly FeelValue[];

/** The result of a table: one value, or by name where it has several outputs. */
export function evaluateTable(
  table: DecisionTable,
  scope: FeelValueScope,
  clocked: Clocked,
  trace: TableTrace,
): Result<FeelValue, string> {
  const { feel, now } = clocked;
  const evaluate = (one: FeelExpression, names: FeelValueScope): Result<FeelValue, string> => {
    const result = feel.evaluateValue(one, names, now);
    return result.ok ? result : failed(result.failure.message);
  };
  const json = (value: FeelValue) => JSON.stringify(feel.values.toJson(value));

  const inputs: FeelValue[] = [];
  for (const { id, name, expression } of table.inputs) {
    const value = evaluate(expression, scope);
    if (!value.ok) return value;
    inputs.push(value.value);
    trace.inputs.push({ inputId: id, inputName: name, inputValue: json(value.value) });
  }

  const hits: Hit[] = [];
  for (const [index, rule] of table.rules.entries()) {
    const fits = fitsAll(rule.tests, inputs, scope, evaluate);
    if (!fits.ok) return fits;
    if (!fits.value) continue;
    const hit: FeelValue[] = [];
    for (const output of rule.outputs) {
      const value = evaluate(output, scope);
      if (!value.ok) return value;
      hit.push(value.value);
    }
    hits.push(hit);
    trace.rules.push({
      ruleId: rule.id,
      ruleIndex: index + 1,
      evaluatedOutputs: table.outputs.map(({ id, name, label }, at) => ({
        outputId: id,
        outputName: label || name,
        outputValue: json(hit[at] ?? null),
      })),
    });
    if (table.hitPolicy === 'FIRST') break;
  }
  if (hits.length === 0) return defaultOutput(table.outputs, scope, evaluate, clocked);
  return byPolicy[table.hitPolicy](hits, table, clocked);
}

type Evaluate = (expression: FeelExpression, names: FeelValueScope) => Result<FeelValue, string>;

function fitsAll(
  tests: readonly FeelExpression[],
  inputs: readonly FeelValue[],
  scope: FeelValueScope,
  evaluate: Evaluate,
): Result<boolean, string> {
  for (const [index, test] of tests.entries()) {
    const tested = inputs[index];
    const fits = evaluate(test, { get: (name) => (name === '?' ? tested : scope.get(name)) });
    if (!fits.ok) return fits;
    if (fits.value !== true) return ok(false);
  }
  return ok(true);
}

/** No rule fits: the outputs that have a default, or null. */
function defaultOutput(
  outputs: readonly TableOutput[],
  scope: FeelValueScope,
  evaluate: Evaluate,
  { feel }: Clocked,
): Result<FeelValue, string> {
  const withDefault = outputs.filter((output) => output.defaultOutput !== undefined);
  if (withDefault.length === 0) return ok(null);
  const values: FeelValue[] = [];
  for (const { defaultOutput } of withDefault) {
    const value = evaluate(defaultOutput!, scope);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(resultOf(values, withDefault, feel));
}

function resultOf(hit: Hit, outputs: readonly TableOutput[], { values }: Feel): FeelValue {
  if (outputs.length === 1) return hit[0] ?? null;
  return values.context(outputs.map(({ name }, index) => [name, hit[index] ?? null] as const));
}

type Policy = (hits: readonly Hit[], table: DecisionTable, clocked: Clocked) => Result<FeelValue, string>;

const all: Policy = (hits, { outputs }, { feel }) =>
  ok(feel.values.list(hits.map((hit) => resultOf(hit, outputs, feel))));
const first: Policy = (hits, { outputs }, { feel }) => ok(resultOf(hits[0]!, outputs, feel));
const inPriority =
  (policy: Policy): Policy =>
  (hits, table, clocked) =>
    policy(prioritized(hits, table.outputs, clocked), table, clocked);

const byPolicy: { readonly [P in HitPolicy]: Policy } = {
  UNIQUE(hits, table, clocked) {
    if (hits.length === 1) return first(hits, table, clocked);
    return failed(
      `multiple values aren't allowed for UNIQUE hit policy. found: '${foundText(hits, table, clocked)}'`,
    );
  },
  ANY(hits, table, clocked) {
    const texts = new Set(hits.map((hit) => JSON.stringify(hit.map(clocked.feel.values.toJson))));
    if (texts.size === 1) return first(hits, table, clocked);
    return failed(
      `different values aren't allowed for ANY hit policy. found: '${foundText(hits, table, clocked)}'`,
    );
  },
  FIRST: first,
  'RULE ORDER': all,
  PRIORITY: inPriority(first),
  'OUTPUT ORDER': inPriority(all),
  COLLECT(hits, table, clocked) {
    return table.aggregation ? aggregate(table.aggregation, hits, clocked) : all(hits, table, clocked);
  },
};

/** By the place of their outputs among the values that the outputs may have, the first output first. */
function prioritized(
  hits: readonly Hit[],
  outputs: readonly TableOutput[],
  { feel }: Clocked,
): readonly Hit[] {
  const rank = (hit: Hit) =>
    outputs.map(({ values }, index) => {
      const place = values.indexOf(JSON.stringify(feel.values.toJson(hit[index] ?? null)));
      return place < 0 ? values.length : place;
    });
  return hits
    .map((hit) => ({ hit, ranks: rank(hit) }))
    .sort((a, b) => a.ranks.map((one, at) => one - b.ranks[at]!).find((apart) => apart !== 0) ?? 0)
    .map(({ hit }) => hit);
}

const aggregators = { SUM: 'sum', MIN: 'min', MAX: 'max' } as const;

function aggregate(
  aggregation: Aggregation,
  hits: readonly Hit[],
  { feel, now }: Clocked,
): Result<FeelValue, string> {
  if (aggregation === 'COUNT') return ok(hits.length);
  const values = hits.map(([value]) => value ?? null);
  const other = values.find((value) => typeof feel.values.toJson(value) !== 'number');
  if (other !== undefined)
    return failed(`expected number but found '${valueText(feel.values.toJson(other))}'`);
  const parsed = feel.parse(`=${aggregators[aggregation]}(values)`);
  if (!parsed.ok || parsed.value.kind === 'static') return failed(`no aggregator ${aggregation}`);
  const scope = new Map([['values', feel.values.list(values)]]);
  const result = feel.evaluateValue(parsed.value, scope, now);
  return result.ok ? result : failed(result.failure.message);
}

/** The outputs of all rules that fit, as the real broker prints them. */
function foundText(hits: readonly Hit[], { outputs }: DecisionTable, clocked: Clocked): string {
  const maps = hits.map((hit) => {
    const entries = outputs.map(({ name }, index) => `${name} -> ${outputText(hit[index] ?? null, clocked)}`);
    return `Map(${entries.join(', ')})`;
  });
  return `List(${maps.join(', ')})`;
}

/** Dates and durations, which JSON has as texts, stand without quotes. */
function outputText(value: FeelValue, { feel, now }: Clocked): string {
  const json = feel.values.toJson(value);
  if (typeof json !== 'string') return valueText(json);
  const parsed = feel.parse('=value instance of string');
  if (!parsed.ok || parsed.value.kind === 'static') return valueText(json);
  const isText = feel.evaluateValue(parsed.value, new Map([['value', value]]), now);
  return isText.ok && isText.value === false ? json : valueText(json);
}

function valueText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, one]) => `${name}:${valueText(one)}`)
      .join(', ')}}`;
  return typeof value === 'string' ? `"${value}"` : String(value);
}
