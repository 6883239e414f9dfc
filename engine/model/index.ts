/** Door `@baton/engine/model`. */
export type { DecisionGraph } from './dmn/decisionGraph.ts';
export { decisionProblems } from './dmn/decisionProblems.ts';
export { type DecisionOutcome, evaluateDecision } from './dmn/evaluateDecision.ts';
export { readDecisionGraph } from './dmn/readDecisionGraph.ts';
export { type TriedDecision, tryDecision } from './dmn/tryDecision.ts';
export { elementAt } from './elementAt.ts';
export * from './executable.ts';
export { modelProblems, transform } from './model.ts';
export { createProcessCache, type ProcessCache } from './processCache.ts';
export { rejectionText } from './rejectionText.ts';
