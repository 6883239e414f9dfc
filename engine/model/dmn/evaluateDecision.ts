import type { Feel, FeelExpression, FeelValue, FeelValueScope } from '@baton/engine/feel';
import { type EvaluatedDecisionValue, failed, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { Decision, DecisionGraph, DecisionLogic, KnowledgeModel } from './decisionGraph.ts';
import { evaluateTable, type TableTrace } from './decisionTable.ts';

/** One decision, or knowledge model, on the way to the result; its key and version are known to who asked. */
export type EvaluatedStep = Pick<
  EvaluatedDecisionValue,
  'decisionId' | 'decisionName' | 'decisionType' | 'decisionOutput' | 'evaluatedInputs' | 'matchedRules'
>;

export interface DecisionOutcome {
  /** JSON; null after a failure. */
  output: JsonValue;
  failure: { decisionId: string; message: string } | undefined;
  /** In the order of evaluation. */
  evaluated: EvaluatedStep[];
}

const typeNames: { readonly [K in DecisionLogic['kind']]: string } = {
  literalExpression: 'LITERAL_EXPRESSION',
  decisionTable: 'DECISION_TABLE',
  context: 'CONTEXT',
  list: 'LIST',
  relation: 'RELATION',
  invocation: 'INVOCATION',
};

/** What logic is evaluated with; a scope is looked into name by name. */
interface Evaluation {
  readonly feel: Feel;
  readonly now: number;
  readonly knowledge: ReadonlyMap<string, { parameters: readonly string[]; call: Call }>;
  /** Takes notes for the step under way. */
  readonly trace: TableTrace;
}

type Call = (values: readonly FeelValue[]) => Result<FeelValue, string>;

/** Thrown through the FEEL evaluation that calls a knowledge model which fails. */
class KnowledgeFailure extends Error {}

/** Evaluates the decision and what it requires, that first. */
export function evaluateDecision(
  graph: DecisionGraph,
  decisionId: string,
  variables: FeelValueScope,
  feel: Feel,
  now: number,
): DecisionOutcome {
  const evaluated: EvaluatedStep[] = [];

  /** As often as it is required, like the real broker. */
  function decide(decision: Decision): Result<FeelValue, { decisionId: string; message: string }> {
    const results = new Map<string, FeelValue>();
    for (const id of decision.requires) {
      const required = graph.decisions.get(id)!;
      const result = decide(required);
      if (!result.ok) return result;
      results.set(required.resultName, result.value);
    }
    const result = run(decision, decision.knowledge, within(variables, results));
    return result.ok ? result : failed({ decisionId: decision.id, message: result.failure });
  }

  function run(
    step: Pick<Decision | KnowledgeModel, 'id' | 'name' | 'logic'>,
    models: readonly KnowledgeModel[],
    scope: FeelValueScope,
  ): Result<FeelValue, string> {
    const trace: TableTrace = { inputs: [], rules: [] };
    const knowledge = new Map(
      models.map((model) => {
        const call: Call = (values) => {
          const given = new Map(model.parameters.map((name, index) => [name, values[index] ?? null]));
          return run(model, model.requires, within(scope, given));
        };
        return [model.name, { parameters: model.parameters, call }] as const;
      }),
    );
    const functions = new Map(
      [...knowledge].map(([name, { parameters, call }]) => [name, functionOf(parameters, call)] as const),
    );
    const evaluation: Evaluation = { feel, now, knowledge, trace };
    const result = evaluateLogic(step.logic, within(scope, functions), evaluation);
    evaluated.push({
      decisionId: step.id,
      decisionName: step.name,
      decisionType: typeNames[step.logic.kind],
      decisionOutput: JSON.stringify(result.ok ? feel.values.toJson(result.value) : null),
      evaluatedInputs: trace.inputs,
      matchedRules: trace.rules,
    });
    return result;
  }

  const functionOf = (parameters: readonly string[], call: Call) =>
    feel.values.function(parameters, (values) => {
      const result = call(values);
      if (!result.ok) throw new KnowledgeFailure(result.failure);
      return result.value;
    });

  const result = decide(graph.decisions.get(decisionId)!);
  if (result.ok) return { output: feel.values.toJson(result.value), failure: undefined, evaluated };
  const message = `Expected to evaluate decision '${decisionId}', but ${result.failure.message}`;
  return { output: null, failure: { ...result.failure, message }, evaluated };
}

/** A nearer scope hides names of the outer one. */
function within(outer: FeelValueScope, nearer: ReadonlyMap<string, FeelValue>): FeelValueScope {
  if (nearer.size === 0) return outer;
  return { get: (name) => (nearer.has(name) ? nearer.get(name) : outer.get(name)) };
}

function evaluateLogic(
  logic: DecisionLogic,
  scope: FeelValueScope,
  evaluation: Evaluation,
): Result<FeelValue, string> {
  const { feel, now, knowledge, trace } = evaluation;
  /** Parts leave no notes. */
  const part = (one: DecisionLogic, names = scope) =>
    evaluateLogic(one, names, { ...evaluation, trace: { inputs: [], rules: [] } });
  const expression = (one: FeelExpression, names = scope): Result<FeelValue, string> => {
    const result = feel.evaluateValue(one, names, now);
    return result.ok ? result : failed(result.failure.message);
  };
  switch (logic.kind) {
    case 'literalExpression':
      return expression(logic.expression);
    case 'decisionTable':
      return evaluateTable(logic, scope, { feel, now }, trace);
    case 'context': {
      const entries = evaluateEntries(logic.entries, scope, part);
      if (!entries.ok) return entries;
      if (logic.result) return part(logic.result, within(scope, entries.value));
      return ok(feel.values.context(entries.value));
    }
    case 'list': {
      const items: FeelValue[] = [];
      for (const item of logic.items) {
        const value = part(item);
        if (!value.ok) return value;
        items.push(value.value);
      }
      return ok(feel.values.list(items));
    }
    case 'relation': {
      const rows: FeelValue[] = [];
      for (const row of logic.rows) {
        const cells: (readonly [string, FeelValue])[] = [];
        for (const { name, logic: cell } of row) {
          const value = part(cell);
          if (!value.ok) return value;
          cells.push([name, value.value]);
        }
        rows.push(feel.values.context(cells));
      }
      return ok(feel.values.list(rows));
    }
    case 'invocation': {
      const given = new Map<string, FeelValue>();
      for (const { name, logic: bound } of logic.bindings) {
        const value = part(bound);
        if (!value.ok) return value;
        given.set(name, value.value);
      }
      const model = knowledge.get(logic.invoked);
      if (!model) return failed(`no BKM found with name '${logic.invoked}'`);
      const missing = model.parameters.find((name) => !given.has(name));
      if (missing !== undefined) return failed(`no parameter found with name '${missing}'`);
      return model.call(model.parameters.map((name) => given.get(name)));
    }
  }
}

/** Entries of a context see those before them. */
function evaluateEntries(
  entries: readonly { name: string; logic: DecisionLogic }[],
  scope: FeelValueScope,
  part: (logic: DecisionLogic, names: FeelValueScope) => Result<FeelValue, string>,
): Result<Map<string, FeelValue>, string> {
  const values = new Map<string, FeelValue>();
  for (const { name, logic } of entries) {
    const value = part(logic, within(scope, values));
    if (!value.ok) return value;
    values.set(name, value.value);
  }
  return ok(values);
}
