import type { ExecutableElement } from '../executable.ts';
import type { FlowNodeName } from '../structure.ts';
import type { XmlElement } from '../xml/read.ts';
import { adHocSubProcess } from './adHocSubProcess.ts';
import { boundaryEvent } from './boundaryEvent.ts';
import { businessRuleTask } from './businessRuleTask.ts';
import { callActivity } from './callActivity.ts';
import type { TransformContext } from './context.ts';
import { endEvent } from './endEvent.ts';
import { eventBasedGateway } from './eventBasedGateway.ts';
import { exclusiveGateway } from './exclusiveGateway.ts';
import { inclusiveGateway } from './inclusiveGateway.ts';
import { intermediateCatchEvent } from './intermediateCatchEvent.ts';
import { intermediateThrowEvent } from './intermediateThrowEvent.ts';
import { manualTask } from './manualTask.ts';
import { parallelGateway } from './parallelGateway.ts';
import { receiveTask } from './receiveTask.ts';
import { scriptTask } from './scriptTask.ts';
import { sendTask } from './sendTask.ts';
import { serviceTask } from './serviceTask.ts';
import { startEvent } from './startEvent.ts';
import { subProcess } from './subProcess.ts';
import { undefinedTask } from './undefinedTask.ts';
import { userTask } from './userTask.ts';

/** Makes the executable form of one flow node; undefined where a rule has reported why there is none. */
export type Transformer = (context: TransformContext, element: XmlElement) => ExecutableElement | undefined;

export const transformers = {
  'bpmn:startEvent': startEvent,
  'bpmn:endEvent': endEvent,
  'bpmn:intermediateCatchEvent': intermediateCatchEvent,
  'bpmn:intermediateThrowEvent': intermediateThrowEvent,
  'bpmn:boundaryEvent': boundaryEvent,
  'bpmn:task': undefinedTask,
  'bpmn:manualTask': manualTask,
  'bpmn:serviceTask': serviceTask,
  'bpmn:sendTask': sendTask,
  'bpmn:receiveTask': receiveTask,
  'bpmn:scriptTask': scriptTask,
  'bpmn:businessRuleTask': businessRuleTask,
  'bpmn:userTask': userTask,
  'bpmn:exclusiveGateway': exclusiveGateway,
  'bpmn:parallelGateway': parallelGateway,
  'bpmn:inclusiveGateway': inclusiveGateway,
  'bpmn:eventBasedGateway': eventBasedGateway,
  'bpmn:subProcess': subProcess,
  'bpmn:adHocSubProcess': adHocSubProcess,
  'bpmn:callActivity': callActivity,
} satisfies { [N in FlowNodeName]: Transformer };
