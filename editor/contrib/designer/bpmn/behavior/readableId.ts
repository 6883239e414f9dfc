import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type { Element } from 'bpmn-js/lib/model/Types';
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import type EventBus from 'diagram-js/lib/core/EventBus';
import { isGeneratedId, type ReadableIds } from '../readableIds.ts';

/** The first name given to an element becomes its id; an id somebody chose stays. */
export class ReadableIdBehavior extends CommandInterceptor {
  static override $inject = ['eventBus', 'modeling', 'readableIds'];

  constructor(eventBus: EventBus, modeling: Modeling, readableIds: ReadableIds) {
    super(eventBus);
    (
      this as unknown as { postExecuted(on: string, run: (context: Context) => void, unwrap: boolean): void }
    ).postExecuted(
      'element.updateLabel',
      ({ element, newLabel }) => {
        const named = element.labelTarget ?? element;
        if (!newLabel || !isGeneratedId(named.businessObject.id)) return;
        const id = readableIds.for(newLabel);
        if (id) modeling.updateProperties(named, { id });
      },
      true,
    );
  }
}

interface Context {
  element: Element & { labelTarget?: Element };
  newLabel: string | undefined;
}
