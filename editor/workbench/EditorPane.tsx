import { memo, Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import type { OpenDocument, Tab } from '../platform/editors.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Shown } from '../ui/shown.ts';
import { DocumentGone } from './DocumentGone.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { InPlace } from './InPlace.tsx';
import { createPaneHost } from './paneHost.ts';
import { usePlatform, useReadable } from './platformContext.ts';

/** Where groups show documents, by their ids. */
export type Places = ReadonlyMap<number, HTMLElement>;

interface EditorPaneProps {
  tab: Tab;
  group: number;
  /** The tab is in front of the others of its group. */
  shown: boolean;
  places: Places;
}

/** The document of a tab, drawn in an element of its own that goes to the group which shows it. */
export const EditorPane = memo(function EditorPane({ tab, group, shown, places }: EditorPaneProps) {
  const { editors } = usePlatform();
  const [host] = useState(createPaneHost);
  const document = useReadable(editors, (state) => state.documents.get(tab.key));
  return (
    <>
      {/* Before what is in it: whatever measures itself as it is mounted finds itself in the page. */}
      {shown && <InPlace key={group} host={host} find={() => places.get(group)} />}
      {createPortal(
        <Shown value={shown}>
          <DocumentView tab={tab} document={document} />
        </Shown>,
        host.element,
      )}
    </>
  );
});

interface DocumentViewProps {
  tab: Tab;
  document: OpenDocument | undefined;
}

const DocumentView = memo(function DocumentView({ tab, document }: DocumentViewProps) {
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
          <Pane document={document.model} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
});
