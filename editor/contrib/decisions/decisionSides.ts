import type { Sides } from '../../platform/sides.ts';

export const decisionSides: Sides = [
  { mode: 'decision', name: 'decision' },
  { mode: 'xml', name: 'XML' },
];
