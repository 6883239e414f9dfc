/** BPMN for scenarios, written as text. Sequence flows stand in the file where they stand in the list. */

interface TaskOptions {
  type?: string;
  retries?: string;
  /** [source, target] pairs. */
  inputs?: readonly (readonly [string, string])[];
  outputs?: readonly (readonly [string, string])[];
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function bpmn(processId: string, ...content: string[]): string {
  // what stands before the process keeps to one line: refusals name lines
  const root = [
    ...['E1', 'E2', 'E3'].map((code) => `<bpmn:error id="error-${code}" errorCode="${code}" />`),
    ...['M1', 'M2'].map(
      (name) =>
        `<bpmn:message id="message-${name}" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="=key" /></bpmn:extensionElements></bpmn:message>`,
    ),
    '<bpmn:signal id="signal-S1" name="S1" /><bpmn:signal id="signal-named" name="=topic" />',
    ...['X1', 'X2'].map((code) => `<bpmn:escalation id="escalation-${code}" escalationCode="${code}" />`),
  ].join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file" targetNamespace="test">
${root}
${processElement(processId, ...content)}
</bpmn:definitions>`;
}

/** A process of a file that has several. */
export const processElement = (id: string, ...content: string[]) =>
  `<bpmn:process id="${id}" isExecutable="true">
${withReferences(associationsLast(content.join('\n')))}
</bpmn:process>`;

/** Every node names the flows that lead to it and from it, as modelers write them. */
function withReferences(content: string): string {
  const flows = [
    ...content.matchAll(/<bpmn:sequenceFlow id="([^"]*)" sourceRef="([^"]*)" targetRef="([^"]*)"/g),
  ];
  const node =
    /<bpmn:(\w+) id="([^"]*)"([^>]*?)( \/)?>((?:<bpmn:documentation>[^<]*<\/bpmn:documentation>)*(?:<bpmn:extensionElements>[\s\S]*?<\/bpmn:extensionElements>|<bpmn:extensionElements \/>)?)/g;
  return content.replace(node, (whole, name, id, attributes, empty, before) => {
    if (name === 'sequenceFlow') return whole;
    const incoming = flows.filter(([, , , target]) => target === id);
    const outgoing = flows.filter(([, , source]) => source === id);
    const references = [
      ...incoming.map(([, flow]) => `<bpmn:incoming>${flow}</bpmn:incoming>`),
      ...outgoing.map(([, flow]) => `<bpmn:outgoing>${flow}</bpmn:outgoing>`),
    ].join('');
    if (references === '') return whole;
    return `<bpmn:${name} id="${id}"${attributes}>${before}${references}${empty ? `</bpmn:${name}>` : ''}`;
  });
}

/** Associations of a scope come after all its flow elements; those of the scopes in it stay where they are. */
const associationsLast = (content: string) => {
  const placed: string[] = [];
  const rest = content.replace(/<bpmn:association [^>]*>/g, (association) => {
    placed.push(association.replace('association ', 'association\n'));
    return '';
  });
  return rest + placed.join('');
};

export const start = (id = 'start') => `<bpmn:startEvent id="${id}" />`;
export const end = (id = 'end') => `<bpmn:endEvent id="${id}" />`;
export const terminateEnd = (id: string) =>
  `<bpmn:endEvent id="${id}"><bpmn:terminateEventDefinition /></bpmn:endEvent>`;
export const errorEnd = (id: string, code: 'E1' | 'E2' | 'E3') =>
  `<bpmn:endEvent id="${id}"><bpmn:errorEventDefinition errorRef="error-${code}" /></bpmn:endEvent>`;

export const throwEvent = (id: string, outputs: TaskOptions['outputs'] = []) =>
  `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements>${mappings({ outputs })}</bpmn:extensionElements></bpmn:intermediateThrowEvent>`;
const link = (id: string, name: string) =>
  `<bpmn:linkEventDefinition id="${id}-link" name="${escapeXml(name)}" />`;
export const throwLink = (id: string, name: string) =>
  `<bpmn:intermediateThrowEvent id="${id}">${link(id, name)}</bpmn:intermediateThrowEvent>`;
export const catchLink = (id: string, name: string) =>
  `<bpmn:intermediateCatchEvent id="${id}">${link(id, name)}</bpmn:intermediateCatchEvent>`;

export const flow = (source: string, target: string, condition?: string) =>
  `<bpmn:sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}">${
    condition === undefined
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`;

/** Flows along a path. */
export const path = (...ids: string[]) =>
  ids
    .slice(1)
    .map((id, index) => flow(ids[index]!, id))
    .join('\n');

function mappings({ inputs = [], outputs = [] }: TaskOptions): string {
  if (inputs.length + outputs.length === 0) return '';
  const all = (kind: string, pairs: readonly (readonly [string, string])[]) =>
    pairs
      .map(([source, target]) => `<zeebe:${kind} source="${escapeXml(source)}" target="${target}" />`)
      .join('');
  return `<zeebe:ioMapping>${all('input', inputs)}${all('output', outputs)}</zeebe:ioMapping>`;
}

const jobTask = (kind: string, id: string, options: TaskOptions) =>
  `<bpmn:${kind} id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${escapeXml(options.type ?? id)}"${
    options.retries === undefined ? '' : ` retries="${escapeXml(options.retries)}"`
  } />${mappings(options)}</bpmn:extensionElements></bpmn:${kind}>`;

export const serviceTask = (id: string, options: TaskOptions = {}) => jobTask('serviceTask', id, options);
export const sendTask = (id: string, options: TaskOptions = {}) => jobTask('sendTask', id, options);
export const businessRuleTask = (id: string, options: TaskOptions = {}) =>
  jobTask('businessRuleTask', id, options);
export const scriptJobTask = (id: string, options: TaskOptions = {}) => jobTask('scriptTask', id, options);

export const scriptTask = (
  id: string,
  expression: string,
  resultVariable: string,
  options: TaskOptions = {},
) =>
  `<bpmn:scriptTask id="${id}"><bpmn:extensionElements><zeebe:script expression="${escapeXml(expression)}" resultVariable="${resultVariable}" />${mappings(options)}</bpmn:extensionElements></bpmn:scriptTask>`;

/** Tasks that nobody does here: of no kind, or done by hand. */
export const undefinedTask = (id: string, options: TaskOptions = {}) =>
  `<bpmn:task id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements></bpmn:task>`;
export const manualTask = (id: string, options: TaskOptions = {}) =>
  `<bpmn:manualTask id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements></bpmn:manualTask>`;

export const userTask = (id: string, extensions = '') =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask />${extensions}</bpmn:extensionElements></bpmn:userTask>`;

