import './VersionedEditor.css';
import type { KeyboardEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { TextDocument } from '../platform/textDocument.ts';
import type { VersionedDocument } from '../platform/versionedDocument.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SplitView } from '../ui/SplitView.tsx';
import { useReadable } from './platformContext.ts';
import { TwoSides, type TwoSidesProps } from './TwoSides.tsx';

export interface VersionedEditorProps extends TwoSidesProps {
  document: VersionedDocument;
  icon: ReactNode;
  /** Behind name and version: what there is to say of the draft. */
  note?: ReactNode;
  /** Buttons before Save. */
  actions?: ReactNode;
  /** A third column beside the two sides; stays mounted while it is hidden. */
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

/** The editor of a versioned resource: a head with name, version and Save, and below it two sides. */
export function VersionedEditor({ icon, note, actions, beside, ...sides }: VersionedEditorProps) {
  const { document } = sides;
  const { name } = useStore(document.view, (view) => view.saved);
  const { dirty, status } = useReadable(document.state);
  const readOnly = `Read-only: your roles do not give ${document.kind}:write`;
  // A text editor has an undo of its own; a document with one history has one for both sides.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!document.undo || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !again) return;
    event.preventDefault();
    event.stopPropagation();
    if (again) document.redo?.();
    else document.undo();
  };
  return (
    <div className="versionededitor" onKeyDownCapture={onKeyDownCapture}>
      <header className="dochead">
        {icon}
        <h1 className="ellipsis">{name}</h1>
        {status && <span className="chip outline">{status}</span>}
        {note}
        <span className="grow" />
        {actions}
        {document.writable ? (
          <Button
            size="sm"
            look="primary"
            disabled={!dirty}
            onClick={() => void document.platform.editors.save(document)}
          >
            Save
          </Button>
        ) : (
          <span className="dim sm ellipsis" title={readOnly}>
            {readOnly}
          </span>
        )}
      </header>
      <div className="versionedsides">
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
      </div>
    </div>
  );
}

/** How many problems the text has; leads to the list of them. */
export function TextProblems({ document }: { document: TextDocument }) {
  const count = useStore(document.view, (view) => view.problems.length + (view.unreadable ? 1 : 0));
  const wrong = useStore(
    document.view,
    (view) => view.unreadable !== undefined || view.problems.some(({ severity }) => severity === 'error'),
  );
  if (count === 0) return null;
  return (
    <button
      type="button"
      className={wrong ? 'textproblems' : 'textproblems is-warning'}
      onClick={() => document.platform.layout.showPanel('problems')}
    >
      <Icon name={wrong ? 'codicon:error' : 'codicon:warning'} size={14} />
      {count === 1 ? '1 problem' : `${count} problems`}
    </button>
  );
}
