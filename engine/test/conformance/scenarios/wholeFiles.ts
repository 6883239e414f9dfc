import { deploy, type Scenarios } from '../scenario.ts';

const p = 'wholeFile';
const start = '<bpmn:startEvent id="s" />';
const flow = (id: string, from: string, to: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`;
const executable = (...content: string[]) =>
  `<bpmn:process id="${p}" isExecutable="true">${start}${content.join('')}</bpmn:process>`;
const drawn = (...content: string[]) => `<bpmn:process id="drawn">${content.join('')}</bpmn:process>`;
const extended = (name: string, content: string, more = '') =>
  `<bpmn:${name}><bpmn:extensionElements>${content}</bpmn:extensionElements>${more}</bpmn:${name.split(' ')[0]}>`;
const message = '<bpmn:message id="m" />';
const named = '<bpmn:message id="m" name="n" />';
const waits = '<bpmn:messageEventDefinition messageRef="m" />';
const timer =
  '<bpmn:timerEventDefinition><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>';
const daily = '<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>';
const handler = (id: string, ...definitions: string[]) =>
  `<bpmn:subProcess id="${id}" triggeredByEvent="true">${definitions
    .map((one, place) => `<bpmn:startEvent id="${id}${place}">${one}</bpmn:startEvent>`)
    .join('')}</bpmn:subProcess>`;
const boundary = (id: string, definition: string) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="a"><bpmn:${definition} /></bpmn:boundaryEvent>`;
const conditional = (from: string) =>
  `<bpmn:task id="b" /><bpmn:sequenceFlow id="f" sourceRef="${from}" targetRef="b"><bpmn:conditionExpression>=x</bpmn:conditionExpression></bpmn:sequenceFlow>`;
const gatewayWithout = (kind: string) =>
  executable(
    `<bpmn:${kind} id="g"><bpmn:outgoing>f1</bpmn:outgoing><bpmn:outgoing>f2</bpmn:outgoing></bpmn:${kind}>`,
    `${flow('f0', 's', 'g')}${flow('f1', 'g', 'b')}${flow('f2', 'g', 'c')}<bpmn:task id="b" /><bpmn:task id="c" />`,
  );
const eventGateway = (names: string, other = '') =>
  executable(
    `<bpmn:eventBasedGateway id="g">${names}</bpmn:eventBasedGateway>${flow('f0', 's', 'g')}`,
    ...['b', 'c'].map(
      (id) =>
        `<bpmn:intermediateCatchEvent id="${id}">${timer}</bpmn:intermediateCatchEvent>${flow(`f${id}`, 'g', id)}`,
    ),
    other,
  );

/** Files as tools of the field write them, by what of them the rules look at. */
const files: { readonly [name: string]: string } = {
  'a message nobody names': executable() + message,
  'a message without a name that a drawn process starts by':
    executable() + drawn(`<bpmn:startEvent id="d">${waits}</bpmn:startEvent>`) + message,
  'a message without a name that a drawn process throws':
    executable() + drawn(`<bpmn:endEvent id="d">${waits}</bpmn:endEvent>`) + message,
  'a message without a name that a drawn task sends':
    executable() + drawn('<bpmn:sendTask id="d" messageRef="m" />') + message,
  'a message that a drawn process waits for':
    executable() +
    drawn(`<bpmn:intermediateCatchEvent id="d">${waits}</bpmn:intermediateCatchEvent>`) +
    named,
  'a message that a drawn sub-process starts by':
    executable() +
    drawn(`<bpmn:subProcess id="e"><bpmn:startEvent id="d">${waits}</bpmn:startEvent></bpmn:subProcess>`) +
    named,
  'a message that nothing executable waits for': drawn(`<bpmn:receiveTask id="d" messageRef="m" />`) + named,
  'a message name that cannot be parsed': `${executable()}<bpmn:message id="m" name="==" />`,
  'a signal without a name that a drawn process starts by': `${executable()}${drawn('<bpmn:startEvent id="d"><bpmn:signalEventDefinition signalRef="g" /></bpmn:startEvent>')}<bpmn:signal id="g" />`,
  'faults of a drawn process':
    executable() + drawn('<bpmn:serviceTask id="d" /><bpmn:complexGateway id="e" />'),
  'a shared timer without a time': `${executable()}<bpmn:timerEventDefinition id="d" />`,
  'a shared timer that cannot be parsed': `${executable()}<bpmn:timerEventDefinition id="d"><bpmn:timeDate>==</bpmn:timeDate></bpmn:timerEventDefinition>`,
  'shared event definitions': `${executable()}<bpmn:messageEventDefinition id="d" /><bpmn:signalEventDefinition id="e" /><bpmn:linkEventDefinition id="f" name="" /><bpmn:errorEventDefinition id="h" />`,
  'a message named with a prefix': `<bpmn:process id="${p}" isExecutable="true"><bpmn:startEvent id="d"><bpmn:messageEventDefinition messageRef="bpmn:m" /></bpmn:startEvent></bpmn:process>${named}`,
  'a catch event with a timer without a time': executable(
    '<bpmn:intermediateCatchEvent id="c"><bpmn:timerEventDefinition id="d" /></bpmn:intermediateCatchEvent>',
  ),
  'an event sub-process with two start events': executable(handler('e', daily, '')),
  'two start events that catch all escalations': executable(
    handler('e', '<bpmn:escalationEventDefinition />'),
    handler('f', '<bpmn:escalationEventDefinition />', '<bpmn:escalationEventDefinition />'),
  ),
  'an error without a code beside none': `${executable(handler('e', '<bpmn:errorEventDefinition errorRef="x" />'), handler('f', '<bpmn:errorEventDefinition />'))}<bpmn:error id="x" />`,
  'errors without codes at one activity': `${executable('<bpmn:task id="a" />', boundary('b', 'errorEventDefinition errorRef="x"'), boundary('c', 'errorEventDefinition errorRef="y"'), boundary('d', 'errorEventDefinition'))}<bpmn:error id="x" /><bpmn:error id="y" />`,
  'a sub-process with a timer and a none start event': executable(
    `<bpmn:subProcess id="a"><bpmn:startEvent id="b">${timer}</bpmn:startEvent><bpmn:startEvent id="c" /></bpmn:subProcess>`,
  ),
  'a transaction': executable('<bpmn:transaction id="a"><bpmn:serviceTask id="b" /></bpmn:transaction>'),
  'two faults of a sub-process': executable(
    '<bpmn:subProcess id="a" />',
    boundary('b', 'errorEventDefinition'),
    boundary('c', 'errorEventDefinition'),
  ),
  'two faults of a service task': executable(
    '<bpmn:serviceTask id="a"><bpmn:outgoing>f</bpmn:outgoing></bpmn:serviceTask>',
    conditional('a'),
  ),
  'two faults of an expression': executable(
    extended('serviceTask id="a"', '<zeebe:taskDefinition retries="==" />'),
  ),
  'a flow without a condition at an inclusive gateway': gatewayWithout('inclusiveGateway'),
  'a flow without a condition at an exclusive gateway': gatewayWithout('exclusiveGateway'),
  'an event-based gateway that names no flow': eventGateway(''),
  'an event behind an event-based gateway that is entered otherwise, unnamed': eventGateway(
    '<bpmn:outgoing>fb</bpmn:outgoing><bpmn:outgoing>fc</bpmn:outgoing>',
    flow('fx', 's', 'b'),
  ),
  'a flow beside the scope of its ends': executable(
    `<bpmn:subProcess id="a"><bpmn:startEvent id="b" /><bpmn:task id="c" /></bpmn:subProcess>`,
    flow('f', 'b', 'c'),
  ),
  'a boundary event of nothing': executable(
    '<bpmn:boundaryEvent id="b" attachedToRef="nothing"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>',
  ),
  'a standard loop': executable('<bpmn:task id="a"><bpmn:standardLoopCharacteristics /></bpmn:task>'),
  'a start form without an id': `<bpmn:process id="${p}" isExecutable="true">${extended('startEvent id="d"', '<zeebe:formDefinition />')}</bpmn:process>`,
  'a user task form without a text': `<bpmn:process id="${p}" isExecutable="true"><bpmn:extensionElements><zeebe:userTaskForm id="x" /><zeebe:userTaskForm>{}</zeebe:userTaskForm></bpmn:extensionElements>${start}</bpmn:process>`,
  'a form without an id and a version tag': executable(
    extended('userTask id="a"', '<zeebe:formDefinition formId="" bindingType="versionTag" />'),
  ),
  'a decision without an id and a version tag': executable(
    extended('businessRuleTask id="a"', '<zeebe:calledDecision bindingType="versionTag" />'),
  ),
  'a called process without an id and a version tag': executable(
    extended('callActivity id="a"', '<zeebe:calledElement bindingType="versionTag" />'),
  ),
};

const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="t">';

const decides = (...content: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="d" namespace="t">${content.join('')}</definitions>`;
const decision = (id: string, logic: string, more = '') =>
  `<decision id="${id}" name="${id}"${more}>${logic}</decision>`;
const literal = (text?: string) =>
  `<literalExpression>${text === undefined ? '' : `<text>${text}</text>`}</literalExpression>`;

/** Files that are no models, by name and what is wrong with them. */
const others: { readonly [name: string]: readonly [file: string, content: string] } = {
  'a decision file with text between its elements': ['a.dmn', decides('>', decision('wa', literal('1')))],
  'a decision with an unknown attribute': ['a.dmn', decides(decision('wa', literal('1'), ' colour="red"'))],
  'a decision with its parts in another order': [
    'a.dmn',
    decides(decision('wa', `${literal('1')}<variable id="v" name="v" />`)),
  ],
  'a decision with an id that is no name': ['a.dmn', decides(decision('w a', literal('1')))],
  'decisions without a text': ['a.dmn', decides(decision('wa', literal()), decision('wb', literal()))],
  'decisions with the same fault': [
    'a.dmn',
    decides(decision('wa', literal('1 +')), decision('wb', literal('1 +')), decision('wc', literal('2 +'))),
  ],
  'a decision of DMN 1.5': ['a.dmn', decides(decision('wa', literal('1'))).replace('20191111', '20230324')],
  'a form of nothing': ['a.form', ' '],
  'a form that is null': ['a.form', 'null'],
  'a file for others that is null': ['a.rpa', 'null'],
};

const models: Scenarios = Object.fromEntries(
  Object.entries(files).map(([name, content], index) => [
    `whole file: ${name}`,
    {
      covers: ['DeployResource', 'refused models'],
      steps: [deploy(`${head}${content}</bpmn:definitions>`.replaceAll(`"${p}"`, `"${p}${index}"`))],
    },
  ]),
);

export const wholeFiles: Scenarios = {
  ...models,
  ...Object.fromEntries(
    Object.entries(others).map(([name, [file, content]]) => [
      `whole file: ${name}`,
      { covers: ['DeployResource'], steps: [deploy(content, file)] },
    ]),
  ),
};
