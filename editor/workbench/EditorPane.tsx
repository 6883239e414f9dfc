import { memo, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { OpenDocument, Tab } from '../platform/editors.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Shown } from '../ui/shown.ts';
import { DocumentGone } from './DocumentGone.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { createPaneHost, type PaneHost } from './paneHost.ts';
import { usePlatform, useReadable } from './platformContext.ts';

/** Where groups show documents, by their ids. */
export type Places = ReadonlyMap<number, HTMLElement>;

interface EditorPaneProps {
  tab: Tab;
  group: number;
  /** The tab is in front of the others of its group. */
  shown: boolean;
  /** And its group has the focus of the frame. */
  active: boolean;
  places: Places;
}

/** The document of a tab, drawn in an element of its own that goes to the group which shows it. */
export const EditorPane = memo(function EditorPane({ tab, group, shown, active, places }: EditorPaneProps) {
  const { editors } = usePlatform();
  const [host] = useState(createPaneHost);
  const document = useReadable(editors, (state) => state.documents.get(tab.key));
  return (
    <>
      {/* Before what is in it: whatever measures itself as it is mounted finds itself in the page. */}
      {shown && <InPlace host={host} group={group} active={active} places={places} />}
      {createPortal(
        <Shown value={shown}>
          <DocumentView tab={tab} document={document} active={active} />
        </Shown>,
        host.element,
      )}
    </>
  );
});

/** While it is mounted, the host is in the page. */
function InPlace(props: { host: PaneHost; group: number; active: boolean; places: Places }) {
  const { host, group, places } = props;
  const latest = useRef(props);
  latest.current = props;
  useLayoutEffect(() => {
    const place = places.get(group);
    if (!place) return;
    host.show(place, latest.current.active);
    return () => host.hide();
  }, [host, group, places]);
  return null;
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
  const { EditorPane: Pane } = document.kind;
  return (
    <div className="documentview">
      {document.gone !== undefined && <DocumentGone model={document.model} at={document.gone} />}
      <ErrorBoundary what={document.kind.label}>
        <Suspense fallback={<Skeleton lines={6} />}>
          <Pane document={document.model} active={active} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
