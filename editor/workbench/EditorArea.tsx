import './EditorArea.css';
import { type CSSProperties, useRef } from 'react';
import { type Area, areasOf, sashesOf } from '../platform/editorGrid.ts';
import { EditorGroup } from './EditorGroup.tsx';
import { GridSashView } from './GridSashView.tsx';
import { usePlatform, useReadable } from './platformContext.ts';

/**
 * The groups of editors at their places in the grid. They are laid out beside each other in the document, not inside
 * rows and columns: whatever happens to the grid, no editor is mounted anew.
 */
export function EditorArea() {
  const { editors } = usePlatform();
  const { groups, grid, activeGroup } = useReadable(editors);
  const area = useRef<HTMLDivElement>(null);
  const areas = areasOf(grid);
  return (
    <div className="groups" ref={area}>
      {groups.map((group) => (
        <EditorGroup
          key={group.id}
          group={group}
          active={group.id === activeGroup}
          style={placed(areas.get(group.id)!)}
          edges={edgesOf(areas.get(group.id)!)}
        />
      ))}
      {sashesOf(grid).map((sash) => (
        <GridSashView key={`${sash.path.join('.')}/${sash.at}`} sash={sash} area={area} />
      ))}
    </div>
  );
}

const percent = (part: number) => `${part * 100}%`;

export function placed({ left, top, width, height }: Area): CSSProperties {
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
}

/** Lines between this group and those before it. */
function edgesOf({ left, top }: Area): string {
  return [left > 0 && 'has-left', top > 0 && 'has-top'].filter(Boolean).join(' ');
}
