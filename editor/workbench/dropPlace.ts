import type { Edge } from '../platform/editorGrid.ts';

/** Where a tab dropped on an editor goes: into the group, or into a new one at an edge. */
export type DropPlace = Edge | 'centre';

/** This part of the editor at each side is its edge. */
const edgeShare = 0.25;

export function dropPlace(
  box: { left: number; top: number; width: number; height: number },
  at: { clientX: number; clientY: number },
): DropPlace {
  const x = (at.clientX - box.left) / (box.width || 1);
  const y = (at.clientY - box.top) / (box.height || 1);
  const distances: readonly (readonly [Edge, number])[] = [
    ['left', x],
    ['right', 1 - x],
    ['up', y],
    ['down', 1 - y],
  ];
  const [edge, distance] = distances.reduce((near, other) => (other[1] < near[1] ? other : near));
  return distance < edgeShare ? edge : 'centre';
}
