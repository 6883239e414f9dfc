import type { Element } from 'bpmn-js/lib/model/Types';
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import type EventBus from 'diagram-js/lib/core/EventBus';
import { extensionOf } from '../../../../ui/diagram/index.ts';
import type { Extensions } from '../extensions.ts';

/** A new user task is one of Zeebe's own, which appears in the inbox, not a job for a worker. */
export class UserTaskBehavior extends CommandInterceptor {
  static override $inject = ['eventBus', 'extensions'];

  constructor(eventBus: EventBus, extensions: Extensions) {
    super(eventBus);
    const commands = ['shape.create', 'shape.replace'];
    (
      this as unknown as {
        postExecuted(on: string[], run: (context: Context) => void, unwrap: boolean): void;
      }
    ).postExecuted(
      commands,
      (context) => {
        const shape = context.newShape ?? context.shape;
        if (!shape?.businessObject?.$instanceOf?.('bpmn:UserTask')) return;
        if (!extensionOf(shape.businessObject, 'zeebe:UserTask'))
          extensions.write(shape, 'zeebe:UserTask', {});
      },
      true,
    );
  }
}

interface Context {
  shape?: Element;
  newShape?: Element;
}
