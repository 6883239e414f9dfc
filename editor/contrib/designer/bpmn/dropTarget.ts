import type { Element } from 'bpmn-js/lib/model/Types';
import type Canvas from 'diagram-js/lib/core/Canvas';
import type ElementRegistry from 'diagram-js/lib/core/ElementRegistry';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type Modeling from 'diagram-js/lib/features/modeling/Modeling';
import type Selection from 'diagram-js/lib/features/selection/Selection';
import { carriesResource, readResource } from '../../../ui/resourceDrag.ts';
import type { PlacedResource, Placing } from './placeables.ts';

/** Agents and tools dragged from a list become service tasks where they are dropped; on a flow they are put into it. */
export class DropTarget {
  static $inject = ['eventBus', 'canvas', 'elementRegistry', 'modeling', 'selection', 'placing'];

  constructor(
    eventBus: EventBus,
    canvas: Canvas,
    elementRegistry: ElementRegistry,
    modeling: Modeling,
    selection: Selection,
    placing: Placing,
  ) {
    const container = canvas.getContainer();
    // The frame opens what is dropped on an editor, but for where it is taken.
    container.dataset.takesDocuments = '';
    const over = (event: DragEvent) => {
      if (!event.dataTransfer || !carriesResource(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      const resource = event.dataTransfer && readResource(event.dataTransfer);
      if (!resource || (resource.kind !== 'agent' && resource.kind !== 'tool') || !resource.name) return;
      event.preventDefault();
      const placed: PlacedResource = { kind: resource.kind, name: resource.name };
      const area = container.getBoundingClientRect();
      const view = canvas.viewbox();
      const point = {
        x: Math.round((view.x + (event.clientX - area.left) / view.scale) / step) * step,
        y: Math.round((view.y + (event.clientY - area.top) / view.scale) / step) * step,
      };
      const shape = modeling.createShape(
        placing.shape(placed.kind, placed) as never,
        point,
        parentAt(event) as never,
      );
      selection.select(shape as never);
      container.querySelector<SVGElement>('svg')?.focus();
    };
    const parentAt = (event: DragEvent): Element => {
      for (const node of document.elementsFromPoint(event.clientX, event.clientY)) {
        const id = node.closest('[data-element-id]')?.getAttribute('data-element-id');
        const element = id ? (elementRegistry.get(id) as Element | undefined) : undefined;
        if (element?.businessObject?.$instanceOf('bpmn:SequenceFlow')) return element;
        if (element?.businessObject?.$instanceOf('bpmn:SubProcess')) return element;
      }
      return canvas.getRootElement() as unknown as Element;
    };
    container.addEventListener('dragenter', over);
    container.addEventListener('dragover', over);
    container.addEventListener('drop', drop);
    eventBus.on('diagram.destroy', () => {
      container.removeEventListener('dragenter', over);
      container.removeEventListener('dragover', over);
      container.removeEventListener('drop', drop);
    });
  }
}

const step = 10;
