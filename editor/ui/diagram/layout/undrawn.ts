import type { Moddle } from 'bpmn-js/lib/model/Types';
import type EventBus from 'diagram-js/lib/core/EventBus';
import type { ModdleElement } from '../moddle.ts';
import { isUndrawn, layOutDefinitions, type ModelFactory } from './layOutDefinitions.ts';

/** Files without a diagram, as programs write them, are laid out when they are shown; the file stays as it is. */
export class LayOutUndrawn {
  static $inject = ['eventBus', 'moddle'];

  constructor(eventBus: EventBus, moddle: Moddle) {
    eventBus.on('import.parse.complete', ({ definitions }: { definitions?: ModdleElement }) => {
      if (definitions && isUndrawn(definitions))
        layOutDefinitions(definitions, moddle as unknown as ModelFactory);
    });
  }
}