export const jobUserTask = (id: string, extensions = '') =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements>${extensions}</bpmn:extensionElements></bpmn:userTask>`;

export const subProcess = (id: string, options: TaskOptions, ...content: string[]) =>
  `<bpmn:subProcess id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements>${associationsLast(content.join('\n'))}</bpmn:subProcess>`;

/** Waits beside everything else in its scope for what its start event tells. */
export const eventSubProcess = (id: string, ...content: string[]) =>
  `<bpmn:subProcess id="${id}" triggeredByEvent="true"><bpmn:extensionElements></bpmn:extensionElements>${associationsLast(content.join('\n'))}</bpmn:subProcess>`;

interface CallOptions extends TaskOptions {
  binding?: 'deployment' | 'latest' | 'versionTag';
  versionTag?: string;
  allToChild?: boolean;
  allFromChild?: boolean;
}

export const callActivity = (id: string, processId: string, options: CallOptions = {}) =>
  `<bpmn:callActivity id="${id}"><bpmn:extensionElements><zeebe:calledElement processId="${escapeXml(processId)}" bindingType="${options.binding ?? 'latest'}"${
    options.versionTag === undefined ? '' : ` versionTag="${options.versionTag}"`
  } propagateAllParentVariables="${options.allToChild ?? true}" propagateAllChildVariables="${options.allFromChild ?? true}" />${mappings(options)}</bpmn:extensionElements></bpmn:callActivity>`;

export const exclusiveGateway = (id: string, defaultFlow?: string) =>
  `<bpmn:exclusiveGateway id="${id}"${defaultFlow === undefined ? '' : ` default="${defaultFlow}"`} />`;

export const inclusiveGateway = (id: string, defaultFlow?: string) =>
  `<bpmn:inclusiveGateway id="${id}"${defaultFlow === undefined ? '' : ` default="${defaultFlow}"`} />`;

export const parallelGateway = (id: string) => `<bpmn:parallelGateway id="${id}" />`;

interface Time {
  duration?: string;
  date?: string;
  cycle?: string;
}

const timerDefinition = ({ duration, date, cycle }: Time) => {
  const [kind, text] =
    duration !== undefined
      ? ['timeDuration', duration]
      : date !== undefined
        ? ['timeDate', date]
        : ['timeCycle', cycle ?? ''];
  return `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${escapeXml(text)}</bpmn:${kind}></bpmn:timerEventDefinition>`;
};

const catchEvent = (id: string, definition: string, outputs: TaskOptions['outputs'] = []) =>
  `<bpmn:intermediateCatchEvent id="${id}"><bpmn:extensionElements>${mappings({ outputs })}</bpmn:extensionElements>${definition}</bpmn:intermediateCatchEvent>`;

export const catchTimer = (id: string, time: Time) => catchEvent(id, timerDefinition(time));
/** Begins a process, or an event sub-process: there it interrupts unless it is said not to. */
const triggeredStart = (id: string, definition: string, { interrupting, outputs = [] }: BoundaryOptions) => {
  const attribute = interrupting === undefined ? '' : ` isInterrupting="${interrupting}"`;
  return `<bpmn:startEvent id="${id}"${attribute}><bpmn:extensionElements>${mappings({ outputs })}</bpmn:extensionElements>${definition}</bpmn:startEvent>`;
};
export const startTimer = (id: string, time: Time, options: BoundaryOptions = {}) =>
  triggeredStart(id, timerDefinition(time), options);

/** Messages `M1` and `M2` are correlated by the variable `key`. */
type MessageName = 'M1' | 'M2';
const messageDefinition = (name: MessageName) =>
  `<bpmn:messageEventDefinition messageRef="message-${name}" />`;
export const catchMessage = (id: string, name: MessageName, outputs: TaskOptions['outputs'] = []) =>
  catchEvent(id, messageDefinition(name), outputs);
export const startMessage = (id: string, name: MessageName, options: BoundaryOptions = {}) =>
  triggeredStart(id, messageDefinition(name), options);
export const receiveTask = (id: string, name: MessageName, options: TaskOptions = {}) =>
  `<bpmn:receiveTask id="${id}" messageRef="message-${name}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements></bpmn:receiveTask>`;
