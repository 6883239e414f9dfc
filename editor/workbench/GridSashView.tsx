import { type PointerEvent, type RefObject, useState } from 'react';
import type { GridSash } from '../platform/editorGrid.ts';
import { placed } from './EditorArea.tsx';
import { usePlatform } from './platformContext.ts';

/** px a group needs to be of use. */
const least = { row: 200, column: 112 };

/** The line between groups: dragged by the pointer, doubled-clicked to make them even; commands do the same by keys. */
export function GridSashView({ sash, area }: { sash: GridSash; area: RefObject<HTMLDivElement | null> }) {
  const { editors } = usePlatform();
  const [dragging, setDragging] = useState(false);
  const isRow = sash.direction === 'row';
  const move = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    if (!dragging || !box) return;
    const size = isRow ? box.width * sash.area.width : box.height * sash.area.height;
    const start = isRow ? box.left + box.width * sash.area.left : box.top + box.height * sash.area.top;
    const to = ((isRow ? event.clientX : event.clientY) - start) / (size || 1);
    editors.moveSash(sash.path, sash.at, to, least[sash.direction] / (size || 1));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line one can move is a separator with a place, `hr` has none
    <div
      className={`gridsash sash ${isRow ? 'horizontal' : 'vertical'}${dragging ? ' is-dragging' : ''}`}
      style={placed(sash.line)}
      role="separator"
      aria-orientation={isRow ? 'vertical' : 'horizontal'}
      aria-label="Resize"
      aria-valuenow={Math.round((isRow ? sash.line.left : sash.line.top) * 100)}
      tabIndex={-1}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={move}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onDoubleClick={() => editors.evenGroups()}
    />
  );
}
