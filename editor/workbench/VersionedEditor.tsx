import './VersionedEditor.css';
import { type KeyboardEvent, lazy, type ReactNode, Suspense } from 'react';
import type { DraftedDocument } from '../platform/draftedDocument.ts';
import type { VersionedDocument } from '../platform/versionedDocument.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { SplitView } from '../ui/SplitView.tsx';
import { DocumentHead } from './DocumentHead.tsx';
import { useReadable } from './platformContext.ts';
import { TwoSides, type TwoSidesProps } from './TwoSides.tsx';

export interface VersionedEditorProps extends TwoSidesProps {
  document: VersionedDocument;
  icon: ReactNode;
  /** Behind name and version: what there is to say of the draft. */
  note?: ReactNode;
  /** Buttons before those of the draft. */
  actions?: ReactNode;
  /**
   * A third column beside the two sides; stays mounted while it is hidden. What is typed in it is taken back by itself
   * where `data-own-undo` is set.
   */
  beside?: VersionedBeside;
}

export interface VersionedBeside {
  id: string;
  visible: boolean;
  share: `${number}%`;
  /** The narrowest it may be, in px. */
  min: number;
  content: ReactNode;
}

const ConflictView = lazy(() =>
  import('./ConflictView.tsx').then((module) => ({ default: module.ConflictView })),
);

/** What is below the head: the editor, or both sides of a conflict until it is decided. */
export function UnlessConflict({ document, children }: { document: DraftedDocument; children: ReactNode }) {
  const { conflict } = useReadable(document.kept);
  return (
    <>
      <div className="versionedsides" hidden={conflict !== undefined}>
        {children}
      </div>
      {conflict && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <ConflictView document={document} conflict={conflict} />
        </Suspense>
      )}
    </>
  );
}

/** The editor of a versioned resource: a head with name, version and what becomes of the draft, and below it two sides. */
export function VersionedEditor({ icon, note, actions, beside, ...sides }: VersionedEditorProps) {
  const { document } = sides;
  // A text editor has an undo of its own; a document with one history has one for both sides.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!document.undo || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !again) return;
    if (event.target instanceof Element && event.target.closest('[data-own-undo]')) return;
    event.preventDefault();
    event.stopPropagation();
    if (again) document.redo?.();
    else document.undo();
  };
  return (
    <div className="versionededitor" onKeyDownCapture={onKeyDownCapture}>
      <DocumentHead document={document} icon={icon} note={note} actions={actions} />
      <UnlessConflict document={document}>
        {beside ? (
          <SplitView
            direction="horizontal"
            panes={[
              { id: 'sides', min: sides.min[0], content: <TwoSides {...sides} /> },
              { ...beside, size: beside.share },
            ]}
          />
        ) : (
          <TwoSides {...sides} />
        )}
      </UnlessConflict>
    </div>
  );
}
