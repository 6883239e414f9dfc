import { type CSSProperties, useCallback } from 'react';
import type { Group } from '../platform/editors.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import type { DropPlace } from './dropPlace.ts';
import { EditorActions } from './EditorActions.tsx';
import { NoEditor } from './NoEditor.tsx';
import { usePlatform, useReadable } from './platformContext.ts';
import { TabBar } from './TabBar.tsx';

interface EditorGroupProps {
  group: Group;
  active: boolean;
  style: CSSProperties;
  edges: string;
  /** Where in the group something dragged over it would go. */
  drop: DropPlace | undefined;
  /** Where groups show documents, by their ids: each enters its own. */
  places: Map<number, HTMLElement>;
}

/** Tabs, and the place in which the pane of the front one is shown. */
export function EditorGroup({ group, active, style, edges, drop, places }: EditorGroupProps) {
  const { editors } = usePlatform();
  const { id } = group;
  const tab = group.tabs.find((other) => other.key === group.active);
  const document = useReadable(editors, (state) => (tab ? state.documents.get(tab.key) : undefined));
  const enter = useCallback(
    (place: HTMLElement | null) => {
      if (place) places.set(id, place);
      else places.delete(id);
    },
    [places, id],
  );
  return (
    <section className={`group-view ${edges}`} style={style} aria-label="Editor" data-group={id}>
      {group.tabs.length > 0 && (
        <div className="tabbar">
          <TabBar group={group} active={active} />
          <EditorActions group={group} document={document} active={active} />
        </div>
      )}
      {tab && <Breadcrumbs tab={tab} document={document} />}
      <div className="editorplace" data-part="editor" data-active-part={active} tabIndex={-1}>
        <div className="paneplace" ref={enter} />
        {!tab && <NoEditor />}
        {drop && <div className={`dropplace ${drop}`} />}
      </div>
    </section>
  );
}
