import { child, childrenNamed, idOf, localPart, nameOf, type XmlElement } from './xml/read.ts';

/** The sequence flows and flow nodes of one container, as the file has them. */
export interface Container {
  readonly element: XmlElement;
  readonly nodes: readonly XmlElement[];
  readonly flows: readonly XmlElement[];
}

/** Everything rules and transformers ask about one executable process. */
export interface Structure {
  readonly definitions: XmlElement;
  readonly process: XmlElement;
  /** The process and its sub-processes, outer before inner. */
  readonly containers: readonly Container[];
  /** Flow nodes of all containers, by id. */
  readonly nodes: ReadonlyMap<string, XmlElement>;
  readonly flows: ReadonlyMap<string, XmlElement>;
  outgoing(nodeId: string): readonly XmlElement[];
  incoming(nodeId: string): readonly XmlElement[];
  /** A child of the definitions: an error, a message. */
  root(name: string, id: string): XmlElement | undefined;
}

/** The flow nodes that run. What is not here, and is not set aside below, is refused. */
export const flowNodeNames = [
  'bpmn:startEvent',
  'bpmn:endEvent',
  'bpmn:intermediateCatchEvent',
  'bpmn:intermediateThrowEvent',
  'bpmn:boundaryEvent',
  'bpmn:task',
  'bpmn:manualTask',
  'bpmn:serviceTask',
  'bpmn:sendTask',
  'bpmn:receiveTask',
  'bpmn:scriptTask',
  'bpmn:businessRuleTask',
  'bpmn:userTask',
  'bpmn:exclusiveGateway',
  'bpmn:parallelGateway',
  'bpmn:inclusiveGateway',
  'bpmn:eventBasedGateway',
  'bpmn:subProcess',
  'bpmn:adHocSubProcess',
  'bpmn:callActivity',
] as const;
export type FlowNodeName = (typeof flowNodeNames)[number];

/** What holds flow nodes. A transaction does not run, but what it holds is looked at all the same. */
const containerNames: ReadonlySet<string> = new Set([
  'bpmn:subProcess',
  'bpmn:adHocSubProcess',
  'bpmn:transaction',
]);

const flowNodes: ReadonlySet<string> = new Set(flowNodeNames);

export function isFlowNode(element: XmlElement): boolean {
  return flowNodes.has(element.name);
}

export function structureOf(definitions: XmlElement, process: XmlElement): Structure {
  const containers: Container[] = [];
  const collect = (element: XmlElement) => {
    const nodes = element.children.filter(isFlowNode);
    containers.push({ element, nodes, flows: childrenNamed(element, 'bpmn:sequenceFlow') });
    for (const one of element.children) if (containerNames.has(one.name)) collect(one);
  };
  collect(process);
  const flows = containers.flatMap((container) => container.flows);
  const bySource = groupBy(flows, 'sourceRef');
  const byTarget = groupBy(flows, 'targetRef');
  return {
    definitions,
    process,
    containers,
    nodes: new Map(containers.flatMap((container) => container.nodes.map((node) => [idOf(node), node]))),
    flows: new Map(flows.map((flow) => [idOf(flow), flow])),
    outgoing: (nodeId) => bySource.get(nodeId) ?? [],
    incoming: (nodeId) => byTarget.get(nodeId) ?? [],
    root: (name, id) => definitions.children.find((one) => one.name === name && idOf(one) === id),
  };
}

/** Whether a node names the flow as one that goes out of it, or in: the real broker's rules go by these names alone. */
export function namesFlow(node: XmlElement, direction: 'outgoing' | 'incoming', flow: XmlElement): boolean {
  return childrenNamed(node, `bpmn:${direction}`).some(({ text }) => localPart(text.trim()) === idOf(flow));
}

/** The catch events of a container that a link of this name leads to: one, or the model is refused. */
export function catchLinks(container: XmlElement, name: string): XmlElement[] {
  return childrenNamed(container, 'bpmn:intermediateCatchEvent').filter((event) => {
    const link = child(event, 'bpmn:linkEventDefinition');
    return link !== undefined && nameOf(link) === name;
  });
}

/** The message that an event or a receive task names. */
export function messageOf(structure: Pick<Structure, 'root'>, node: XmlElement): XmlElement | undefined {
  const reference = node.name === 'bpmn:receiveTask' ? node : child(node, 'bpmn:messageEventDefinition');
  return reference && structure.root('bpmn:message', reference.attributes.messageRef ?? '');
}

/** The signal that an event names. */
export function signalOf(structure: Pick<Structure, 'root'>, node: XmlElement): XmlElement | undefined {
  const reference = child(node, 'bpmn:signalEventDefinition');
  return reference && structure.root('bpmn:signal', reference.attributes.signalRef ?? '');
}

/** Waits in its scope for what its start event tells, beside all flows. */
export function isEventSubProcess(element: XmlElement | undefined): boolean {
  return element?.name === 'bpmn:subProcess' && element.attributes.triggeredByEvent === 'true';
}

/** What undoes the activity when it was done: the boundary event that says so, and the handler that it is associated with. */
export function compensationOf(
  { nodes }: Pick<Structure, 'nodes'>,
  activity: XmlElement,
): { event: XmlElement; handler: XmlElement } | undefined {
  for (const event of nodes.values()) {
    if (event.attributes.attachedToRef !== idOf(activity) || !isCompensation(event)) continue;
    const [handler] = associated(event)
      .map((id) => nodes.get(id))
      .filter((node) => node !== undefined);
    return handler && { event, handler };
  }
  return undefined;
}

export function isCompensation(event: XmlElement): boolean {
  return child(event, 'bpmn:compensateEventDefinition') !== undefined;
}

/** Ids of what an association of the same scope leads to from the element. */
export function associated(element: XmlElement): string[] {
  return childrenNamed(element.parent!, 'bpmn:association')
    .filter(({ attributes }) => attributes.sourceRef === idOf(element))
    .map(({ attributes }) => attributes.targetRef ?? '');
}

/** The event definitions of an event; none for a none event. */
export function eventDefinitions(event: XmlElement): XmlElement[] {
  return event.children.filter((part) => part.name.endsWith('EventDefinition'));
}

function groupBy(flows: readonly XmlElement[], reference: string): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>();
  for (const flow of flows) {
    const id = flow.attributes[reference] ?? '';
    const group = groups.get(id);
    if (group) group.push(flow);
    else groups.set(id, [flow]);
  }
  return groups;
}
