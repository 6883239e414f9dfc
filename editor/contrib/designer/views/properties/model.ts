import type BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type { Element } from 'bpmn-js/lib/model/Types';
import type { Problem } from '../../../../platform/problems.ts';
import type { ModdleElement } from '../../../../ui/diagram/index.ts';
import type { Extensions } from '../../bpmn/extensions.ts';
import type { CatalogState } from '../../catalog.ts';
import type { WorkflowDocument } from '../../workflowDocument.ts';

/** What every group of properties works on: the selected element and the services that edit it. */
export interface Selected {
  document: WorkflowDocument;
  element: Element;
  bo: ModdleElement;
  problems: readonly Problem[];
  catalog: CatalogState;
  modeling: Modeling;
  extensions: Extensions;
  factory: BpmnFactory;
}

/**
 * The problem of a field: of this element (or of a part with its own id) and, where given, at a path that ends so.
 * `nth` picks one of several equal paths, as the inputs of a mapping have, by their order in the file.
 */
export function problemAt(selected: Selected, ending: string, nth?: number): Problem | undefined {
  const matching = selected.problems.filter(
    (problem) =>
      selected.document.editor.find(problem.elementId ?? '')?.id === selected.element.id &&
      (problem.path?.at(-1) ?? '') === ending,
  );
  if (nth === undefined) return matching[0];
  return matching.find((problem) => ordinalOf(selected, problem, ending) === nth);
}

function ordinalOf(selected: Selected, problem: Problem, tag: string): number {
  const { xml } = selected.document.view.getState();
  const lines = xml.split('\n').slice(0, problem.line ?? 1);
  if (problem.line !== undefined && problem.column !== undefined) {
    lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, problem.column + tag.length + 8);
  }
  const before = lines.join('\n');
  const own = before.slice(Math.max(0, before.lastIndexOf(`id="${problem.elementId}"`)));
  return own.split(new RegExp(`<(?:\\w+:)?${tag}[\\s/>]`)).length - 2;
}

/** `=order.total` → the expression; a text without `=` is static. */
export function splitFeel(value: string | undefined): { feel: boolean; text: string } {
  const text = value ?? '';
  return text.startsWith('=') ? { feel: true, text: text.slice(1).trimStart() } : { feel: false, text };
}
