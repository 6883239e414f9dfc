import { createFeel } from '@baton/engine/feel';
import { expect, test } from 'vitest';
import { modelProblems } from '../model.ts';

const feel = createFeel();
const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

const file = (content: string, diagram = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="${MODEL}" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:other="urn:other" id="file" targetNamespace="test">
<bpmn:process id="p" isExecutable="true">
<bpmn:startEvent id="start" />
${content}
</bpmn:process>
${diagram}
</bpmn:definitions>`;
const drawn = (shape: string) =>
  file(
    '',
    `<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">${shape}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`,
  );
const task = (content: string) => `<bpmn:manualTask id="a">${content}</bpmn:manualTask>`;

function faultIn(xml: string): string | undefined {
  const [problem] = modelProblems(xml, feel).filter(({ severity }) => severity === 'error');
  return problem && `${problem.line}: ${problem.message.replaceAll(`"${MODEL}":`, '')}`;
}

test.each<[string, string, string | undefined]>([
  ['an attribute of another schema', file('<bpmn:manualTask id="a" other:colour="red" />'), undefined],
  [
    'any extension',
    file(task('<bpmn:extensionElements><other:x><b>c</b></other:x></bpmn:extensionElements>')),
    undefined,
  ],
  ['booleans as numbers', file('').replace('"true"', '" 1 "'), undefined],
  [
    'colours in the diagram',
    drawn(
      '<bpmndi:BPMNShape other:fill="red"><dc:Bounds x="1" y="-2.5" width="1e2" height="INF" /></bpmndi:BPMNShape>',
    ),
    undefined,
  ],
  [
    'an attribute that is not known',
    file('<bpmn:manualTask id="a" colour="red" />'),
    "5: cvc-complex-type.3.2.2: Attribute 'colour' is not allowed to appear in element 'bpmn:manualTask'.",
  ],
  [
    'an attribute of BPMN in its namespace',
    file('<bpmn:manualTask id="a" bpmn:name="x" />'),
    "5: cvc-complex-type.3.2.2: Attribute 'bpmn:name' is not allowed to appear in element 'bpmn:manualTask'.",
  ],
  [
    'a missing attribute',
    file('<bpmn:sequenceFlow id="f" sourceRef="start" />'),
    "5: cvc-complex-type.4: Attribute 'targetRef' must appear on element 'bpmn:sequenceFlow'.",
  ],
  [
    'a word for a boolean',
    file('').replace('"true"', '"yes"'),
    "3: cvc-datatype-valid.1.2.1: 'yes' is not a valid value for 'boolean'.",
  ],
  [
    'a choice of words',
    file('').replace('isExecutable', 'processType="x" isExecutable'),
    "3: cvc-enumeration-valid: Value 'x' is not facet-valid with respect to enumeration '[None, Public, Private]'. It must be a value from the enumeration.",
  ],
  [
    'a prefix of nobody',
    file('<bpmn:receiveTask id="a" messageRef="who:x" />'),
    "5: UndeclaredPrefix: Cannot resolve 'who:x' as a QName: the prefix 'who' is not declared.",
  ],
  [
    'two ids',
    file('<bpmn:manualTask id="start" />'),
    "5: cvc-id.2: There are multiple occurrences of ID value 'start'.",
  ],
  [
    'children in another order',
    file(task('<bpmn:outgoing>x</bpmn:outgoing><bpmn:incoming>y</bpmn:incoming>')),
    "5: cvc-complex-type.2.4.a: Invalid content was found starting with element '{incoming}'. One of '{outgoing, ioSpecification, property, dataInputAssociation, dataOutputAssociation, resourceRole, loopCharacteristics}' is expected.",
  ],
  [
    'one child too many',
    file(
      '<bpmn:startEvent id="t"><bpmn:timerEventDefinition><bpmn:timeDate>x</bpmn:timeDate><bpmn:timeCycle>y</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>',
    ),
    "5: cvc-complex-type.2.4.d: Invalid content was found starting with element 'bpmn:timeCycle'. No child element is expected at this point.",
  ],
  [
    'a missing child, said where the element ends',
    file(task('<bpmn:dataInputAssociation>\n</bpmn:dataInputAssociation>')),
    "6: cvc-complex-type.2.4.b: The content of element 'bpmn:dataInputAssociation' is not complete. One of '{documentation, extensionElements, sourceRef, targetRef}' is expected.",
  ],
  [
    'one place on the way where two are needed',
    drawn('<bpmndi:BPMNEdge><di:waypoint x="1" y="2" /></bpmndi:BPMNEdge>'),
    `7: cvc-complex-type.2.4.i: The content of element 'bpmndi:BPMNEdge' is not complete. '"http://www.omg.org/spec/DD/20100524/DI":waypoint' is expected to occur a minimum of '2' times. One more instance is required to satisfy this constraint.`,
  ],
  [
    'text between elements',
    file(task('hello')),
    "5: cvc-complex-type.2.3: Element 'bpmn:manualTask' cannot have character [children], because the type's content type is element-only.",
  ],
  [
    'an element that only stands for others',
    file('<bpmn:flowElement id="x" />'),
    '5: cvc-type.2: The type definition cannot be abstract for element bpmn:flowElement.',
  ],
  [
    'a type that does not fit',
    file('<bpmn:manualTask id="a" xsi:type="bpmn:tError" />'),
    "5: cvc-elt.4.3: Type 'bpmn:tError' is not validly derived from the type definition, 'tManualTask', of element 'bpmn:manualTask'.",
  ],
  [
    'BPMN inside an extension',
    file(task('<bpmn:extensionElements><other:x><bpmn:task foo="1" /></other:x></bpmn:extensionElements>')),
    "5: cvc-complex-type.3.2.2: Attribute 'foo' is not allowed to appear in element 'bpmn:task'.",
  ],
  [
    'the first of two faults',
    file('<bpmn:robot /><bpmn:task id="a" id="b" />'),
    "5: cvc-complex-type.2.4.a: Invalid content was found starting with element '{robot}'. One of '{flowElement, artifact, resourceRole, correlationSubscription, supports}' is expected.",
  ],
  [
    'a tag that does not close',
    file(task('</bpmn:task>')),
    '5: The element type "bpmn:manualTask" must be terminated by the matching end-tag "</bpmn:manualTask>".',
  ],
  [
    'an entity of HTML',
    file('<bpmn:task id="a" name="a&nbsp;b" />'),
    '5: The entity "nbsp" was referenced, but not declared.',
  ],
  [
    'an entity below, with lines of Windows',
    file('\n\n&nbsp;').replaceAll('\n', '\r\n'),
    '7: The entity "nbsp" was referenced, but not declared.',
  ],
  [
    'a document type',
    file('').replace('?>', '?>\n<!DOCTYPE x>'),
    '2: DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.',
  ],
])('%s', (_, xml, expected) => {
  expect(faultIn(xml)).toEqual(expected);
});
