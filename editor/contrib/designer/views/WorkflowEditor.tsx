import '../designer.css';
import './workflowEditor.css';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { DiagramHost } from '../../../ui/diagram/DiagramHost.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { SplitView } from '../../../ui/SplitView.tsx';
import type { WorkflowDocument } from '../workflowDocument.ts';
import { LiveChip } from './LiveChip.tsx';
import { StartForm } from './StartForm.tsx';

const XmlSide = lazy(() => import('./XmlSide.tsx').then((module) => ({ default: module.XmlSide })));

export function WorkflowEditor({ document }: DocumentProps<WorkflowDocument>) {
  const mode = useStore(document.view, (view) => view.mode);
  const starting = useStore(document.view, (view) => view.starting !== undefined);
  return (
    <div className="workfloweditor">
      <SplitView
        direction="horizontal"
        panes={[
          { id: 'canvas', min: 240, visible: mode !== 'xml', content: <CanvasSide document={document} /> },
          {
            id: 'xml',
            min: 240,
            visible: mode !== 'canvas',
            ...(mode === 'both' && { size: '45%' as const }),
            content: mode !== 'canvas' && (
              <Suspense fallback={<Skeleton lines={12} />}>
                <XmlSide document={document} />
              </Suspense>
            ),
          },
        ]}
      />
      {starting && <StartForm document={document} />}
    </div>
  );
}

function CanvasSide({ document }: { document: WorkflowDocument }) {
  return (
    <DiagramHost diagram={document.editor}>
      <LiveChip document={document} />
    </DiagramHost>
  );
}

/** `Canvas | Both | XML` in the tab bar. */
export function WorkflowHeadActions({ document }: DocumentProps<WorkflowDocument>) {
  const mode = useStore(document.view, (view) => view.mode);
  return (
    <Segmented
      label="Show"
      value={mode}
      options={[
        { value: 'canvas', title: 'Canvas' },
        { value: 'both', title: 'Both' },
        { value: 'xml', title: 'XML' },
      ]}
      onChange={document.showMode}
    />
  );
}
