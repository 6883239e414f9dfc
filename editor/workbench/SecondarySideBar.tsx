import { Suspense, useState } from 'react';
import { type DocumentModel, resourceKey } from '../platform/documents.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Shown } from '../ui/shown.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useActiveDocument, usePlatform, useReadable } from './platformContext.ts';

/**
 * What the active document's kind puts beside it. Behind one whose kind puts nothing there it stays mounted, hidden
 * with the side bar: coming back finds it as it was left.
 */
export function SecondarySideBar() {
  const { documentKinds } = usePlatform();
  const active = useActiveDocument();
  const secondaryOf = (document: DocumentModel) => documentKinds.get(document.resource.kind)?.secondary;
  const shown = active && secondaryOf(active) ? active : undefined;
  const document = useLastOpen(shown);
  const secondary = document && secondaryOf(document);
  return (
    <aside className="secondary" aria-label="Secondary side bar" data-part="secondary">
      {document && secondary && (
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
      )}
    </aside>
  );
}

/** This one, else the last one there was while it is still open. */
function useLastOpen(document: DocumentModel | undefined): DocumentModel | undefined {
  const { editors } = usePlatform();
  const [last, setLast] = useState(document);
  if (document && document !== last) setLast(document);
  const open = useReadable(editors, ({ documents }) => {
    const entry = last && documents.get(resourceKey(last.resource));
    return entry?.state === 'open' && entry.model === last;
  });
  return document ?? (open ? last : undefined);
}
