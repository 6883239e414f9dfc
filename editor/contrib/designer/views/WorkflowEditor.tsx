import '../designer.css';
import './workflowEditor.css';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { DiagramHost } from '../../../ui/diagram/DiagramHost.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { DocumentHead } from '../../../workbench/DocumentHead.tsx';
import { TwoSides } from '../../../workbench/TwoSides.tsx';
import { UnlessConflict } from '../../../workbench/VersionedEditor.tsx';
import type { WorkflowDocument } from '../workflowDocument.ts';
import { workflowSides } from '../workflowSides.ts';
import { ImportTemplates } from './ImportTemplates.tsx';
import { LiveChip } from './LiveChip.tsx';
import { StartForm } from './StartForm.tsx';

const XmlSide = lazy(() => import('./XmlSide.tsx').then((module) => ({ default: module.XmlSide })));

export function WorkflowEditor({ document }: DocumentProps<WorkflowDocument>) {
  const starting = useStore(document.view, (view) => view.starting !== undefined);
  const importing = useStore(document.view, (view) => view.importing);
  return (
    <div className="workfloweditor">
      <DocumentHead document={document} icon={<Icon name="process" />} />
      <UnlessConflict document={document}>
        <TwoSides
          document={document}
          sides={workflowSides}
          first={<CanvasSide document={document} />}
          second={
            <Suspense fallback={<Skeleton lines={12} />}>
              <XmlSide document={document} />
            </Suspense>
          }
          share="45%"
          min={[240, 240]}
        />
      </UnlessConflict>
      {starting && <StartForm document={document} />}
      {importing && <ImportTemplates document={document} />}
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
