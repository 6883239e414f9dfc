import type BpmnRenderer from 'bpmn-js/lib/draw/BpmnRenderer';
import { getFillColor, getStrokeColor } from 'bpmn-js/lib/draw/BpmnRenderUtil';
import type TextRenderer from 'bpmn-js/lib/draw/TextRenderer';
import type { Element, Shape } from 'bpmn-js/lib/model/Types';
import type EventBus from 'diagram-js/lib/core/EventBus';
import BaseRenderer from 'diagram-js/lib/draw/BaseRenderer';
import { glyphs } from './glyphs.ts';
import { kindOf, metaOf } from './kinds.ts';
import type { ModdleElement } from './moddle.ts';

/** What the drawing needs to know of the tenant's resources. */
export interface DiagramCatalog {
  agentVersion(name: string): number | undefined;
}

const aboveTheDefault = 1500;
const radius = 10;
const metaCharacterWidth = 6.4;
const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * Draws activities as the design asks: kind by tint, outline and badge, the name in the middle, a meta line below.
 * Everything else is left to bpmn-js, in our colours (see `diagramOptions`).
 */
export class ActivityRenderer extends BaseRenderer {
  static $inject = ['eventBus', 'bpmnRenderer', 'textRenderer', 'config.catalog'];
  private readonly bpmnRenderer: BpmnRenderer;
  private readonly textRenderer: TextRenderer;
  private readonly catalog: DiagramCatalog | undefined;

  constructor(
    eventBus: EventBus,
    bpmnRenderer: BpmnRenderer,
    textRenderer: TextRenderer,
    catalog: DiagramCatalog | undefined,
  ) {
    super(eventBus, aboveTheDefault);
    this.bpmnRenderer = bpmnRenderer;
    this.textRenderer = textRenderer;
    this.catalog = catalog;
  }

  override canRender(element: unknown): boolean {
    const { businessObject, type, labelTarget } = element as Element & { labelTarget?: unknown };
    if (labelTarget || type === 'label') return false;
    const bo = businessObject as ModdleElement | undefined;
    return bo?.$instanceOf?.('bpmn:Task') === true;
  }

  override drawShape(visuals: SVGElement, element: unknown): SVGElement {
    const shape = element as Shape;
    const bo = shape.businessObject as ModdleElement;
    const kind = kindOf(bo);
    const { width, height } = shape;
    const group = svg('g', { class: `activity ${kind ? `kind-${kind}` : ''}` });

    const outline = svg('rect', { class: 'activity-shape', width, height, rx: radius });
    outline.style.fill = getFillColor(shape, 'var(--baton-canvas-shape)');
    outline.style.stroke = getStrokeColor(shape, kind ? 'var(--kind)' : 'var(--baton-canvas-stroke)');
    group.append(outline);
    if (kind === 'agent') {
      group.append(
        svg('rect', { class: 'activity-tint', width, height, rx: radius }),
        svg('rect', {
          class: 'activity-inner',
          x: 3.5,
          y: 3.5,
          width: width - 7,
          height: height - 7,
          rx: radius - 3,
        }),
      );
    }
    if (kind) {
      const badge = svg('g', { class: 'activity-glyph', transform: 'translate(11.5 11.5) scale(.94)' });
      badge.innerHTML = glyphs[kind];
      group.append(svg('rect', { class: 'activity-badge', x: 9, y: 9, width: 20, height: 20, rx: 5 }), badge);
    }
    const icon = kind ? undefined : templateIcon(bo);
    if (icon) group.append(svg('image', { href: icon, x: 10, y: 10, width: 18, height: 18 }));

    const meta = fitting(
      metaOf(bo, (agent) => this.catalog?.agentVersion(agent)),
      width - 16,
    );
    if (bo.name) group.append(this.name(bo.name, width, height, kind !== undefined || icon !== undefined));
    if (meta) {
      const line = svg('text', { class: 'activity-meta', x: width / 2, y: height - 11 });
      line.textContent = meta;
      group.append(line);
    }
    if (bo.loopCharacteristics?.$instanceOf?.('bpmn:MultiInstanceLoopCharacteristics')) {
      group.append(svg('path', { class: 'activity-marker', d: repetition(bo, width / 2, height - 8) }));
    }
    visuals.append(group);
    return group;
  }

  override getShapePath(shape: unknown): string {
    return this.bpmnRenderer.getShapePath(shape as never);
  }

  private name(name: string, width: number, height: number, hasBadge: boolean): SVGElement {
    const text = this.textRenderer.createText(name, {
      box: { width: width - 8, height: 48 },
      align: 'center-middle',
      padding: 2,
    } as never);
    text.classList.add('activity-name');
    const twoLines = text.querySelectorAll('tspan').length > 1;
    const place = svg('g', { transform: `translate(4 ${height / 2 - 24 + (hasBadge && twoLines ? 1 : 0)})` });
    place.append(text);
    return place;
  }
}

/** The picture an element template gave its element; only one that is in the file itself. */
function templateIcon(bo: ModdleElement): string | undefined {
  const icon = bo.get('zeebe:modelerTemplateIcon');
  return typeof icon === 'string' && icon.startsWith('data:image/') ? icon : undefined;
}

function svg(
  name: 'g' | 'rect' | 'text' | 'path' | 'image',
  attributes: Record<string, string | number>,
): SVGElement {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function fitting(text: string, width: number): string {
  const most = Math.floor(width / metaCharacterWidth);
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}

/** Three bars: upright when the instances run in parallel, lying when one after the other. */
function repetition(bo: ModdleElement, x: number, y: number): string {
  return bo.loopCharacteristics?.isSequential
    ? `M${x - 4} ${y - 4}h8M${x - 4} ${y - 1}h8M${x - 4} ${y + 2}h8`
    : `M${x - 3} ${y - 5}v8M${x} ${y - 5}v8M${x + 3} ${y - 5}v8`;
}
