import type { Sides } from '../../platform/sides.ts';

export const toolSides: Sides = [
  { mode: 'source', name: 'source' },
  { mode: 'definition', name: 'definition' },
];
