import type { Sides } from '../../platform/sides.ts';

export const agentSides: Sides = [
  { mode: 'form', name: 'form' },
  { mode: 'yaml', name: 'YAML' },
];
