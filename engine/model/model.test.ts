import { readFileSync } from 'node:fs';
import { createFeel } from '@baton/engine/feel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ElementOf, ExecutableProcess } from './executable.ts';
import { createProcessCache, modelProblems, rejectionText, transform } from './index.ts';

const feel = createFeel();
const supportTriage = readFileSync(
  new URL('../../infra/examples/support-triage.bpmn', import.meta.url),
  'utf8',
);

function file(process: string, roots = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file" targetNamespace="t">
${roots}
<bpmn:process id="order" isExecutable="true">
${process}
</bpmn:process>
</bpmn:definitions>`;
}

const flow = (id: string, source: string, target: string, condition = '') =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${
    condition &&
    `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`;
const work = (id: string, extensions = '', attributes = '') =>
  `<bpmn:serviceTask id="${id}" ${attributes}><bpmn:extensionElements><zeebe:taskDefinition type="work" />${extensions}</bpmn:extensionElements></bpmn:serviceTask>`;
const person = (id: string, extensions = '') =>
  `<bpmn:userTask id="${id}"><bpmn:extensionElements><zeebe:userTask />${extensions}</bpmn:extensionElements></bpmn:userTask>`;
const boundary = (id: string, attachedTo: string, trigger: string, attributes = '') =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${attachedTo}" ${attributes}>${trigger}</bpmn:boundaryEvent>`;
const timer = (time: string) => `<bpmn:timerEventDefinition>${time}</bpmn:timerEventDefinition>`;
/** start -> the given elements, the first of which is `first`. */
const from = (first: string, ...elements: string[]) =>
  file(`<bpmn:startEvent id="start" />${flow('begin', 'start', first)}${elements.join('\n')}`);

function only(xml: string): ExecutableProcess {
  const result = transform(xml, 'order.bpmn', feel);
  if (!result.ok) throw new Error(rejectionText('order.bpmn', result.failure));
  expect(result.value).toHaveLength(1);
  return result.value[0]!;
}

function element<T extends string>(process: ExecutableProcess, id: string, type: T) {
  const found = process.elements.get(id);
  expect(found?.type).toBe(type);
  return found as unknown as ElementOf<never>;
}

describe('A model that runs', () => {
  test('the example is read whole', () => {
    const process = only(supportTriage);
    expect(process).toMatchObject({ bpmnProcessId: 'support-triage', name: 'Support triage' });
    expect([...process.elements].map(([id, { type }]) => `${type} ${id}`)).toEqual([
      'PROCESS support-triage',
      'START_EVENT message_received',
      'SERVICE_TASK classify_message',
      'EXCLUSIVE_GATEWAY mood',
      'SERVICE_TASK look_up_order',
      'USER_TASK answer_angry_customer',
      'BOUNDARY_EVENT no_answer_in_time',
      'USER_TASK team_lead_takes_over',
      'EXCLUSIVE_GATEWAY answered',
      'END_EVENT reply_sent',
      'END_EVENT escalated',
    ]);
    expect(process.root.noneStartEvent).toBe('message_received');
    expect(modelProblems(supportTriage, feel)).toEqual([]);
  });

  test('a service task has type, retries, headers and mappings', () => {
    const process = only(
      from(
        'bill',
        `<bpmn:serviceTask id="bill" name="Send bill"><bpmn:extensionElements>
          <zeebe:taskDefinition type="=&#34;bill-&#34; + country" retries="5" />
          <zeebe:taskHeaders><zeebe:header key="template" value="A &amp; B" /></zeebe:taskHeaders>
          <zeebe:ioMapping><zeebe:input source="=order.total" target="amount" /><zeebe:input target="note" /><zeebe:output source="=billId" target="order.bill.id" /></zeebe:ioMapping>
        </bpmn:extensionElements></bpmn:serviceTask>`,
      ),
    );
    expect(element(process, 'bill', 'SERVICE_TASK')).toMatchObject({
      name: 'Send bill',
      scopeId: 'order',
      jobType: { kind: 'feel', text: '"bill-" + country' },
      retries: { kind: 'static', value: '5' },
      headers: { template: 'A & B' },
      inputMappings: { text: '{amount:order.total,note:null}' },
      outputMappings: { text: expect.stringContaining('{bill:') },
    });
  });

  test('retries are three unless modelled', () => {
    expect(element(only(from('a', work('a'))), 'a', 'SERVICE_TASK')).toMatchObject({
      retries: { kind: 'static', value: '3' },
    });
  });

  test('a user task says who, when, how urgent and with which form', () => {
    const process = only(
      from(
        'approve',
        person(
          'approve',
          `<zeebe:assignmentDefinition assignee="=owner" candidateGroups="clerks, leads" candidateUsers="=users" />
           <zeebe:taskSchedule dueDate="2026-03-02T15:35+02:00" followUpDate="=now()" />
           <zeebe:priorityDefinition priority="80" /><zeebe:formDefinition formId="approval" />`,
        ),
      ),
    );
    expect(element(process, 'approve', 'USER_TASK')).toMatchObject({
      implementation: 'zeebe',
      assignee: { text: 'owner' },
      candidateGroups: { kind: 'static', value: 'clerks, leads' },
      candidateUsers: { text: 'users' },
      dueDate: { value: '2026-03-02T15:35+02:00' },
      followUpDate: { text: 'now()' },
      priority: { value: '80' },
      form: { id: { value: 'approval' }, binding: { kind: 'latest' } },
      externalFormReference: undefined,
      formKey: undefined,
    });
  });

  test('a user task without zeebe:userTask is a job', () => {
    const process = only(from('approve', '<bpmn:userTask id="approve" />'));
    expect(element(process, 'approve', 'USER_TASK')).toMatchObject({ implementation: 'job' });
  });

  test('outgoing flows come in reverse order of the file, whatever the element lists', () => {
    const process = only(
      from(
        'fork',
        '<bpmn:parallelGateway id="fork"><bpmn:outgoing>to_b</bpmn:outgoing><bpmn:outgoing>to_a</bpmn:outgoing></bpmn:parallelGateway>',
        work('a'),
        work('b'),
        work('c'),
        flow('to_a', 'fork', 'a'),
        flow('to_b', 'fork', 'b'),
        flow('to_c', 'fork', 'c'),
      ),
    );
    const fork = element(process, 'fork', 'PARALLEL_GATEWAY') as { outgoing: { id: string }[] };
    expect(fork.outgoing.map((one) => one.id)).toEqual(['to_c', 'to_b', 'to_a']);
  });

  test('an exclusive gateway has conditions and a default flow', () => {
    const process = only(
      from(
        'choice',
        '<bpmn:exclusiveGateway id="choice" default="otherwise" />',
        work('a'),
        work('b'),
        flow('big', 'choice', 'a', '= total &gt; 100'),
        flow('otherwise', 'choice', 'b'),
      ),
    );
    expect(element(process, 'choice', 'EXCLUSIVE_GATEWAY')).toMatchObject({
      defaultFlow: { id: 'otherwise' },
      outgoing: [
        { id: 'otherwise', condition: undefined },
        { id: 'big', condition: { text: ' total > 100' } },
      ],
    });
  });

  test.each([
    ['duration', timer('<bpmn:timeDuration>PT15M</bpmn:timeDuration>'), '', true, 'PT15M'],
    ['date', timer('<bpmn:timeDate>2026-01-01T00:00:00Z</bpmn:timeDate>'), '', true, '2026-01-01T00:00:00Z'],
    ['cycle', timer('<bpmn:timeCycle>R3/PT1H</bpmn:timeCycle>'), 'cancelActivity="false"', false, 'R3/PT1H'],
  ])('a boundary timer with a %s', (kind, trigger, attributes, interrupting, text) => {
    const process = only(from('a', work('a'), boundary('late', 'a', trigger, attributes)));
    expect(element(process, 'late', 'BOUNDARY_EVENT')).toMatchObject({
      attachedTo: 'a',
      interrupting,
      trigger: { kind: 'timer', timer: { kind, expression: { kind: 'static', text } } },
    });
    expect(element(process, 'a', 'SERVICE_TASK')).toMatchObject({ boundaryEvents: ['late'] });
  });

  test('a boundary error catches its code, or every code', () => {
    const process = only(
      file(
        `<bpmn:startEvent id="start" />${flow('begin', 'start', 'a')}${work('a')}
         ${boundary('declined', 'a', '<bpmn:errorEventDefinition errorRef="no_money" />')}
         ${boundary('any', 'a', '<bpmn:errorEventDefinition />')}`,
        '<bpmn:error id="no_money" name="No money" errorCode="NO_MONEY" />',
      ),
    );
    expect(element(process, 'declined', 'BOUNDARY_EVENT')).toMatchObject({
      trigger: { kind: 'error', errorCode: 'NO_MONEY' },
    });
    expect(element(process, 'any', 'BOUNDARY_EVENT')).toMatchObject({
      trigger: { kind: 'error', errorCode: undefined },
    });
  });

  test('an embedded sub-process is a scope of its own', () => {
    const process = only(
      from(
        'ship',
        `<bpmn:subProcess id="ship"><bpmn:startEvent id="packed" />${flow('inside', 'packed', 'send')}${work('send')}</bpmn:subProcess>`,
      ),
    );
    expect(element(process, 'ship', 'SUB_PROCESS')).toMatchObject({
      scopeId: 'order',
      noneStartEvent: 'packed',
    });
    expect(element(process, 'send', 'SERVICE_TASK')).toMatchObject({
      scopeId: 'ship',
      incoming: [{ id: 'inside' }],
    });
  });

  test('what only describes is set aside: lanes, notes, data, icons, colours, unknown extensions', () => {
    const xml = from(
      'a',
      work(
        'a',
        '<zeebe:properties><zeebe:property name="x" value="y" /></zeebe:properties><zeebe:somethingNew /><other:thing xmlns:other="urn:o" other:a="b" />',
        'zeebe:modelerTemplate="my.template" zeebe:modelerTemplateVersion="2" zeebe:modelerTemplateIcon="data:image/svg+xml,x"',
      ),
      '<bpmn:dataObject id="d" /><bpmn:dataObjectReference id="dr" dataObjectRef="d" />',
    )
      .replace(
        /(<bpmn:process[^>]*>)/,
        '$1<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
      )
      .replace(
        '</bpmn:process>',
        '<bpmn:textAnnotation id="note"><bpmn:text>Hi</bpmn:text></bpmn:textAnnotation><bpmn:association id="as" sourceRef="a" targetRef="note" /><bpmn:group id="g" /></bpmn:process>',
      );
    expect(modelProblems(xml, feel)).toEqual([]);
    expect([...only(xml).elements.keys()]).toEqual(['order', 'start', 'a']);
  });

  test('a file may call the namespaces what it likes', () => {
    const xml = from('a', work('a'))
      .replaceAll('bpmn:', '')
      .replace('xmlns:bpmn', 'xmlns')
      .replaceAll('zeebe', 'z');
    const renamed = xml.replace('http://camunda.org/schema/z/1.0', 'http://camunda.org/schema/zeebe/1.0');
    expect([...only(renamed).elements.keys()]).toEqual(['order', 'start', 'a']);
  });

  test('only executable processes of a collaboration run', () => {
    const xml = file(
      `<bpmn:startEvent id="start" />`,
      '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="order" /></bpmn:collaboration><bpmn:process id="drawing"><bpmn:task id="t" /></bpmn:process>',
    );
    expect(only(xml).bpmnProcessId).toBe('order');
  });
});

describe('A model that is refused says what, where and why', () => {
  const choice = '<bpmn:exclusiveGateway id="choice" />';
  const unsupported = (type: string) =>
    `Elements of type '${type}' are currently not supported. Please refer to the documentation for a list of supported elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/`;
  const late = (time: string, attributes = '') =>
    from('a', work('a'), boundary('late', 'a', time, attributes));

  const table: [rule: string, xml: string, code: string, address: string, message: string][] = [
    [
      'no executable process',
      file('').replace('"true"', '"false"'),
      'bpmn/no-executable-process',
      ' > definitions',
      'Must contain at least one executable process',
    ],
    ['no start event', file(''), 'bpmn/start-event', 'order', 'Must have at least one start event'],
    [
      'two start events',
      file('<bpmn:startEvent id="s1" /><bpmn:startEvent id="s2" />'),
      'bpmn/start-event',
      'order',
      'Multiple none start events are not allowed',
    ],
    [
      'an element that cannot run',
      from('t', '<bpmn:complexGateway id="t" />'),
      'bpmn/unsupported-element',
      't',
      unsupported('ComplexGateway'),
    ],
    [
      'a script task that says neither what nor who',
      from('t', '<bpmn:scriptTask id="t" />'),
      'bpmn/missing-task-definition',
      't',
      "Must have either one 'zeebe:script' or one 'zeebe:taskDefinition' extension element",
    ],
    [
      'a script without a result variable',
      from(
        't',
        '<bpmn:scriptTask id="t"><bpmn:extensionElements><zeebe:script expression="=1" /></bpmn:extensionElements></bpmn:scriptTask>',
      ),
      'bpmn/missing-task-definition',
      't > extensionElements > script',
      "Attribute 'resultVariable' must be present and not empty",
    ],
    [
      'a business rule task that says neither what nor who',
      from('t', '<bpmn:businessRuleTask id="t" />'),
      'bpmn/missing-task-definition',
      't',
      "Must have either one 'zeebe:calledDecision' or one 'zeebe:taskDefinition' extension element",
    ],
    [
      'a send task that says neither what nor who',
      from('t', '<bpmn:sendTask id="t" />'),
      'bpmn/missing-task-definition',
      't',
      "Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element",
    ],
    [
      'a decision whose result goes nowhere',
      from(
        't',
        '<bpmn:businessRuleTask id="t"><bpmn:extensionElements><zeebe:calledDecision decisionId="d" /></bpmn:extensionElements></bpmn:businessRuleTask>',
      ),
      'bpmn/called-decision',
      't > extensionElements > calledDecision',
      "Attribute 'resultVariable' must be present and not empty",
    ],
    [
      'a loop of tasks that nobody does',
      from(
        'a',
        '<bpmn:task id="a" /><bpmn:manualTask id="b" /><bpmn:inclusiveGateway id="c" />',
        flow('ab', 'a', 'b'),
        flow('bc', 'b', 'c'),
        flow('ca', 'c', 'a'),
      ),
      'bpmn/straight-through-loop',
      'order',
      'Processes are not allowed to contain a straight-through processing loop: a > b > c > a',
    ],
    [
      'a call activity that calls nothing',
      from('c', '<bpmn:callActivity id="c" />'),
      'bpmn/called-element',
      'c',
      "Must have exactly one 'zeebe:calledElement' extension element",
    ],
    [
      'a call without the id of a process',
      from(
        'c',
        '<bpmn:callActivity id="c"><bpmn:extensionElements><zeebe:calledElement propagateAllChildVariables="false" /></bpmn:extensionElements></bpmn:callActivity>',
      ),
      'bpmn/called-element',
      'c > extensionElements > calledElement',
      'Expected expression but not found.',
    ],
    [
      'a call of a version without its tag',
      from(
        'c',
        '<bpmn:callActivity id="c"><bpmn:extensionElements><zeebe:calledElement processId="p" bindingType="versionTag" /></bpmn:extensionElements></bpmn:callActivity>',
      ),
      'bpmn/binding',
      'c > extensionElements > calledElement',
      "Attribute 'versionTag' must be present and not empty if 'bindingType' is 'versionTag'",
    ],
    [
      'a call bound in a way there is not',
      from(
        'c',
        '<bpmn:callActivity id="c"><bpmn:extensionElements><zeebe:calledElement processId="p" bindingType="newest" /></bpmn:extensionElements></bpmn:callActivity>',
      ),
      'bpmn/binding',
      'c > extensionElements > calledElement',
      "Attribute 'bindingType' must be one of: deployment, latest, versionTag",
    ],
    [
      'a multi-instance marker that goes through nothing',
      from('a', '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics /></bpmn:userTask>'),
      'bpmn/multi-instance',
      'a > multiInstanceLoopCharacteristics',
      "Must have exactly one 'zeebe:loopCharacteristics' extension element",
    ],
    [
      'a multi-instance marker without its list',
      from(
        'a',
        '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics  /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
      ),
      'bpmn/multi-instance',
      'a > multiInstanceLoopCharacteristics > extensionElements > loopCharacteristics',
      'Expected expression but not found.',
    ],
    [
      'a list to fill with nothing',
      from(
        'a',
        '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=xs" outputCollection="ys" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
      ),
      'bpmn/multi-instance',
      'a > multiInstanceLoopCharacteristics > extensionElements > loopCharacteristics',
      "Attribute 'outputElement' must be present if the attribute 'outputCollection' is set",
    ],
    [
      'a result without a list for it',
      from(
        'a',
        '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=xs" outputElement="=y" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
      ),
      'bpmn/multi-instance',
      'a > multiInstanceLoopCharacteristics > extensionElements > loopCharacteristics',
      "Attribute 'outputCollection' must be present if the attribute 'outputElement' is set",
    ],
    [
      'a list that is a text',
      from(
        'a',
        '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="xs" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
      ),
      'bpmn/multi-instance',
      'a > multiInstanceLoopCharacteristics > extensionElements > loopCharacteristics',
      "Expected expression but found static value 'xs'. An expression must start with '=' (e.g. '=xs').",
    ],
    [
      'a completion condition that is a text',
      from(
        'a',
        '<bpmn:userTask id="a"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=xs" /></bpmn:extensionElements><bpmn:completionCondition>yes</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>',
      ),
      'bpmn/multi-instance',
      'a > multiInstanceLoopCharacteristics > completionCondition',
      "Expected expression but found static value 'yes'. An expression must start with '=' (e.g. '=yes').",
    ],
    [
      'a listener without its job',
      from(
        'a',
        work(
          'a',
          '<zeebe:executionListeners><zeebe:executionListener eventType="start" /></zeebe:executionListeners>',
        ),
      ),
      'bpmn/execution-listener',
      'a > extensionElements > executionListeners > executionListener',
      "Attribute 'type' must be present and not empty",
    ],
    [
      'a listener of what does not happen',
      from(
        'a',
        work(
          'a',
          '<zeebe:executionListeners><zeebe:executionListener eventType="never" type="x" /></zeebe:executionListeners>',
        ),
      ),
      'bpmn/execution-listener',
      'a > extensionElements > executionListeners > executionListener',
      "Attribute 'eventType' must be one of: start, end",
    ],
    [
      'two listeners that are the same',
      from(
        'a',
        work(
          'a',
          '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="x" /><zeebe:executionListener eventType="start" type="x" /></zeebe:executionListeners>',
        ),
      ),
      'bpmn/execution-listener',
      'a > extensionElements > executionListeners',
      "Found '2' duplicates based on eventType[start] and type[x], these combinations should be unique.",
    ],
    [
      'a listener after a gateway',
      from(
        'a',
        '<bpmn:exclusiveGateway id="a"><bpmn:extensionElements><zeebe:executionListeners><zeebe:executionListener eventType="end" type="x" /></zeebe:executionListeners></bpmn:extensionElements></bpmn:exclusiveGateway>',
      ),
      'bpmn/execution-listener',
      'a',
      "Execution listeners of type 'end' are not supported by gateway element",
    ],
    [
      'an element BPMN does not know',
      from('a', work('a'), '<bpmn:wizard id="w" />'),
      'bpmn/schema',
      'w',
      `cvc-complex-type.2.4.a: Invalid content was found starting with element '{"http://www.omg.org/spec/BPMN/20100524/MODEL":wizard}'. One of '{"http://www.omg.org/spec/BPMN/20100524/MODEL":flowElement, "http://www.omg.org/spec/BPMN/20100524/MODEL":artifact, "http://www.omg.org/spec/BPMN/20100524/MODEL":resourceRole, "http://www.omg.org/spec/BPMN/20100524/MODEL":correlationSubscription, "http://www.omg.org/spec/BPMN/20100524/MODEL":supports}' is expected.`,
    ],
    [
      'an id used twice',
      from('a', work('a'), work('a')),
      'bpmn/schema',
      'a',
      "cvc-id.2: There are multiple occurrences of ID value 'a'.",
    ],
    [
      'two processes with one id',
      file('<bpmn:startEvent id="start" />').replace(
        '</bpmn:definitions>',
        '<bpmn:process id="order" isExecutable="true"><bpmn:startEvent id="other" /></bpmn:process></bpmn:definitions>',
      ),
      'bpmn/schema',
      'order',
      "cvc-id.2: There are multiple occurrences of ID value 'order'.",
    ],
    [
      'a flow to nowhere',
      from('nowhere'),
      'bpmn/schema',
      ' > definitions',
      "cvc-id.1: There is no ID/IDREF binding for IDREF 'nowhere'.",
    ],
    [
      'a flow out of an end event',
      from('end', '<bpmn:endEvent id="end" />', work('a'), flow('on', 'end', 'a')),
      'bpmn/flow-end',
      'end',
      'End events must not have outgoing sequence flows to other elements.',
    ],
    [
      'a service task without type',
      from('a', '<bpmn:serviceTask id="a" />'),
      'bpmn/missing-task-definition',
      'a',
      "Must have exactly one 'zeebe:taskDefinition' extension element",
    ],
    [
      'a service task with an empty type',
      from('a', work('a').replace('type="work"', 'type=""')),
      'bpmn/missing-task-definition',
      'a > extensionElements > taskDefinition',
      'Expected expression but not found.',
    ],
    [
      'a condition that is text',
      from('choice', choice, work('a'), flow('x', 'choice', 'a', 'yes')),
      'bpmn/static-condition',
      'x > conditionExpression',
      "Expected expression but found static value 'yes'. An expression must start with '=' (e.g. '=yes').",
    ],
    [
      'a default flow of another',
      from('choice', '<bpmn:exclusiveGateway id="choice" default="begin" />'),
      'bpmn/default-flow',
      'choice',
      'Default flow must start at gateway',
    ],
    [
      'a condition that does not parse',
      from('choice', choice, work('a'), flow('x', 'choice', 'a', '=y &gt;')),
      'feel/syntax',
      'x > conditionExpression',
      "failed to parse expression 'y >': Expected a value to compare with in 'y >', but found the end of the text",
    ],
    [
      'a boundary event without trigger',
      late(''),
      'bpmn/boundary-event',
      'late',
      'Must have exactly one event definition',
    ],
    [
      'a boundary event on a gateway',
      from(
        'choice',
        choice,
        boundary('late', 'choice', timer('<bpmn:timeDuration>PT1S</bpmn:timeDuration>')),
      ),
      'bpmn/boundary-event',
      'late',
      'Must be attached to an activity',
    ],
    [
      'an error that does not interrupt',
      late('<bpmn:errorEventDefinition />', 'cancelActivity="false"'),
      'bpmn/boundary-event',
      'late',
      'Non-Interrupting event of this type is not allowed',
    ],
    [
      'a timer without time',
      late(timer('')),
      'bpmn/timer',
      'late > timerEventDefinition',
      'Must be exactly one type of timer: timeDuration, timeDate or timeCycle',
    ],
    [
      'a cycle that interrupts',
      late(timer('<bpmn:timeCycle>R/PT1H</bpmn:timeCycle>')),
      'bpmn/timer',
      'late',
      'Interrupting timer event with time cycle is not allowed.',
    ],
    [
      'a duration that is none',
      late(timer('<bpmn:timeDuration>xyz</bpmn:timeDuration>')),
      'bpmn/timer',
      'late',
      "Invalid timer duration expression (Invalid duration format 'xyz' for expression 'xyz'.)",
    ],
    [
      'a due date that is none',
      from('p', person('p', '<zeebe:taskSchedule dueDate="soon" />')),
      'bpmn/user-task',
      'p > extensionElements > taskSchedule',
      "Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found 'soon'.",
    ],
    [
      'a priority above 100',
      from('p', person('p', '<zeebe:priorityDefinition priority="101" />')),
      'bpmn/user-task',
      'p > extensionElements > priorityDefinition',
      "Priority must be a number between 0 and 100, but was '101'.",
    ],
    [
      'a form without name',
      from('p', person('p', '<zeebe:formDefinition />')),
      'bpmn/form',
      'p > extensionElements > formDefinition',
      "Exactly one of the attributes 'formId, externalReference' must be present and not blank for native user tasks",
    ],
    [
      'a mapping without target',
      from('a', work('a', '<zeebe:ioMapping><zeebe:input source="=x" /></zeebe:ioMapping>')),
      'bpmn/mapping',
      'a > extensionElements > ioMapping > input',
      'Expected path expression but not found.',
    ],
  ];
  test.each(table)('%s', (_rule, xml, code, address, message) => {
    const result = transform(xml, 'order.bpmn', feel);
    const found = result.ok
      ? []
      : result.failure.map((problem) => [
          problem.code,
          [problem.elementId, ...problem.path].join(' > '),
          problem.message,
        ]);
    expect(found).toEqual([[code, address, message]]);
  });

  test('the place is that of the tag, the offset that inside the expression', () => {
    const xml = supportTriage.replace('=triage.mood = "angry"', '=triage.mood = = 1');
    const line = xml.split('\n').findIndex((text) => text.includes('<bpmn:conditionExpression')) + 1;
    const column = xml.split('\n')[line - 1]!.indexOf('<bpmn:conditionExpression') + 1;
    const result = transform(xml, 'triage.bpmn', feel);
    expect(result).toMatchObject({
      ok: false,
      failure: [{ code: 'feel/syntax', elementId: 'angry', elementName: 'angry', line, column, offset: 14 }],
    });
  });

  test('a file that is no XML is refused with line and column', () => {
    expect(transform('<a>\n  <b></a>', 'x.bpmn', feel)).toMatchObject({
      ok: false,
      failure: [{ code: 'bpmn/schema', elementId: '', line: 1, column: 4 }],
    });
    expect(transform('<a:b/>', 'x.bpmn', feel)).toMatchObject({ ok: false, failure: [{ code: 'bpmn/xml' }] });
    expect(transform('', 'x.bpmn', feel)).toMatchObject({ ok: false, failure: [{ code: 'bpmn/xml' }] });
  });

  test('the deployment is refused in the real broker’s words', () => {
    const result = transform(
      file(
        `<bpmn:startEvent id="start" />${flow('f', 'start', 't')}<bpmn:serviceTask id="t" /><bpmn:startEvent id="other" />`,
      ),
      'inv.bpmn',
      feel,
    );
    expect(rejectionText('inv.bpmn', result.ok ? [] : result.failure)).toBe(
      "Expected to deploy new resources, but encountered the following errors:\n'inv.bpmn': - Element: order\n" +
        '    - ERROR: Multiple none start events are not allowed\n- Element: t\n' +
        "    - ERROR: Must have exactly one 'zeebe:taskDefinition' extension element\n",
    );
  });
});

describe('Warnings do not keep a model from running', () => {
  test('an element no path leads to', () => {
    const xml = from('a', work('a'), work('island'));
    expect(only(xml).elements.has('island')).toBe(true);
    expect(modelProblems(xml, feel)).toMatchObject([
      { severity: 'warning', code: 'bpmn/unreachable', elementId: 'island' },
    ]);
  });

  test('a gateway where every flow has a condition', () => {
    const xml = from(
      'choice',
      '<bpmn:exclusiveGateway id="choice" />',
      work('a'),
      work('b'),
      flow('x', 'choice', 'a', '=n &gt; 1'),
      flow('y', 'choice', 'b', '=n &lt; 1'),
    );
    expect(modelProblems(xml, feel)).toMatchObject([
      { severity: 'warning', code: 'bpmn/no-default-flow', elementId: 'choice' },
    ]);
  });
});

test('A process is read once and again after it was dropped', () => {
  const cache = createProcessCache(feel, 1);
  let reads = 0;
  const resource = (id: string) => () => {
    reads += 1;
    return from('a', work('a')).replace('id="order"', `id="${id}"`);
  };
  expect(cache.get('sum-1', 'one', resource('one'))).toBe(cache.get('sum-1', 'one', resource('one')));
  expect(reads).toBe(1);
  cache.get('sum-2', 'two', resource('two'));
  cache.get('sum-1', 'one', resource('one'));
  expect(reads).toBe(3);
});

test('Whatever is done to a file, it gives processes or problems and never throws', () => {
  const edit = fc.record({
    at: fc.nat(supportTriage.length),
    remove: fc.nat(40),
    insert: fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '"',
        '</bpmn:process>',
        '<bpmn:task id="x"/>',
        '&',
        'id="mood"',
        '=',
        '<!--',
        ']]>',
        '\u0000',
      ),
      fc.string({ maxLength: 10 }),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let xml = supportTriage;
      for (const { at, remove, insert } of edits) xml = xml.slice(0, at) + insert + xml.slice(at + remove);
      const result = transform(xml, 'mutant.bpmn', feel);
      expect(result.ok ? result.value.length : result.failure.length).toBeGreaterThan(0);
      modelProblems(xml, feel);
    }),
    { numRuns: 300 },
  );
});
