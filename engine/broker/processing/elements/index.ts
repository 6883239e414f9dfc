import type { ExecutableElement } from '@baton/engine/model';
import type { ElementType } from '@baton/engine/protocol';
import type { ElementProcessor } from '../elementContext.ts';
import { adHocInnerInstance } from './adHocInnerInstance.ts';
import { adHocSubProcess } from './adHocSubProcess.ts';
import { boundaryEvent } from './boundaryEvent.ts';
import { businessRuleTask } from './businessRuleTask.ts';
import { callActivity } from './callActivity.ts';
import { endEvent } from './endEvent.ts';
import { eventBasedGateway } from './eventBasedGateway.ts';
import { eventSubProcess } from './eventSubProcess.ts';
import { exclusiveGateway } from './exclusiveGateway.ts';
import { inclusiveGateway } from './inclusiveGateway.ts';
import { intermediateCatchEvent } from './intermediateCatchEvent.ts';
import { intermediateThrowEvent } from './intermediateThrowEvent.ts';
import { jobTask } from './jobTask.ts';
import { multiInstanceBody } from './multiInstanceBody.ts';
import { parallelGateway } from './parallelGateway.ts';
import { passedTask } from './passedTask.ts';
import { process } from './process.ts';
import { receiveTask } from './receiveTask.ts';
import { scriptTask } from './scriptTask.ts';
import { startEvent } from './startEvent.ts';
import { subProcess } from './subProcess.ts';
import { userTask } from './userTask.ts';

/** Every kind of element the broker runs. */
export const elements = {
  PROCESS: process,
  SUB_PROCESS: subProcess,
  EVENT_SUB_PROCESS: eventSubProcess,
  AD_HOC_SUB_PROCESS: adHocSubProcess,
  AD_HOC_SUB_PROCESS_INNER_INSTANCE: adHocInnerInstance,
  CALL_ACTIVITY: callActivity,
  MULTI_INSTANCE_BODY: multiInstanceBody,
  START_EVENT: startEvent,
  INTERMEDIATE_CATCH_EVENT: intermediateCatchEvent,
  INTERMEDIATE_THROW_EVENT: intermediateThrowEvent,
  BOUNDARY_EVENT: boundaryEvent,
  END_EVENT: endEvent,
  TASK: passedTask,
  MANUAL_TASK: passedTask,
  SERVICE_TASK: jobTask,
  SEND_TASK: jobTask,
  RECEIVE_TASK: receiveTask,
  SCRIPT_TASK: scriptTask,
  BUSINESS_RULE_TASK: businessRuleTask,
  USER_TASK: userTask,
  EXCLUSIVE_GATEWAY: exclusiveGateway,
  PARALLEL_GATEWAY: parallelGateway,
  INCLUSIVE_GATEWAY: inclusiveGateway,
  EVENT_BASED_GATEWAY: eventBasedGateway,
} satisfies { [T in ElementType]: ElementProcessor<T> };

/** The processor of an element whose kind is known at run time only. */
export function processorOf(element: ExecutableElement): ElementProcessor<ElementType> {
  return elements[element.type] as ElementProcessor<ElementType>;
}
