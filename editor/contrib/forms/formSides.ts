import type { Sides } from '../../platform/sides.ts';

export const formSides: Sides = [
  { mode: 'form', name: 'form' },
  { mode: 'json', name: 'JSON' },
];
