import type { Rule } from './rule.ts';

/** Every rule, each in its file. */
export const rules: readonly Rule[] = [];
