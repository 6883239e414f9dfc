import { isEventSubProcess, isFlowNode } from '../structure.ts';
import { extension, localName, type XmlElement } from '../xml/read.ts';
import { activities } from './boundaryEvents.ts';
import type { Rule } from './rule.ts';

/** Stand in a container and do not run. */
const setAside = new Set(
  `documentation extensionElements auditing monitoring property ioSpecification ioBinding laneSet dataObject
  dataObjectReference dataStoreReference textAnnotation association group resourceRole performer humanPerformer
  potentialOwner supportedInterfaceRef correlationSubscription supports incoming outgoing dataInputAssociation
  dataOutputAssociation sequenceFlow completionCondition`
    .split(/\s+/)
    .map((name) => `bpmn:${name}`),
);

/** BPMN 2.0 flow elements that do not run. */
const notExecuted = new Set(
  `transaction implicitThrowEvent complexGateway
  callChoreography choreographyTask subChoreography event`
    .split(/\s+/)
    .map((name) => `bpmn:${name}`),
);

/** What each kind of event can wait for, throw or do. */
const eventDefinitions: { readonly [name: string]: readonly string[] } = {
  // with the last three a process never begins by itself (let in by the real broker)
  'bpmn:startEvent': ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensate'],
  'bpmn:intermediateCatchEvent': ['link', 'timer', 'message', 'signal', 'conditional'],
  'bpmn:intermediateThrowEvent': ['link', 'message', 'signal', 'escalation', 'compensate'],
  'bpmn:boundaryEvent': ['timer', 'error', 'message', 'signal', 'conditional', 'escalation', 'compensate'],
  'bpmn:endEvent': ['terminate', 'error', 'message', 'signal', 'escalation', 'compensate'],
};
const multiInstance = 'bpmn:multiInstanceLoopCharacteristics';
/** A standard loop is let in by the real broker and not executed. */
const standardLoop = 'bpmn:standardLoopCharacteristics';
const loops = new Set([multiInstance, standardLoop]);
/** Other forms of elements that otherwise run. */
const otherForms = ['publishMessage'];

/** What other rules refuse in words of its own. */
function saidElsewhere(node: XmlElement, kind: string): boolean {
  if (kind === 'cancel' || kind === 'conditional' || isEventSubProcess(node.parent)) return true;
  return !['bpmn:startEvent', 'bpmn:intermediateThrowEvent'].includes(node.name);
}

/** Everything that would change how the process runs is executed or refused; nothing is passed over in silence. */
export const supportedElements: Rule = (process, report) => {
  const refuse = (element: XmlElement, type: string) =>
    report.error(
      element,
      'bpmn/unsupported-element',
      `Elements of type '${type}' are currently not supported. Please refer to the documentation for a list of ` +
        'supported elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/',
    );
  const typeOf = (element: XmlElement) => {
    const name = localName(element);
    return name.charAt(0).toUpperCase() + name.slice(1);
  };

  for (const container of process.containers) {
    for (const element of container.element.children) {
      if (isFlowNode(element) || setAside.has(element.name) || loops.has(element.name)) continue;
      if (notExecuted.has(element.name)) refuse(element, typeOf(element));
      else if (element.name.startsWith('bpmn:')) {
        const message = `Expected an element of BPMN 2.0, but found '${localName(element)}'`;
        report.error(element, 'bpmn/unknown-element', message);
      }
    }
  }
  for (const node of process.nodes.values()) {
    for (const name of otherForms) {
      const form = extension(node, name);
      if (form) refuse(form, typeOf(form));
    }
    for (const part of node.children) {
      if (part.name === multiInstance && !activities.has(node.name)) refuse(part, typeOf(part));
      if (part.name === standardLoop)
        report.warning(
          part,
          'bpmn/not-executed',
          'Expected an element that is executed, but a standard loop is not: the activity runs once',
        );
      if (!part.name.endsWith('EventDefinition')) continue;
      const kind = localName(part).slice(0, -'EventDefinition'.length);
      // what begins an event sub-process is another rule's
      if (node.name === 'bpmn:startEvent' && isEventSubProcess(node.parent)) continue;
      if (eventDefinitions[node.name]?.includes(kind)) continue;
      if (!saidElsewhere(node, kind)) refuse(part, typeOf(part));
    }
  }
};
