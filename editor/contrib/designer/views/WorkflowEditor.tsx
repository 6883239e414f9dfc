import '../designer.css';
import './workflowEditor.css';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import { lazy, type MouseEvent, Suspense } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { DiagramHost } from '../../../ui/diagram/DiagramHost.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { DocumentHead } from '../../../workbench/DocumentHead.tsx';
import { usePlaceMenu } from '../../../workbench/placeMenu.ts';
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
  const menu = usePlaceMenu(document.platform);
  const drawn = useStore(document.view, (view) => view.drawn);
  const mode = useStore(document.view, (view) => view.mode);
  if (!drawn)
    return (
      <EmptyState
        icon="codicon:error"
        title="This file cannot be drawn"
        action={
          mode === 'canvas' && (
            <Button look="primary" onClick={() => document.showMode('xml')}>
              Show the XML
            </Button>
          )
        }
      >
        Its XML says what is wrong, and where. What is put right there is drawn here.
      </EmptyState>
    );
  const onContextMenu = (event: MouseEvent) => {
    const { editor } = document;
    const id = (event.target as Element).closest<SVGElement>('[data-element-id]')?.dataset.elementId;
    const element = id === undefined ? undefined : editor.find(id);
    if (element && event.button === 2) editor.get<Selection>('selection').select(element as never);
    const [named] = document.named?.() ?? [];
    if (named) menu.open(event, named.name);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas inside takes keys, its menu key too
    <div className="canvasside" onContextMenu={onContextMenu}>
      <DiagramHost diagram={document.editor}>
        <LiveChip document={document} />
      </DiagramHost>
      {menu.element}
    </div>
  );
}
