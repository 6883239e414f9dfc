import { Suspense, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type DocumentModel, resourceKey } from '../platform/documents.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Shown } from '../ui/shown.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { InPlace } from './InPlace.tsx';
import { createPaneHost } from './paneHost.ts';
import { useActiveDocument, usePlatform, useReadable } from './platformContext.ts';

/**
 * What the active document's kind puts beside it. Behind one whose kind puts nothing there it stays mounted, out of the
 * page as editors behind other tabs are: coming back finds it as it was left.
 */
export function SecondarySideBar() {
  const { documentKinds } = usePlatform();
  const [host] = useState(createPaneHost);
  const aside = useRef<HTMLElement>(null);
  const secondaryOf = (model: DocumentModel) => documentKinds.get(model.resource.kind)?.secondary;
  const active = useActiveDocument();
  const shown = active && secondaryOf(active) ? active : undefined;
  const document = useLastOpen(shown);
  const secondary = document && secondaryOf(document);
  return (
    <>
      <aside ref={aside} className="secondary" aria-label="Secondary side bar" data-part="secondary" />
      {shown && <InPlace host={host} find={() => aside.current} />}
      {createPortal(
        document && secondary && (
          <Shown value={shown !== undefined}>
            <div className="viewtitle">
              <span className="ellipsis">{secondary.title}</span>
              {secondary.Actions && (
                <ErrorBoundary what={secondary.title} inline>
                  <secondary.Actions document={document} />
                </ErrorBoundary>
              )}
            </div>
            <div className="body" key={resourceKey(document.resource)}>
              <ErrorBoundary what={secondary.title}>
                <Suspense fallback={<Skeleton lines={6} />}>
                  <secondary.View document={document} />
                </Suspense>
              </ErrorBoundary>
            </div>
          </Shown>
        ),
        host.element,
      )}
    </>
  );
}

/** This one, else the last one there was while it is still open. */
function useLastOpen(document: DocumentModel | undefined): DocumentModel | undefined {
  const { editors } = usePlatform();
  const [last, setLast] = useState(document);
  const isOpen = useReadable(editors, ({ documents }) => {
    const entry = last && documents.get(resourceKey(last.resource));
    return entry?.state === 'open' && entry.model === last;
  });
  const kept = document ?? (isOpen ? last : undefined);
  if (kept !== last) setLast(kept);
  return kept;
}
