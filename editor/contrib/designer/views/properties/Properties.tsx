import './properties.css';
import type BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../../platform/documents.ts';
import { KindBadge } from '../../../../ui/Badge.tsx';
import { describeType, kindOf, type ModdleElement } from '../../../../ui/diagram/index.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { useReadable } from '../../../../workbench/platformContext.ts';
import type { Extensions } from '../../bpmn/extensions.ts';
import type { WorkflowDocument } from '../../workflowDocument.ts';
import { type PropertyGroup, propertyGroups } from './groups.tsx';
import type { Selected } from './model.ts';
import { TemplateGroups, templateIdOf, templateOf } from './TemplateGroup.tsx';

const none: ReadonlySet<string> = new Set();
/** Groups whose content a template has fields for. */
const templated: ReadonlySet<string> = new Set<keyof typeof propertyGroups>([
  'agent',
  'tool',
  'job',
  'inputs',
  'outputs',
  'headers',
]);

/** The secondary side bar of a workflow: everything about the selected element, every edit a step of undo. */
export function Properties({ document }: DocumentProps<WorkflowDocument>) {
  const drawn = useStore(document.view, (view) => view.drawn);
  const element = useStore(document.view, (view) => view.selected);
  const problems = useStore(document.view, (view) => view.problems);
  // The model is mutable: its revision is what says that it has to be read again.
  useStore(document.view, (view) => view.revision);
  const catalog = useReadable(document.catalog);
  if (!drawn) {
    return (
      <EmptyState icon="codicon:list-selection" title="No element to select">
        The file cannot be drawn. Its XML says why.
      </EmptyState>
    );
  }
  if (!element) {
    return (
      <EmptyState icon="codicon:list-selection" title="Several elements selected">
        Select one element to see its properties.
      </EmptyState>
    );
  }
  const bo = element.businessObject as ModdleElement;
  const selected: Selected = {
    document,
    element,
    bo,
    problems,
    catalog,
    modeling: document.editor.get<Modeling>('modeling'),
    extensions: document.editor.get<Extensions>('extensions'),
    factory: document.editor.get<BpmnFactory>('bpmnFactory'),
  };
  // What the template says is edited in its fields; the rest of the element stays as it is.
  const template = templateIdOf(bo) ? templateOf(selected) : undefined;
  const hidden = template && !template.entriesVisible ? templated : none;
  const kind = kindOf(bo) ?? 'process';
  return (
    <div className="properties" key={element.id}>
      <div className="prophead">
        <KindBadge kind={kind} large />
        <div className="grow">
          <div className="strong ellipsis">{bo.name || bo.id}</div>
          <div className="xs dim ellipsis">{describeType(bo)}</div>
        </div>
      </div>
      <div className="scroll grow">
        {templateIdOf(bo) && <TemplateGroups selected={selected} />}
        {(Object.entries(propertyGroups) as [string, PropertyGroup][])
          .filter(([id, group]) => group.applies(bo) && !hidden.has(id))
          .map(([id, { View }]) => (
            <View key={id} selected={selected} />
          ))}
      </div>
    </div>
  );
}
