import type BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type ElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory';
import type { Moddle, Shape } from 'bpmn-js/lib/model/Types';
import { activitySize, type Glyph, type ModdleElement } from '../../../ui/diagram/index.ts';
import { type ElementTemplate, toolOfTemplate } from '../elementTemplates/template.ts';
import type { ResourceCatalog } from './addMenu.ts';
import type { ReadableIds } from './readableIds.ts';

/** What palette, context pad, keys and drops can put on the canvas. */
export interface Placeable {
  title: string;
  glyph: Glyph;
  /** Kind's colour of the glyph. */
  tone?: 'agent' | 'tool' | 'human';
  /** Key that appends it to the selection. */
  key?: string;
  type: string;
  attributes?: Record<string, unknown>;
  /** `zeebe:taskDefinition` type of a service task. */
  taskType?: string;
}

export const placeables = {
  agent: {
    title: 'Agent',
    glyph: 'agent',
    tone: 'agent',
    key: 'a',
    type: 'bpmn:ServiceTask',
    taskType: 'agent',
  },
  tool: { title: 'Tool', glyph: 'tool', tone: 'tool', key: 't', type: 'bpmn:ServiceTask', taskType: 'tool' },
  userTask: {
    title: 'User task',
    glyph: 'human',
    tone: 'human',
    key: 'u',
    type: 'bpmn:UserTask',
    attributes: activitySize,
  },
  startEvent: { title: 'Start event', glyph: 'start', type: 'bpmn:StartEvent' },
  endEvent: { title: 'End event', glyph: 'end', type: 'bpmn:EndEvent' },
  exclusiveGateway: { title: 'Exclusive gateway', glyph: 'gateway', key: 'x', type: 'bpmn:ExclusiveGateway' },
  parallelGateway: { title: 'Parallel gateway', glyph: 'parallel', type: 'bpmn:ParallelGateway' },
  serviceTask: { title: 'Service task', glyph: 'task', type: 'bpmn:ServiceTask', attributes: activitySize },
  subProcess: {
    title: 'Sub-process',
    glyph: 'subProcess',
    type: 'bpmn:SubProcess',
    attributes: { isExpanded: true },
  },
  timerBoundary: {
    title: 'Timer on an activity',
    glyph: 'timer',
    type: 'bpmn:BoundaryEvent',
    attributes: { eventDefinitionType: 'bpmn:TimerEventDefinition' },
  },
  errorBoundary: {
    title: 'Error on an activity',
    glyph: 'error',
    type: 'bpmn:BoundaryEvent',
    attributes: { eventDefinitionType: 'bpmn:ErrorEventDefinition' },
  },
} as const satisfies Record<string, Placeable>;
export type PlaceableName = keyof typeof placeables;

/** An agent or tool of the tenant, as a palette entry or dragged in from a list. */
export interface PlacedResource {
  kind: 'agent' | 'tool';
  name: string;
}

/** What we use of the service of bpmn-js-element-templates. */
export interface ElementTemplates {
  createElement(template: ElementTemplate): unknown;
  /** The template an element names, in the version it names; `null` when it is not here. */
  get(element: unknown): ElementTemplate | null;
  getLatest(id: string): readonly ElementTemplate[];
  applyTemplate(element: unknown, template: ElementTemplate): unknown;
  /** The element stays as it is and is no longer of the template. */
  unlinkTemplate(element: unknown): unknown;
  /** The element goes back to what it was without it. */
  removeTemplate(element: unknown): unknown;
}

/** Makes shapes which are not yet on the canvas, complete with what Zeebe needs. */
export class Placing {
  static $inject = [
    'elementFactory',
    'bpmnFactory',
    'moddle',
    'readableIds',
    'elementTemplates',
    'config.resources',
  ];
  private readonly elementFactory: ElementFactory;
  private readonly bpmnFactory: BpmnFactory;
  private readonly moddle: Moddle;
  private readonly ids: ReadableIds;
  private readonly elementTemplates: ElementTemplates;
  private readonly resources: ResourceCatalog | undefined;

  constructor(
    elementFactory: ElementFactory,
    bpmnFactory: BpmnFactory,
    moddle: Moddle,
    readableIds: ReadableIds,
    elementTemplates: ElementTemplates,
    resources: ResourceCatalog | undefined,
  ) {
    this.elementFactory = elementFactory;
    this.bpmnFactory = bpmnFactory;
    this.moddle = moddle;
    this.ids = readableIds;
    this.elementTemplates = elementTemplates;
    this.resources = resources;
  }

  shape(name: PlaceableName, resource?: PlacedResource): Shape {
    const template = resource?.kind === 'tool' && this.templateOf(resource.name);
    if (template) return this.templated(template);
    const placeable: Placeable = placeables[name];
    if (!placeable.taskType) {
      return this.elementFactory.createShape({
        type: placeable.type,
        ...placeable.attributes,
      } as never) as Shape;
    }
    const label = resource ? titleOf(resource.name) : undefined;
    const businessObject = this.bpmnFactory.create(placeable.type as 'bpmn:ServiceTask') as ModdleElement;
    businessObject.extensionElements = this.extensions(placeable.taskType, resource?.name, businessObject);
    if (label) this.call(businessObject, label);
    return this.elementFactory.createShape({
      type: placeable.type,
      businessObject,
      ...activitySize,
    } as never) as Shape;
  }

  /** An element as its template has it, with the fields it begins with. */
  templated(template: ElementTemplate): Shape {
    const name = toolOfTemplate(template) === template.name ? titleOf(template.name) : template.name;
    const shape = this.elementTemplates.createElement(template) as Shape;
    const businessObject = shape.businessObject as ModdleElement;
    if (!businessObject.name) this.call(businessObject, name);
    shape.id = businessObject.id as string;
    (shape as { di?: ModdleElement }).di?.set('id', `${shape.id}_di`);
    if (businessObject.$instanceOf('bpmn:Task')) Object.assign(shape, activitySize);
    return shape;
  }

  private templateOf(tool: string): ElementTemplate | undefined {
    return this.resources?.templates().find((template) => toolOfTemplate(template) === tool);
  }

  /** Names what is not on the canvas yet, with an id one can read. */
  private call(businessObject: ModdleElement, label: string): void {
    businessObject.name = label;
    const id = this.ids.for(label);
    if (!id || !businessObject.id) return;
    this.moddle.ids.unclaim(businessObject.id);
    this.moddle.ids.claim(id, businessObject);
    businessObject.id = id;
  }

  /** `zeebe:taskDefinition` and, for a known resource, the header that names it. */
  extensions(taskType: string, resourceName: string | undefined, parent: ModdleElement): ModdleElement {
    const values = [
      this.bpmnFactory.create('zeebe:TaskDefinition', { type: taskType, retries: '3' } as never),
    ];
    if (resourceName) {
      const header = this.bpmnFactory.create('zeebe:Header', { key: taskType, value: resourceName } as never);
      const headers = this.bpmnFactory.create('zeebe:TaskHeaders', {
        values: [header],
      } as never) as ModdleElement;
      (header as ModdleElement).$parent = headers;
      values.push(headers);
    }
    const extensions = this.bpmnFactory.create('bpmn:ExtensionElements', {
      values,
    } as never) as ModdleElement;
    extensions.$parent = parent;
    for (const value of values as ModdleElement[]) value.$parent = extensions;
    return extensions;
  }
}

/** `order-lookup` → `Order lookup`; the server of `tracker.find_ticket` is on the shape anyway. */
export function titleOf(resourceName: string): string {
  const words = resourceName.slice(resourceName.indexOf('.') + 1).replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
