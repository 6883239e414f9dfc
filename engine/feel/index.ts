/** Door `@baton/engine/feel`. */
export * from './expression.ts';
export { createFeel, type FeelOptions } from './feel.ts';
export type { NamedContext, NamedContexts } from './functions/namedContexts.ts';
