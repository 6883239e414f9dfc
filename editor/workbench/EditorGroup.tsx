import { type CSSProperties, type DragEvent, Suspense, useState } from 'react';
import type { Group, OpenDocument, Tab } from '../platform/editors.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { DocumentGone } from './DocumentGone.tsx';
import { type DropPlace, dropPlace } from './dropPlace.ts';
import { EditorActions } from './EditorActions.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NoEditor } from './NoEditor.tsx';
import { usePlatform, useReadable } from './platformContext.ts';
import { TabBar } from './TabBar.tsx';
import { dropDocument, isDocumentDrag, wouldMove } from './tabDrag.ts';

interface EditorGroupProps {
  group: Group;
  active: boolean;
  style: CSSProperties;
  edges: string;
}

/** Tabs and the document shown; documents dropped at an edge split the group there. */
export function EditorGroup({ group, active, style, edges }: EditorGroupProps) {
  const { editors } = usePlatform();
  const [place, setPlace] = useState<DropPlace>();
  const tab = group.tabs.find((other) => other.key === group.active);
  const document = useReadable(editors, (state) => (tab ? state.documents.get(tab.key) : undefined));

  const over = (event: DragEvent<HTMLElement>) => {
    if (!isDocumentDrag(event) || takenInside(event)) return setPlace(undefined);
    const at =
      group.tabs.length === 0 ? 'centre' : dropPlace(event.currentTarget.getBoundingClientRect(), event);
    event.preventDefault();
    event.stopPropagation();
    setPlace(wouldMove(editors, event, group.id, at) ? at : undefined);
  };
  const drop = (event: DragEvent<HTMLElement>) => {
    if (!isDocumentDrag(event) || takenInside(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (place) dropDocument(editors, event, group.id, place);
    setPlace(undefined);
  };
  return (
    <section
      className={`group-view ${edges}`}
      style={style}
      aria-label="Editor"
      data-group={group.id}
      onFocusCapture={() => editors.focusGroup(group.id)}
      onPointerDownCapture={() => editors.focusGroup(group.id)}
    >
      {group.tabs.length > 0 && (
        <div className="tabbar">
          <TabBar group={group} active={active} />
          <EditorActions group={group} document={document} active={active} />
        </div>
      )}
      {tab && <Breadcrumbs tab={tab} document={document} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: tabs move by keys as well: commands move and split */}
      <div
        className="editor"
        data-part="editor"
        data-active-part={active}
        tabIndex={-1}
        onDragOverCapture={over}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setPlace(undefined);
        }}
        onDropCapture={drop}
      >
        {tab ? <DocumentView key={tab.key} tab={tab} document={document} active={active} /> : <NoEditor />}
        {place && <div className={`dropplace ${place}`} />}
      </div>
    </section>
  );
}

/** The document itself takes what is dropped on it: a canvas makes an element of it. */
function takenInside(event: DragEvent): boolean {
  const { target, dataTransfer } = event;
  const isTab = dataTransfer.types.includes('application/x-baton-tab');
  return !isTab && target instanceof Element && target.closest('[data-takes-documents]') !== null;
}

interface DocumentViewProps {
  tab: Tab;
  document: OpenDocument | undefined;
  active: boolean;
}

function DocumentView({ tab, document, active }: DocumentViewProps) {
  const { editors } = usePlatform();
  if (!document || document.state === 'opening') return <Skeleton lines={6} />;
  if (document.state === 'failed') {
    const { failure } = document;
    return (
      <EmptyState
        icon="codicon:error"
        title={failure.message}
        action={
          <span className="failedactions">
            <Button onClick={() => editors.retry(tab.key)}>Try again</Button>
            <Button onClick={() => editors.discard(tab.resource)}>Close</Button>
          </span>
        }
      >
        {failure.requestId && <code>{failure.requestId}</code>}
      </EmptyState>
    );
  }
  const { EditorPane } = document.kind;
  return (
    <div className="documentview">
      {document.gone !== undefined && <DocumentGone model={document.model} at={document.gone} />}
      <ErrorBoundary what={document.kind.label}>
        <Suspense fallback={<Skeleton lines={6} />}>
          <EditorPane document={document.model} active={active} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
