import type BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type { Element } from 'bpmn-js/lib/model/Types';
import type CommandStack from 'diagram-js/lib/command/CommandStack';
import { extensionOf, type ModdleElement } from '../../../ui/diagram/index.ts';

const together = 'baton.together';

interface Together {
  edits: () => void;
}

/** Runs edits as one step of undo: the edits are recorded under one command. */
class TogetherHandler {
  preExecute({ edits }: Together) {
    edits();
  }
}

type Properties = Record<string, unknown>;

/** Reads nothing, writes everything Zeebe adds to an element; each call is one step of undo. */
export class Extensions {
  static $inject = ['commandStack', 'modeling', 'bpmnFactory'];
  private readonly commandStack: CommandStack;
  private readonly modeling: Modeling;
  private readonly bpmnFactory: BpmnFactory;

  constructor(commandStack: CommandStack, modeling: Modeling, bpmnFactory: BpmnFactory) {
    this.commandStack = commandStack;
    this.modeling = modeling;
    this.bpmnFactory = bpmnFactory;
    commandStack.registerHandler(together, TogetherHandler as never);
  }

  together(edits: () => void): void {
    this.commandStack.execute(together, { edits } satisfies Together);
  }

  /** Sets properties of an extension element, adding it where missing; `undefined` removes it. */
  write(element: Element, type: string, properties: Properties | undefined): void {
    const bo = element.businessObject as ModdleElement;
    const present = extensionOf(bo, type);
    if (properties === undefined) {
      if (present) this.setValues(element, (values) => values.filter((value) => value !== present));
    } else if (present) {
      this.modeling.updateModdleProperties(element, present, properties);
    } else {
      this.setValues(element, (values) => [...values, this.bpmnFactory.create(type, properties as never)]);
    }
  }

  /** Replaces a list inside an extension element; the element goes when nothing is left in it. */
  writeList(
    element: Element,
    type: string,
    list: string,
    itemType: string,
    items: readonly Properties[],
  ): void {
    const bo = element.businessObject as ModdleElement;
    const made = items.map((item) => this.bpmnFactory.create(itemType, item as never) as ModdleElement);
    const present = extensionOf(bo, type);
    this.together(() => {
      this.write(element, type, { [list]: made });
      const written = extensionOf(bo, type);
      for (const item of made) item.$parent = written;
      if (made.length === 0 && isEmpty(present)) this.write(element, type, undefined);
    });
  }

  /** Sets one task header; `undefined` or an empty text removes it. */
  writeHeader(element: Element, key: string, value: string | undefined): void {
    const present = extensionOf(element.businessObject as ModdleElement, 'zeebe:TaskHeaders');
    const headers = ((present?.get('values') as ModdleElement[] | undefined) ?? []).map((entry) => ({
      key: entry.key as string,
      value: entry.value as string,
    }));
    const others = headers.filter((entry) => entry.key !== key);
    const at = headers.findIndex((entry) => entry.key === key);
    if (value) others.splice(at === -1 ? others.length : at, 0, { key, value });
    this.writeList(element, 'zeebe:TaskHeaders', 'values', 'zeebe:Header', others);
  }

  private setValues(element: Element, change: (values: ModdleElement[]) => ModdleElement[]): void {
    const bo = element.businessObject as ModdleElement;
    const extensions = bo.extensionElements as ModdleElement | undefined;
    if (extensions) {
      const values = change(extensions.get('values') as ModdleElement[]);
      for (const value of values) value.$parent = extensions;
      if (values.length === 0)
        this.modeling.updateModdleProperties(element, bo, { extensionElements: undefined });
      else this.modeling.updateModdleProperties(element, extensions, { values });
      return;
    }
    const made = this.bpmnFactory.create('bpmn:ExtensionElements', {
      values: change([]),
    } as never) as ModdleElement;
    made.$parent = bo;
    for (const value of made.get('values') as ModdleElement[]) value.$parent = made;
    this.modeling.updateModdleProperties(element, bo, { extensionElements: made });
  }
}

function isEmpty(extension: ModdleElement | undefined): boolean {
  if (!extension) return true;
  const lists = ['inputParameters', 'outputParameters', 'values', 'properties'];
  return lists.every((list) => ((extension[list] as unknown[] | undefined) ?? []).length === 0);
}
