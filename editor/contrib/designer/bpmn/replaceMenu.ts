import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type BpmnReplace from 'bpmn-js/lib/features/replace/BpmnReplace';
import type { Element } from 'bpmn-js/lib/model/Types';
import type PopupMenu from 'diagram-js/lib/features/popup-menu/PopupMenu';
import { glyphSvg, kindOf, type ModdleElement } from '../../../ui/diagram/index.ts';
import type { Extensions } from './extensions.ts';
import { type Placing, placeables } from './placeables.ts';

/** Adds our kinds to the menu `Replace with…` of tasks. */
export class ReplaceWithKind {
  static $inject = ['popupMenu', 'bpmnReplace', 'modeling', 'extensions', 'placing'];
  private readonly bpmnReplace: BpmnReplace;
  private readonly modeling: Modeling;
  private readonly extensions: Extensions;
  private readonly placing: Placing;

  constructor(
    popupMenu: PopupMenu,
    bpmnReplace: BpmnReplace,
    modeling: Modeling,
    extensions: Extensions,
    placing: Placing,
  ) {
    this.bpmnReplace = bpmnReplace;
    this.modeling = modeling;
    this.extensions = extensions;
    this.placing = placing;
    popupMenu.registerProvider('bpmn-replace', this as never);
  }

  getPopupMenuEntries(element: Element) {
    return (entries: Record<string, unknown>) => {
      const bo = element.businessObject as ModdleElement;
      if (!bo?.$instanceOf?.('bpmn:Task')) return entries;
      const ours: Record<string, unknown> = {};
      for (const kind of ['agent', 'tool'] as const) {
        if (kindOf(bo) === kind) continue;
        ours[`replace-with-${kind}`] = {
          label: placeables[kind].title,
          imageHtml: glyphSvg(placeables[kind].glyph, placeables[kind].tone),
          action: () => this.replace(element, placeables[kind].taskType),
        };
      }
      return { ...ours, ...entries };
    };
  }

  private replace(element: Element, taskType: string): void {
    this.extensions.together(() => {
      const target = element.businessObject.$instanceOf('bpmn:ServiceTask')
        ? element
        : (this.bpmnReplace.replaceElement(element, { type: 'bpmn:ServiceTask' } as never) as Element);
      this.modeling.updateProperties(target, {
        extensionElements: this.placing.extensions(taskType, undefined, target.businessObject),
      });
    });
  }
}