export const messageBoundary = (
  id: string,
  attachedTo: string,
  name: MessageName,
  options: BoundaryOptions = {},
) => boundary(id, attachedTo, messageDefinition(name), options);
const sentByJob = (type: string) =>
  `<bpmn:extensionElements><zeebe:taskDefinition type="${type}" /></bpmn:extensionElements><bpmn:messageEventDefinition />`;
export const throwMessage = (id: string) =>
  `<bpmn:intermediateThrowEvent id="${id}">${sentByJob(id)}</bpmn:intermediateThrowEvent>`;
export const messageEnd = (id: string) => `<bpmn:endEvent id="${id}">${sentByJob(id)}</bpmn:endEvent>`;

/** The signal `S1`, or the one that the variable `topic` names. */
type SignalId = 'S1' | 'named';
const signalDefinition = (signal: SignalId) => `<bpmn:signalEventDefinition signalRef="signal-${signal}" />`;
export const catchSignal = (id: string, signal: SignalId = 'S1') => catchEvent(id, signalDefinition(signal));
export const startSignal = (id: string, signal: SignalId = 'S1', options: BoundaryOptions = {}) =>
  triggeredStart(id, signalDefinition(signal), options);
export const signalBoundary = (id: string, attachedTo: string, options: BoundaryOptions = {}) =>
  boundary(id, attachedTo, signalDefinition('S1'), options);
const throwing = (tag: string, id: string, definition: string, options: TaskOptions) =>
  `<bpmn:${tag} id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements>${definition}</bpmn:${tag}>`;
export const throwSignal = (id: string, signal: SignalId = 'S1', options: TaskOptions = {}) =>
  throwing('intermediateThrowEvent', id, signalDefinition(signal), options);
