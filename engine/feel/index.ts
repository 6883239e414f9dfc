/** Door `@baton/engine/feel`. */
export { evaluateText, type TextFailure } from './evaluateText.ts';
export * from './expression.ts';
export { createFeel, type FeelOptions } from './feel.ts';
export type { NamedContext, NamedContexts } from './functions/namedContexts.ts';
