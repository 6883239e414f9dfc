import type { Sides } from '../../platform/sides.ts';

export const taskSides: Sides = [
  { mode: 'cards', name: 'cards' },
  { mode: 'json', name: 'JSON' },
];