export const signalEnd = (id: string, signal: SignalId = 'S1', options: TaskOptions = {}) =>
  throwing('endEvent', id, signalDefinition(signal), options);

/** Happens when `condition` becomes true; `filter` narrows which changes of its variables count. */
interface ConditionOptions extends BoundaryOptions {
  filter?: { variableNames?: string; variableEvents?: string };
}
const conditionDefinition = (condition: string, { filter }: ConditionOptions) => {
  const attributes = Object.entries(filter ?? {}).map(([name, value]) => `${name}="${value}"`);
  const narrowed = filter
    ? `<bpmn:extensionElements><zeebe:conditionalFilter ${attributes.join(' ')} /></bpmn:extensionElements>`
    : '';
  return `<bpmn:conditionalEventDefinition>${narrowed}<bpmn:condition xsi:type="bpmn:tFormalExpression">${escapeXml(condition)}</bpmn:condition></bpmn:conditionalEventDefinition>`;
};
export const catchCondition = (id: string, condition: string, options: ConditionOptions = {}) =>
  catchEvent(id, conditionDefinition(condition, options), options.outputs);
export const startCondition = (id: string, condition: string, options: ConditionOptions = {}) =>
  triggeredStart(id, conditionDefinition(condition, options), options);
export const conditionBoundary = (
  id: string,
  attachedTo: string,
  condition: string,
  options: ConditionOptions = {},
) => boundary(id, attachedTo, conditionDefinition(condition, options), options);

type EscalationCode = 'X1' | 'X2';
const escalationDefinition = (code: EscalationCode | undefined) =>
  `<bpmn:escalationEventDefinition${code === undefined ? '' : ` escalationRef="escalation-${code}"`} />`;
/** Without a code it catches all. */
export const startEscalation = (
  id: string,
  code: EscalationCode | undefined,
  options: BoundaryOptions = {},
) => triggeredStart(id, escalationDefinition(code), options);
export const throwEscalation = (id: string, code: EscalationCode) =>
  throwing('intermediateThrowEvent', id, escalationDefinition(code), {});
export const escalationEnd = (id: string, code: EscalationCode) =>
  throwing('endEvent', id, escalationDefinition(code), {});
/** Without a code it catches all. */
export const escalationBoundary = (
  id: string,
  attachedTo: string,
  code: EscalationCode | undefined,
  options: BoundaryOptions = {},
) => boundary(id, attachedTo, escalationDefinition(code), options);

export const eventGateway = (id: string) => `<bpmn:eventBasedGateway id="${id}" />`;

interface BoundaryOptions {
  interrupting?: boolean;
  outputs?: TaskOptions['outputs'];
}

