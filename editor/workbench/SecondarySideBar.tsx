import { Suspense } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useActiveDocument, usePlatform } from './platformContext.ts';

/** What the active document's kind puts beside it. */
export function SecondarySideBar() {
  const { documentKinds } = usePlatform();
  const document = useActiveDocument();
  const secondary = document && documentKinds.get(document.resource.kind)?.secondary;
  return (
    <aside className="secondary" aria-label="Secondary side bar" data-part="secondary">
      {document && secondary ? (
        <>
          <div className="viewtitle">
            <span className="ellipsis">{secondary.title}</span>
            {secondary.Actions && (
              <ErrorBoundary what={secondary.title} inline>
                <secondary.Actions document={document} />
              </ErrorBoundary>
            )}
          </div>
          <div className="body" key={`${document.resource.kind}:${document.resource.id}`}>
            <ErrorBoundary what={secondary.title}>
              <Suspense fallback={<Skeleton lines={6} />}>
                <secondary.View document={document} />
              </Suspense>
            </ErrorBoundary>
          </div>
        </>
      ) : (
        <EmptyState icon="codicon:settings" title="Nothing to edit here">
          Open a workflow to see the properties of what you select.
        </EmptyState>
      )}
    </aside>
  );
}
