import type { Feel } from '@baton/engine/feel';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { evaluateDecision } from './evaluateDecision.ts';
import { readDecisionGraph } from './readDecisionGraph.ts';

/** How one decision, or knowledge model, on the way came to its value. */
export interface TriedStep {
  decisionId: string;
  decisionName: string;
  output: JsonValue;
  inputs: { id: string; name: string; value: JsonValue }[];
  /** Rules that hit, with what they give. */
  rules: { id: string /** 1-based. */; index: number; outputs: { name: string; value: JsonValue }[] }[];
}

/** What a decision says to some variables, and how it came to that; `failure` where it came to none. */
export interface TriedDecision {
  output: JsonValue;
  failure?: { decisionId: string; message: string };
  steps: TriedStep[];
}

/** Evaluates a decision of a file as it stands, for whoever tries it out: nothing is deployed. */
export function tryDecision(
  feel: Feel,
  xml: string,
  decisionId: string,
  variables: JsonObject,
  now: number,
): Result<TriedDecision, { message: string }> {
  const graph = readDecisionGraph(xml, feel);
  if (!graph.ok) return failed({ message: graph.failure });
  if (!graph.value.decisions.has(decisionId))
    return failed({ message: `Expected a decision with the id '${decisionId}', but the file has none` });
  const given = new Map(Object.entries(variables));
  const { output, failure, evaluated } = evaluateDecision(graph.value, decisionId, given, feel, now);
  return ok({
    output,
    ...(failure && { failure }),
    steps: evaluated.map((step) => ({
      decisionId: step.decisionId,
      decisionName: step.decisionName,
      output: read(step.decisionOutput),
      inputs: step.evaluatedInputs.map(({ inputId, inputName, inputValue }) => ({
        id: inputId,
        name: inputName,
        value: read(inputValue),
      })),
      rules: step.matchedRules.map(({ ruleId, ruleIndex, evaluatedOutputs }) => ({
        id: ruleId,
        index: ruleIndex,
        outputs: evaluatedOutputs.map(({ outputName, outputValue }) => ({
          name: outputName,
          value: read(outputValue),
        })),
      })),
    })),
  });
}

const read = (json: string) => JSON.parse(json) as JsonValue;
