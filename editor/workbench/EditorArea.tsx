import './EditorArea.css';
import { type CSSProperties, useRef, useState } from 'react';
import { type Area, areasOf, sashesOf } from '../platform/editorGrid.ts';
import { tabOf } from '../platform/tabs.ts';
import { EditorGroup } from './EditorGroup.tsx';
import { EditorPane } from './EditorPane.tsx';
import { GridSashView } from './GridSashView.tsx';
import { groupAround } from './groupAround.ts';
import { type Pane, panesOf } from './panes.ts';
import { usePlatform, useReadable } from './platformContext.ts';
import { useDocumentDrop } from './useDocumentDrop.ts';

/**
 * The groups of editors at their places in the grid, and the panes they show. Groups are laid out beside each other in
 * the document, not inside rows and columns, and panes stand beside groups: whatever happens to the grid or to a tab,
 * no editor is mounted anew. What happens in a pane is heard here, since for React it is not inside its group.
 */
export function EditorArea() {
  const { editors, documentKinds } = usePlatform();
  const state = useReadable(editors);
  const { groups, grid, activeGroup } = state;
  const area = useRef<HTMLDivElement>(null);
  const [places] = useState(() => new Map<number, HTMLElement>());
  const [panes, setPanes] = useState<readonly Pane[]>([]);
  // Pages show what is when they are opened; documents tell of changes themselves.
  const next = panesOf(
    panes,
    state,
    ({ resource }) => documentKinds.get(resource.kind)?.folder !== undefined,
  );
  if (next !== panes) setPanes(next);
  const { drop, ...dragging } = useDocumentDrop();
  const areas = areasOf(grid);
  const enter = ({ target }: { target: EventTarget }) => {
    const group = groupAround(target);
    if (group !== undefined) editors.focusGroup(group);
  };
  return (
    <div className="groups" ref={area} onFocusCapture={enter} onPointerDownCapture={enter} {...dragging}>
      {groups.map((group) => (
        <EditorGroup
          key={group.id}
          group={group}
          active={group.id === activeGroup}
          style={placed(areas.get(group.id)!)}
          edges={edgesOf(areas.get(group.id)!)}
          drop={drop?.group === group.id ? drop.place : undefined}
          places={places}
        />
      ))}
      {next.map(({ id, group: groupId, key }) => {
        const group = groups.find((other) => other.id === groupId)!;
        return (
          <EditorPane
            key={id}
            tab={tabOf(group, key)!}
            group={groupId}
            shown={group.active === key}
            places={places}
          />
        );
      })}
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
