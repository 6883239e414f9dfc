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
<bpmn:process id="${processId}" isExecutable="true">
${content.join('\n')}
</bpmn:process>
</bpmn:definitions>`;
}

export const start = (id = 'start') => `<bpmn:startEvent id="${id}" />`;
export const end = (id = 'end') => `<bpmn:endEvent id="${id}" />`;

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
  `<bpmn:subProcess id="${id}"><bpmn:extensionElements>${mappings(options)}</bpmn:extensionElements>${content.join('\n')}</bpmn:subProcess>`;

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

interface BoundaryOptions {
  interrupting?: boolean;
  outputs?: TaskOptions['outputs'];
}

const boundary = (id: string, attachedTo: string, definition: string, options: BoundaryOptions) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${attachedTo}" cancelActivity="${options.interrupting ?? true}"><bpmn:extensionElements>${mappings(
    { outputs: options.outputs ?? [] },
  )}</bpmn:extensionElements>${definition}</bpmn:boundaryEvent>`;

export const timerBoundary = (
  id: string,
  attachedTo: string,
  time: { duration?: string; date?: string; cycle?: string },
  options: BoundaryOptions = {},
) => {
  const [kind, text] =
    time.duration !== undefined
      ? ['timeDuration', time.duration]
      : time.date !== undefined
        ? ['timeDate', time.date]
        : ['timeCycle', time.cycle ?? ''];
  return boundary(
    id,
    attachedTo,
    `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${escapeXml(text)}</bpmn:${kind}></bpmn:timerEventDefinition>`,
    options,
  );
};

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
  return activity.replace(/<\/bpmn:\w+>$/, (close) => marker + close);
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
