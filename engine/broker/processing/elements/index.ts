import type { ExecutableElement } from '@baton/engine/model';
import type { ElementType } from '@baton/engine/protocol';
import type { ElementProcessor } from '../elementContext.ts';
import { boundaryEvent } from './boundaryEvent.ts';
import { endEvent } from './endEvent.ts';
import { eventBasedGateway } from './eventBasedGateway.ts';
import { exclusiveGateway } from './exclusiveGateway.ts';
import { intermediateCatchEvent } from './intermediateCatchEvent.ts';
import { intermediateThrowEvent } from './intermediateThrowEvent.ts';
import { parallelGateway } from './parallelGateway.ts';
import { process } from './process.ts';
import { receiveTask } from './receiveTask.ts';
import { serviceTask } from './serviceTask.ts';
import { startEvent } from './startEvent.ts';
import { subProcess } from './subProcess.ts';
import { userTask } from './userTask.ts';

/** Every kind of element the broker runs. */
export const elements = {
  PROCESS: process,
  SUB_PROCESS: subProcess,
  START_EVENT: startEvent,
  INTERMEDIATE_CATCH_EVENT: intermediateCatchEvent,
  INTERMEDIATE_THROW_EVENT: intermediateThrowEvent,
  BOUNDARY_EVENT: boundaryEvent,
  END_EVENT: endEvent,
  SERVICE_TASK: serviceTask,
  SEND_TASK: serviceTask,
  RECEIVE_TASK: receiveTask,
  USER_TASK: userTask,
  EXCLUSIVE_GATEWAY: exclusiveGateway,
  PARALLEL_GATEWAY: parallelGateway,
  EVENT_BASED_GATEWAY: eventBasedGateway,
} satisfies { [T in ElementType]: ElementProcessor<T> };

/** The processor of an element whose kind is known at run time only. */
export function processorOf(element: ExecutableElement): ElementProcessor<ElementType> {
  return elements[element.type] as ElementProcessor<ElementType>;
}