const boundary = (id: string, attachedTo: string, definition: string, options: BoundaryOptions) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${attachedTo}" cancelActivity="${options.interrupting ?? true}"><bpmn:extensionElements>${mappings(
    { outputs: options.outputs ?? [] },
  )}</bpmn:extensionElements>${definition}</bpmn:boundaryEvent>`;

export const timerBoundary = (id: string, attachedTo: string, time: Time, options: BoundaryOptions = {}) =>
  boundary(id, attachedTo, timerDefinition(time), options);

/** `E1` to `E3`; without a code it catches all. */
const errorDefinition = (code: 'E1' | 'E2' | 'E3' | undefined) =>
  `<bpmn:errorEventDefinition${code === undefined ? '' : ` errorRef="error-${code}"`} />`;
export const startError = (id: string, code: 'E1' | 'E2' | 'E3' | undefined, options: BoundaryOptions = {}) =>
  triggeredStart(id, errorDefinition(code), options);
export const errorBoundary = (
  id: string,
  attachedTo: string,
  code: 'E1' | 'E2' | 'E3' | undefined,
  options: BoundaryOptions = {},
) => boundary(id, attachedTo, errorDefinition(code), options);

// compensation

/** Called once for each time that the activity was done: the activity with its handler, which no flow leads to. */
export const compensable = (activity: string, handler: string) => {
  const idOf = (element: string) => / id="([^"]+)"/.exec(element)![1]!;
  const undo = `${idOf(activity)}-undo`;
  return [
    activity,
    `<bpmn:boundaryEvent id="${undo}" attachedToRef="${idOf(activity)}"><bpmn:compensateEventDefinition id="${undo}-definition" /></bpmn:boundaryEvent>`,
    handler.replace(/ id="/, ' isForCompensation="true" id="'),
    `<bpmn:association id="${undo}-${idOf(handler)}" sourceRef="${undo}" targetRef="${idOf(handler)}" associationDirection="One" />`,
  ].join('\n');
};
/** Without an activity it compensates all that was done in its scope. */
const compensation = (id: string, activity: string | undefined) =>
  `<bpmn:compensateEventDefinition id="${id}-definition"${activity === undefined ? '' : ` activityRef="${activity}"`} />`;
export const throwCompensation = (id: string, activity?: string, options: TaskOptions = {}) =>
  throwing('intermediateThrowEvent', id, compensation(id, activity), options);
export const compensationEnd = (id: string, activity?: string, options: TaskOptions = {}) =>
  throwing('endEvent', id, compensation(id, activity), options);

interface LoopOptions {
  sequential?: boolean;
  /** An expression, as all of these but `collection`. */
  over: string;
  as?: string;
  collection?: string;
  element?: string;
  until?: string;
}

/** The activity once for every item of a list. */
export const multiInstance = (activity: string, { sequential = false, over, ...options }: LoopOptions) => {
  const attribute = (name: string, text: string | undefined) =>
    text === undefined ? '' : ` ${name}="${escapeXml(text)}"`;
  const marker = `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="${escapeXml(over)}"${attribute('inputElement', options.as)}${attribute('outputCollection', options.collection)}${attribute('outputElement', options.element)} /></bpmn:extensionElements>${
    options.until === undefined
      ? ''
      : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escapeXml(options.until)}</bpmn:completionCondition>`
  }</bpmn:multiInstanceLoopCharacteristics>`;
  // the flow elements of a sub-process come last
  const place = /^<bpmn:(subProcess|adHocSubProcess)/.test(activity)
    ? '</bpmn:extensionElements>'
    : /<\/bpmn:\w+>$/;
  return activity.replace(place, (close) => (typeof place === 'string' ? close + marker : marker + close));
};

/** The element with jobs before and after its work: `start:type` or `end:type`. */
export const listening = (element: string, ...listeners: string[]) => {
  const extension = `<zeebe:executionListeners>${listeners
    .map((listener) => {
      const [eventType, type] = listener.split(':') as [string, string];
      return `<zeebe:executionListener eventType="${eventType}" type="${escapeXml(type)}" />`;
    })
    .join('')}</zeebe:executionListeners>`;
  if (element.includes('<bpmn:extensionElements>'))
    return element.replace('<bpmn:extensionElements>', `<bpmn:extensionElements>${extension}`);
  const extensions = `<bpmn:extensionElements>${extension}</bpmn:extensionElements>`;
  return element.replace(/^<(bpmn:\w+)([^>]*?) \/>$/, `<$1$2>${extensions}</$1>`);
};

interface AdHocOptions extends TaskOptions {
  /** Expressions, as `element` and `until`. */
  active?: string;
  collection?: string;
  element?: string;
  until?: string;
  cancelRemaining?: boolean;
}

/** Elements without order. With a `type` a worker says which of them are done. */
export const adHocSubProcess = (id: string, options: AdHocOptions, ...content: string[]) => {
  const attribute = (name: string, text: string | undefined) =>
    text === undefined ? '' : ` ${name}="${escapeXml(text)}"`;
  const adHoc = `<zeebe:adHoc${attribute('activeElementsCollection', options.active)}${attribute('outputCollection', options.collection)}${attribute('outputElement', options.element)} />`;
  const work = options.type === undefined ? '' : `<zeebe:taskDefinition type="${escapeXml(options.type)}" />`;
  const until =
    options.until === undefined
      ? ''
      : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${escapeXml(options.until)}</bpmn:completionCondition>`;
  const cancel =
    options.cancelRemaining === undefined ? '' : ` cancelRemainingInstances="${options.cancelRemaining}"`;
  return `<bpmn:adHocSubProcess id="${id}"${cancel}><bpmn:extensionElements>${adHoc}${work}${mappings(options)}</bpmn:extensionElements>${content.join('\n')}${until}</bpmn:adHocSubProcess>`;
};
