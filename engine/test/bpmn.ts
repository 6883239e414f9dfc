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
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file" targetNamespace="test">
${['E1', 'E2', 'E3'].map((code) => `<bpmn:error id="error-${code}" errorCode="${code}" />`).join('\n')}
${['M1', 'M2'].map((name) => `<bpmn:message id="message-${name}" name="${name}"><bpmn:extensionElements><zeebe:subscription correlationKey="=key" /></bpmn:extensionElements></bpmn:message>`).join('\n')}
<bpmn:signal id="signal-S1" name="S1" /><bpmn:signal id="signal-named" name="=topic" />
${['X1', 'X2'].map((code) => `<bpmn:escalation id="escalation-${code}" escalationCode="${code}" />`).join('')}
<bpmn:process id="${processId}" isExecutable="true">
${content.join('\n')}
</bpmn:process>
</bpmn:definitions>`;
}

export const start = (id = 'start') => `<bpmn:startEvent id="${id}" />`;
export const end = (id = 'end') => `<bpmn:endEvent id="${id}" />`;
export const terminateEnd = (id: string) =>
  `<bpmn:endEvent id="${id}"><bpmn:terminateEventDefinition /></bpmn:endEvent>`;
export const errorEnd = (id: string, code: 'E1' | 'E2' | 'E3') =>
  `<bpmn:endEvent id="${id}"><bpmn:errorEventDefinition errorRef="error-${code}" /></bpmn:endEvent>`;

export const throwEvent = (id: string, outputs: TaskOptions['outputs'] = []) =>
  `<bpmn:intermediateThrowEvent id="${id}"><bpmn:extensionElements>${mappings({ outputs })}</bpmn:extensionElements></bpmn:intermediateThrowEvent>`;
const link = (name: string) => `<bpmn:linkEventDefinition name="${escapeXml(name)}" />`;
export const throwLink = (id: string, name: string) =>
  `<bpmn:intermediateThrowEvent id="${id}">${link(name)}</bpmn:intermediateThrowEvent>`;
export const catchLink = (id: string, name: string) =>
  `<bpmn:intermediateCatchEvent id="${id}">${link(name)}</bpmn:intermediateCatchEvent>`;

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

export const serviceTask = (id: string, options: TaskOptions = {}) =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${escapeXml(options.type ?? id)}"${
    options.retries === undefined ? '' : ` retries="${escapeXml(options.retries)}"`
  } />${mappings(options)}</bpmn:extensionElements></bpmn:serviceTask>`;

export const userTask = (id: string, extensions = '') =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask />${extensions}</bpmn:extensionElements></bpmn:userTask>`;

export const jobUserTask = (id: string, extensions = '') =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements>${extensions}</bpmn:extensionElements></bpmn:userTask>`;

export const subProcess = (id: string, options: TaskOptions, ...content: string[]) =>
  `<bpmn:subProcess id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements>${content.join('\n')}</bpmn:subProcess>`;

export const exclusiveGateway = (id: string, defaultFlow?: string) =>
  `<bpmn:exclusiveGateway id="${id}"${defaultFlow === undefined ? '' : ` default="${defaultFlow}"`} />`;

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
export const startTimer = (id: string, time: Time) =>
  `<bpmn:startEvent id="${id}">${timerDefinition(time)}</bpmn:startEvent>`;

/** Messages `M1` and `M2` are correlated by the variable `key`. */
type MessageName = 'M1' | 'M2';
const messageDefinition = (name: MessageName) =>
  `<bpmn:messageEventDefinition messageRef="message-${name}" />`;
export const catchMessage = (id: string, name: MessageName, outputs: TaskOptions['outputs'] = []) =>
  catchEvent(id, messageDefinition(name), outputs);
export const startMessage = (id: string, name: MessageName) =>
  `<bpmn:startEvent id="${id}">${messageDefinition(name)}</bpmn:startEvent>`;
export const receiveTask = (id: string, name: MessageName, options: TaskOptions = {}) =>
  `<bpmn:receiveTask id="${id}" messageRef="message-${name}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements></bpmn:receiveTask>`;
export const messageBoundary = (
  id: string,
  attachedTo: string,
  name: MessageName,
  options: BoundaryOptions = {},
) => boundary(id, attachedTo, messageDefinition(name), options);
export const sendTask = (id: string) =>
  `<bpmn:sendTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${id}" /></bpmn:extensionElements></bpmn:sendTask>`;
const sentByJob = (type: string) =>
  `<bpmn:extensionElements><zeebe:taskDefinition type="${type}" /></bpmn:extensionElements><bpmn:messageEventDefinition />`;
export const throwMessage = (id: string) =>
  `<bpmn:intermediateThrowEvent id="${id}">${sentByJob(id)}</bpmn:intermediateThrowEvent>`;
export const messageEnd = (id: string) => `<bpmn:endEvent id="${id}">${sentByJob(id)}</bpmn:endEvent>`;

/** The signal `S1`, or the one that the variable `topic` names. */
type SignalId = 'S1' | 'named';
const signalDefinition = (signal: SignalId) => `<bpmn:signalEventDefinition signalRef="signal-${signal}" />`;
export const catchSignal = (id: string, signal: SignalId = 'S1') => catchEvent(id, signalDefinition(signal));
export const startSignal = (id: string, signal: SignalId = 'S1') =>
  `<bpmn:startEvent id="${id}">${signalDefinition(signal)}</bpmn:startEvent>`;
export const signalBoundary = (id: string, attachedTo: string, options: BoundaryOptions = {}) =>
  boundary(id, attachedTo, signalDefinition('S1'), options);
const throwing = (tag: string, id: string, definition: string, options: TaskOptions) =>
  `<bpmn:${tag} id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements>${definition}</bpmn:${tag}>`;
export const throwSignal = (id: string, signal: SignalId = 'S1', options: TaskOptions = {}) =>
  throwing('intermediateThrowEvent', id, signalDefinition(signal), options);
export const signalEnd = (id: string, signal: SignalId = 'S1', options: TaskOptions = {}) =>
  throwing('endEvent', id, signalDefinition(signal), options);

type EscalationCode = 'X1' | 'X2';
const escalationDefinition = (code: EscalationCode | undefined) =>
  `<bpmn:escalationEventDefinition${code === undefined ? '' : ` escalationRef="escalation-${code}"`} />`;
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
export const errorBoundary = (
  id: string,
  attachedTo: string,
  code: 'E1' | 'E2' | 'E3' | undefined,
  options: BoundaryOptions = {},
) =>
  boundary(
    id,
    attachedTo,
    `<bpmn:errorEventDefinition${code === undefined ? '' : ` errorRef="error-${code}"`} />`,
    options,
  );
