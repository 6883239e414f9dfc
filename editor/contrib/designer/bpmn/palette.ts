import type { Shape } from 'bpmn-js/lib/model/Types';
import type Create from 'diagram-js/lib/features/create/Create';
import type GlobalConnect from 'diagram-js/lib/features/global-connect/GlobalConnect';
import type HandTool from 'diagram-js/lib/features/hand-tool/HandTool';
import type LassoTool from 'diagram-js/lib/features/lasso-tool/LassoTool';
import type Palette from 'diagram-js/lib/features/palette/Palette';
import { type Glyph, glyphSvg } from '../../../ui/diagram/index.ts';
import type { AddMenu } from './addMenu.ts';
import { type Placeable, type PlaceableName, type Placing, placeables } from './placeables.ts';

const groups = {
  kinds: ['agent', 'tool', 'userTask'],
  elements: ['startEvent', 'endEvent', 'exclusiveGateway', 'serviceTask'],
} as const satisfies Record<string, readonly PlaceableName[]>;

/** The toolbar at the left: tools, kinds, BPMN elements, everything else behind `…`. */
export class PaletteEntries {
  static $inject = ['palette', 'create', 'handTool', 'lassoTool', 'globalConnect', 'placing', 'addMenu'];
  private readonly create: Create;
  private readonly handTool: HandTool;
  private readonly lassoTool: LassoTool;
  private readonly globalConnect: GlobalConnect;
  private readonly placing: Placing;
  private readonly addMenu: AddMenu;

  constructor(
    palette: Palette,
    create: Create,
    handTool: HandTool,
    lassoTool: LassoTool,
    globalConnect: GlobalConnect,
    placing: Placing,
    addMenu: AddMenu,
  ) {
    this.create = create;
    this.handTool = handTool;
    this.lassoTool = lassoTool;
    this.globalConnect = globalConnect;
    this.placing = placing;
    this.addMenu = addMenu;
    palette.registerProvider(this as never);
  }

  getPaletteEntries() {
    const entries: Record<string, unknown> = {
      'hand-tool': tool('hand', 'Move the canvas (H)', (event) =>
        this.handTool.activateHand(event as MouseEvent),
      ),
      'lasso-tool': tool('lasso', 'Lasso (L)', (event) =>
        this.lassoTool.activateSelection(event as MouseEvent),
      ),
      'global-connect-tool': tool('connect', 'Connect (C)', (event) =>
        this.globalConnect.start(event as MouseEvent, undefined as never),
      ),
    };
    for (const [group, names] of Object.entries(groups)) {
      for (const name of names) {
        const place = (event: Event) =>
          this.create.start(event as MouseEvent, this.placing.shape(name) as Shape);
        entries[name] = entry(placeables[name], group, { click: place, dragstart: place });
      }
    }
    entries.more = {
      group: 'elements',
      html: button('more'),
      title: 'All elements (N)',
      action: { click: (event: Event) => this.addMenu.openAt(event) },
    };
    return entries;
  }
}

function tool(glyph: Glyph, title: string, click: (event: Event) => void) {
  return { group: 'tools', html: button(glyph), title, action: { click } };
}

function entry(placeable: Placeable, group: string, action: Record<string, (event: Event) => void>) {
  const key = placeable.key ? ` (${placeable.key.toUpperCase()})` : '';
  return { group, html: button(placeable.glyph, placeable.tone), title: `${placeable.title}${key}`, action };
}

/** diagram-js finds entries by the class `entry` and starts drags from `draggable` ones. */
export function button(glyph: Glyph, tone?: string): string {
  return `<button type="button" class="entry" draggable="true">${glyphSvg(glyph, tone)}</button>`;
}
