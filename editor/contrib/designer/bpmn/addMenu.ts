import type { Element, Shape } from 'bpmn-js/lib/model/Types';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type AutoPlace from 'diagram-js/lib/features/auto-place/AutoPlace';
import type Create from 'diagram-js/lib/features/create/Create';
import type PopupMenu from 'diagram-js/lib/features/popup-menu/PopupMenu';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import { type Glyph, glyphSvg } from '../../../ui/diagram/index.ts';
import type { ElementTemplate } from '../elementTemplates/template.ts';
import {
  type Placeable,
  type PlaceableName,
  type PlacedResource,
  type Placing,
  placeables,
} from './placeables.ts';

const menu = 'baton-add';

/** Where the menu learns which agents and tools the tenant has. */
export interface ResourceCatalog {
  agents(): readonly { name: string; description: string }[];
  tools(): readonly { name: string; description: string }[];
  templates(): readonly ElementTemplate[];
}

/** All that can be added, searchable: the tenant's agents and tools first. With a selection it appends. */
export class AddMenu {
  static $inject = ['popupMenu', 'create', 'autoPlace', 'selection', 'canvas', 'placing', 'config.resources'];
  private readonly popupMenu: PopupMenu;
  private readonly create: Create;
  private readonly autoPlace: AutoPlace;
  private readonly selection: Selection;
  private readonly canvas: Canvas;
  private readonly placing: Placing;
  private readonly resources: ResourceCatalog | undefined;

  constructor(
    popupMenu: PopupMenu,
    create: Create,
    autoPlace: AutoPlace,
    selection: Selection,
    canvas: Canvas,
    placing: Placing,
    resources: ResourceCatalog | undefined,
  ) {
    this.popupMenu = popupMenu;
    this.create = create;
    this.autoPlace = autoPlace;
    this.selection = selection;
    this.canvas = canvas;
    this.placing = placing;
    this.resources = resources;
    popupMenu.registerProvider(menu, this as never);
  }

  openAt(event: Event): void {
    const box = (event.currentTarget as HTMLElement | null)?.getBoundingClientRect?.();
    const target = (event.target as HTMLElement).closest('.entry')?.getBoundingClientRect() ?? box;
    this.open({ x: (target?.right ?? 60) + 8, y: target?.top ?? 60 });
  }

  /** Beside the selection, or in the middle of the canvas. */
  openHere(): void {
    const area = this.canvas.getContainer().getBoundingClientRect();
    this.open({ x: area.left + area.width / 2 - 140, y: area.top + 60 });
  }

  private open(position: { x: number; y: number }): void {
    this.popupMenu.open(
      this.canvas.getRootElement() as never,
      menu,
      { ...position, cursor: position } as never,
      {
        title: 'Add',
        width: 280,
        search: true,
      } as never,
    );
  }

  getPopupMenuEntries() {
    const entries: Record<string, unknown> = {};
    const add = (
      id: string,
      group: string,
      { glyph, tone }: Pick<Placeable, 'glyph' | 'tone'>,
      label: string,
      description: string,
      make: () => Shape,
    ) => {
      entries[id] = {
        label,
        description,
        group: { id: group, name: group },
        imageHtml: glyphSvg(glyph, tone),
        action: (event: Event, _entry: unknown, action?: string) =>
          this.place(event, make(), action === 'dragstart'),
      };
    };
    for (const [kind, group, list] of [
      ['agent', 'Agents', this.resources?.agents() ?? []],
      ['tool', 'Tools', this.resources?.tools() ?? []],
    ] as const) {
      for (const { name, description } of list) {
        const resource: PlacedResource = { kind, name };
        add(`${kind}-${name}`, group, placeables[kind], name, description, () =>
          this.placing.shape(kind, resource),
        );
      }
    }
    for (const template of this.resources?.templates() ?? []) {
      add(
        `template-${template.id}`,
        'Element templates',
        looks(template),
        template.name,
        template.description ?? '',
        () => this.placing.templated(template),
      );
    }
    for (const name of Object.keys(placeables) as PlaceableName[]) {
      add(name, 'Elements', placeables[name], placeables[name].title, '', () => this.placing.shape(name));
    }
    return entries;
  }

  private place(event: Event, shape: Shape, dragged: boolean): void {
    this.popupMenu.close();
    const [source] = this.selection.get() as Element[];
    if (!dragged && source && canContinue(source))
      this.autoPlace.append(source as never, shape as never, undefined);
    else this.create.start(event as MouseEvent, shape as never);
  }
}

/** As the kind of element it makes looks. */
function looks({ elementType, appliesTo, properties }: ElementTemplate): Pick<Placeable, 'glyph' | 'tone'> {
  const taskType = properties.find(({ binding }) => binding.type.startsWith('zeebe:taskDefinition'))?.value;
  if (taskType === 'agent' || taskType === 'tool') return placeables[taskType];
  const type = elementType?.value ?? appliesTo[0] ?? '';
  const glyphs: Record<string, Glyph> = {
    'bpmn:UserTask': 'human',
    'bpmn:StartEvent': 'start',
    'bpmn:EndEvent': 'end',
    'bpmn:SubProcess': 'subProcess',
    'bpmn:AdHocSubProcess': 'subProcess',
    'bpmn:ExclusiveGateway': 'gateway',
  };
  return { glyph: glyphs[type] ?? 'task' };
}

/** Something may follow the element in a flow. */
export function canContinue(element: Element): boolean {
  const bo = element.businessObject;
  return Boolean(bo?.$instanceOf?.('bpmn:FlowNode')) && !bo.$instanceOf('bpmn:EndEvent');
}
