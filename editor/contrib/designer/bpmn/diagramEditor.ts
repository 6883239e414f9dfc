import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { failed, ok, type Result } from '@baton/engine/protocol';
import Modeler from 'bpmn-js/lib/Modeler';
import type { Element, Moddle } from 'bpmn-js/lib/model/Types';
import type CommandStack from 'diagram-js/lib/command/CommandStack';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import { createEmitter } from '../../../base/event.ts';
import type { Failure } from '../../../platform/failure.ts';
import { type DiagramCatalog, diagramOptions } from '../../../ui/diagram/index.ts';
import { fitDiagram } from '../../../ui/diagram/viewer.ts';
import type { DiagramEditor } from '../diagramEditor.ts';
import type { ResourceCatalog } from './addMenu.ts';
import { designerModules } from './index.ts';

/** px from the left edge to where the palette ends. */
const paletteWidth = 48;

/** The canvas: a bpmn-js modeler with our modules in an element which panes may take and give back. */
export function createDiagramEditor(catalog: DiagramCatalog & ResourceCatalog): DiagramEditor {
  const element = document.createElement('div');
  element.className = 'diagram-canvas';
  const modeler = new Modeler({
    container: element,
    ...diagramOptions(catalog),
    resources: catalog,
    additionalModules: designerModules as never,
  } as never);
  const get = <T>(name: string): T => modeler.get(name) as T;
  const commandStack = get<CommandStack>('commandStack');
  const registry = get<ElementRegistry>('elementRegistry');
  const canvas = get<Canvas>('canvas');
  const selection = get<Selection>('selection');
  // Keys go to the drawing, not to the first button beside it.
  element.querySelector('.djs-container > svg')?.setAttribute('data-autofocus', '');
  const events = get<EventBus>('eventBus');
  const changed = createEmitter<'execute' | 'undo' | 'redo'>();
  const selected = createEmitter<void>();
  events.on('commandStack.changed', (event: { trigger: string }) => {
    if (event.trigger !== 'clear') changed.fire(event.trigger as 'execute');
  });
  events.on('selection.changed', () => selected.fire());

  return {
    element,
    get,
    onChanged: changed.event,
    onSelected: selected.event,
    async read(xml) {
      const read = await attempt(get<Moddle>('moddle').fromXML(xml));
      return read.ok ? ok() : read;
    },
    async load(xml) {
      const imported = await attempt(modeler.importXML(xml));
      return imported.ok ? ok(imported.value.warnings.map(messageOf)) : imported;
    },
    async xml() {
      const { xml } = await modeler.saveXML({ format: true });
      return xml ?? '';
    },
    // The index is not part of bpmn-js' public door, but the only word it has for where the stack stands.
    position: () => (commandStack as unknown as { _stackIdx: number })._stackIdx,
    canUndo: () => commandStack.canUndo(),
    canRedo: () => commandStack.canRedo(),
    undo: () => commandStack.undo(),
    redo: () => commandStack.redo(),
    selected() {
      const all = selection.get() as Element[];
      if (all.length > 1) return undefined;
      const one = all[0] as (Element & { labelTarget?: Element }) | undefined;
      if (one) return one.labelTarget ?? one;
      // Of what was never drawn the root is none of the model.
      const root = canvas.getRootElement() as unknown as Element;
      return root.businessObject ? root : undefined;
    },
    find(id) {
      const direct = registry.get(id) as Element | undefined;
      if (direct) return direct;
      // A part without a shape of its own, such as a timer definition, belongs to the element that holds it.
      return (registry.getAll() as unknown as Element[]).find((candidate) =>
        ((candidate.businessObject?.eventDefinitions ?? []) as { id?: string }[]).some(
          (part) => part.id === id,
        ),
      );
    },
    select(id) {
      const found = this.find(id);
      if (!found) return;
      if (found === (canvas.getRootElement() as unknown)) {
        selection.select([] as never);
        return;
      }
      selection.select(found as never);
      center(canvas, found);
    },
    offer(offered) {
      const templates = offered.map(({ template }) => template);
      // Those of the product are checked by its tests: to load the rule takes longer than to draw a diagram.
      if (offered.every(({ builtIn }) => builtIn))
        get<{ set(templates: readonly unknown[]): void }>('elementTemplates').set(templates);
      else
        get<{ setTemplates(templates: readonly unknown[]): void }>('elementTemplatesLoader').setTemplates(
          templates,
        );
    },
    fit: () => fitDiagram(canvas, paletteWidth),
    dispose: () => modeler.destroy(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String((error as { message?: string }).message ?? error);
}

/** bpmn-js throws for what cannot be read; its first line says what, the others where. */
async function attempt<T>(reading: Promise<T>): Promise<Result<T, Failure>> {
  try {
    return ok(await reading);
  } catch (error) {
    const text = messageOf(error);
    const [first] = text.split('\n');
    const what = first === 'no diagram to display' ? 'there is no process in it' : first;
    const line = /line: (\d+)/.exec(text)?.[1];
    const where = line === undefined ? '' : ` in line ${Number(line) + 1}`;
    return failed({
      code: 'BPMN_UNREADABLE',
      message: `Expected BPMN that can be drawn, but ${what}${where}`,
    });
  }
}

function center(canvas: Canvas, element: Element): void {
  const view = canvas.viewbox();
  if (view.outer.width === 0) return;
  const shape = element as unknown as {
    x?: number;
    y?: number;
    width?: number;
    height?: number;
    waypoints?: { x: number; y: number }[];
  };
  const points = shape.waypoints ?? [{ x: shape.x! + shape.width! / 2, y: shape.y! + shape.height! / 2 }];
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  canvas.viewbox({ x: x - view.width / 2, y: y - view.height / 2, width: view.width, height: view.height });
}
