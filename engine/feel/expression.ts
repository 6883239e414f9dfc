import type { JsonObject, JsonValue, Result } from '@baton/engine/protocol';

/** A FEEL expression parsed once at deployment, or a static value (text without a leading `=`). */
export type Expression = StaticExpression | FeelExpression;

export interface StaticExpression {
  readonly kind: 'static';
  /** As written in the model. */
  readonly text: string;
  readonly value: string;
}

export interface FeelExpression {
  readonly kind: 'feel';
  /** Without the leading `=`. */
  readonly text: string;
  /** Prepared form of the FEEL library; nobody but `feel/` looks inside. */
  readonly prepared: unknown;
}

export interface FeelSyntaxProblem {
  /** "Expected …, but …", naming the sub-expression. */
  message: string;
  /** 0-based, into the text without `=`. */
  offset: number;
  length: number;
}

export interface EvaluationWarning {
  /** `NO_VARIABLE_FOUND`, `NOT_COMPARABLE`, … as the real broker names them. */
  code: string;
  message: string;
}

/** The value as JSON (dates and durations became ISO strings); warnings say why something is null. */
export interface Evaluation {
  value: JsonValue;
  warnings: EvaluationWarning[];
}

export interface EvaluationFailure {
  message: string;
  /** What was warned of before it failed. */
  warnings?: EvaluationWarning[];
}

/** Names visible to an expression; asked only for the names that the expression uses. */
export interface EvaluationScope {
  get(name: string): JsonValue | undefined;
}

/** A value as FEEL has it: dates stay dates, functions can be called. Nobody but `feel/` looks inside. */
export type FeelValue = unknown;

/** Names visible to an expression, with values of FEEL; asked only for the names that the expression uses. */
export interface FeelValueScope {
  get(name: string): FeelValue | undefined;
}

/** How values of FEEL are put together and taken apart. */
export interface FeelValues {
  list(items: readonly FeelValue[]): FeelValue;
  context(entries: Iterable<readonly [name: string, value: FeelValue]>): FeelValue;
  /** To be called by its name in an expression. */
  function(parameters: readonly string[], body: (values: readonly FeelValue[]) => FeelValue): FeelValue;
  toJson(value: FeelValue): JsonValue;
}

/** What a `fromAi(…)` asks a model for; what it does not say is absent. */
export interface AiParameter {
  /** The reference that is its value: `toolCall.city`. */
  name: string;
  description?: string;
  type?: string;
  schema?: JsonObject;
  options?: JsonObject;
}

export interface Feel {
  /** `=…` becomes a parsed FEEL expression, anything else a static string. */
  parse(text: string): Result<Expression, FeelSyntaxProblem>;
  evaluate(
    expression: Expression,
    scope: EvaluationScope | JsonObject,
    now: number,
  ): Result<Evaluation, EvaluationFailure>;
  /** What a rule asks of the value that goes by the name `?`: `< 5`, `"a", "b"`, `not(…)`, `-`. True or not when evaluated. */
  parseUnaryTests(text: string): Result<FeelExpression, FeelSyntaxProblem>;
  /** As `evaluate`, between values of FEEL: what one expression gives goes unchanged into the next. */
  evaluateValue(
    expression: FeelExpression,
    scope: FeelValueScope,
    now: number,
  ): Result<FeelValue, EvaluationFailure>;
  /** What the calls of `fromAi` in an expression ask for, as they stand in it; the message says what is wrong with one. */
  aiParameters(expression: Expression): Result<AiParameter[], string>;
  /** Names of the variables that an expression reads. */
  references(expression: Expression): string[];
  readonly values: FeelValues;
}
