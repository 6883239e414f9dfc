/** Door `@baton/engine/feel`. */
export * from './expression.ts';
