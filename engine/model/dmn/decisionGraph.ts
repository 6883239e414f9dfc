import type { FeelExpression } from '@baton/engine/feel';

/** A decision requirements graph ready to evaluate: what the reader makes of one `.dmn` file. */
export interface DecisionGraph {
  id: string;
  name: string;
  namespace: string;
  /** By id, in the order in which the real broker deploys them. */
  decisions: ReadonlyMap<string, Decision>;
}

export interface Decision {
  id: string;
  name: string;
  versionTag: string;
  /** The name under which other decisions see its result. */
  resultName: string;
  /** Ids of the decisions it needs, as in the file. */
  requires: readonly string[];
  knowledge: readonly KnowledgeModel[];
  logic: DecisionLogic;
}

/** A function that decisions call. */
export interface KnowledgeModel {
  id: string;
  name: string;
  parameters: readonly string[];
  requires: readonly KnowledgeModel[];
  logic: DecisionLogic;
}

export type DecisionLogic =
  | { kind: 'literalExpression'; expression: FeelExpression }
  | DecisionTable
  | { kind: 'context'; entries: readonly { name: string; logic: DecisionLogic }[]; result?: DecisionLogic }
  | { kind: 'list'; items: readonly DecisionLogic[] }
  | { kind: 'relation'; rows: readonly (readonly { name: string; logic: DecisionLogic }[])[] }
  | {
      kind: 'invocation';
      /** Name of the knowledge model. */
      invoked: string;
      bindings: readonly { name: string; logic: DecisionLogic }[];
    };

export interface DecisionTable {
  kind: 'decisionTable';
  hitPolicy: HitPolicy;
  aggregation: Aggregation | undefined;
  inputs: readonly TableInput[];
  outputs: readonly TableOutput[];
  rules: readonly TableRule[];
}

export const hitPolicies = [
  'UNIQUE',
  'FIRST',
  'PRIORITY',
  'ANY',
  'COLLECT',
  'RULE ORDER',
  'OUTPUT ORDER',
] as const;
export type HitPolicy = (typeof hitPolicies)[number];

export const aggregations = ['SUM', 'COUNT', 'MIN', 'MAX'] as const;
export type Aggregation = (typeof aggregations)[number];

export interface TableInput {
  id: string;
  /** Its label, or its expression. */
  name: string;
  expression: FeelExpression;
}

export interface TableOutput {
  id: string;
  name: string;
  label: string;
  /** The values it may have, the first goes before the others. */
  values: readonly string[];
  defaultOutput: FeelExpression | undefined;
}

export interface TableRule {
  id: string;
  /** Tests of the inputs, in their order. */
  tests: readonly FeelExpression[];
  outputs: readonly FeelExpression[];
}
