import type { Sides } from '../../platform/sides.ts';

export const noteSides: Sides = [
  { mode: 'preview', name: 'preview' },
  { mode: 'text', name: 'Markdown' },
];
