import type { Moddle } from 'bpmn-js/lib/model/Types';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type { ModdleElement } from '../moddle.ts';
import { isUndrawn, layOutDefinitions, type ModelFactory } from './layOutDefinitions.ts';

/** A file as it was read; without `definitions` it could not be. */
interface Read {
  definitions?: ModdleElement;
  elementsById: { [id: string]: ModdleElement };
}

/** Files without a diagram, as programs write them, are laid out when they are shown; the file stays as it is. */
export class LayOutUndrawn {
  static $inject = ['eventBus', 'moddle'];

  constructor(eventBus: EventBus, moddle: Moddle) {
    eventBus.on('import.parse.complete', ({ definitions, elementsById }: Read) => {
      if (definitions && isUndrawn(definitions))
        layOutDefinitions(definitions, moddle as unknown as ModelFactory, elementsById);
    });
  }
}
