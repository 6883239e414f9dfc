import type { Sides } from '../../platform/sides.ts';

export const workflowSides: Sides = [
  { mode: 'canvas', name: 'canvas' },
  { mode: 'xml', name: 'XML' },
];
