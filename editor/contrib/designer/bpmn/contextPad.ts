import type { Element } from 'bpmn-js/lib/model/Types';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type AutoPlace from 'diagram-js/lib/features/auto-place/AutoPlace';
import type Connect from 'diagram-js/lib/features/connect/Connect';
import DiagramContextPad from 'diagram-js/lib/features/context-pad/ContextPad';
import type Create from 'diagram-js/lib/features/create/Create';
import type Modeling from 'diagram-js/lib/features/modeling/Modeling';
import type PopupMenu from 'diagram-js/lib/features/popup-menu/PopupMenu';
import { canContinue } from './addMenu.ts';
import { button } from './palette.ts';
import { type PlaceableName, type Placing, placeables } from './placeables.ts';

const appended: readonly PlaceableName[] = ['agent', 'tool', 'userTask', 'exclusiveGateway', 'endEvent'];
const gap = 16;

/** The element toolbar stands below what is selected, centred, instead of at its right. */
export class ContextPadBelow extends DiagramContextPad {
  static override $inject = DiagramContextPad.$inject;

  /** Called by diagram-js for every change of the viewbox. */
  _getPosition(target: Element | Element[]): { left: number; top: number } {
    const self = this as unknown as { _canvas: Canvas; _getTargetBounds(of: unknown): DOMRect };
    const canvas = self._canvas.getContainer().getBoundingClientRect();
    const bounds = self._getTargetBounds(target);
    return {
      left: bounds.left - canvas.left + bounds.width / 2,
      top: bounds.bottom - canvas.top + gap,
    };
  }
}

/** What can be done with the selected element. */
export class ContextPadEntries {
  static $inject = ['contextPad', 'create', 'autoPlace', 'connect', 'modeling', 'popupMenu', 'placing'];
  private readonly create: Create;
  private readonly autoPlace: AutoPlace;
  private readonly connect: Connect;
  private readonly modeling: Modeling;
  private readonly popupMenu: PopupMenu;
  private readonly placing: Placing;

  constructor(
    contextPad: DiagramContextPad,
    create: Create,
    autoPlace: AutoPlace,
    connect: Connect,
    modeling: Modeling,
    popupMenu: PopupMenu,
    placing: Placing,
  ) {
    this.create = create;
    this.autoPlace = autoPlace;
    this.connect = connect;
    this.modeling = modeling;
    this.popupMenu = popupMenu;
    this.placing = placing;
    contextPad.registerProvider(this as never);
  }

  getContextPadEntries(element: Element) {
    const entries: Record<string, unknown> = {};
    if (canContinue(element)) {
      for (const name of appended) {
        entries[`append-${name}`] = {
          group: 'append',
          html: button(placeables[name].glyph),
          title: `Append ${placeables[name].title.toLowerCase()}`,
          action: {
            click: (_event: Event, source: Element) =>
              this.autoPlace.append(source as never, this.placing.shape(name) as never, undefined),
            dragstart: (event: MouseEvent, source: Element) =>
              this.create.start(event, this.placing.shape(name) as never, { source } as never),
          },
        };
      }
    }
    if (element.businessObject?.$instanceOf?.('bpmn:FlowNode')) {
      const start = (event: MouseEvent, source: Element) =>
        this.connect.start(event, source as never, undefined as never, undefined as never);
      entries.connect = {
        group: 'edit',
        html: button('connect'),
        title: 'Connect',
        action: { click: start, dragstart: start },
      };
      entries.replace = {
        group: 'edit',
        html: button('replace'),
        title: 'Replace with… (R)',
        action: {
          click: (event: MouseEvent, target: Element) => {
            const position = { x: event.clientX, y: event.clientY };
            this.popupMenu.open(
              target as never,
              'bpmn-replace',
              { ...position, cursor: position } as never,
              {
                title: 'Replace with',
                width: 280,
                search: true,
              } as never,
            );
          },
        },
      };
    }
    entries.delete = this.deletion();
    return entries;
  }

  getMultiElementContextPadEntries() {
    return { delete: this.deletion() };
  }

  private deletion() {
    return {
      group: 'edit',
      html: button('delete'),
      title: 'Delete (Del)',
      action: {
        click: (_event: Event, target: Element | Element[]) =>
          this.modeling.removeElements((Array.isArray(target) ? [...target] : [target]) as never),
      },
    };
  }
}
