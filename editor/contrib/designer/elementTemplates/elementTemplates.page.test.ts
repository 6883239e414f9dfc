import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type { Element, Shape } from 'bpmn-js/lib/model/Types';
import type AutoPlace from 'diagram-js/lib/features/auto-place/AutoPlace';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addSvgToJsdom } from '../../../test/svgInJsdom.ts';
import { header, type ModdleElement, taskType } from '../../../ui/diagram/index.ts';
import type { Extensions } from '../bpmn/extensions.ts';
import type { ElementTemplates, Placing } from '../bpmn/placeables.ts';
import type { DiagramEditor } from '../diagramEditor.ts';
import { readBinding, writeBinding } from './bindings.ts';
import { readTemplates } from './readTemplates.ts';
import { type ElementTemplate, fieldProblem, shownProperties, type TemplateProperty } from './template.ts';
import { nameOf } from './templateLibrary.ts';

const example = readFileSync(
  join(import.meta.dirname, '../../../../infra/examples/support-triage.bpmn'),
  'utf8',
);

/** As Camunda's Modeler takes it: hidden and conditional fields, a choice, figures, an optional header. */
const refund: ElementTemplate & { $schema: string } = {
  $schema: 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
  id: 'example.refund-order',
  name: 'Refund order',
  version: 2,
  appliesTo: ['bpmn:Task'],
  elementType: { value: 'bpmn:ServiceTask' },
  groups: [{ id: 'money', label: 'Money' }],
  properties: [
    { type: 'Hidden', value: 'tool', binding: { type: 'zeebe:taskDefinition', property: 'type' } },
    { type: 'Hidden', value: 'refund-order', binding: { type: 'zeebe:taskHeader', key: 'tool' } },
    {
      id: 'amount',
      label: 'Amount',
      group: 'money',
      type: 'Number',
      feel: 'static',
      value: 10,
      binding: { type: 'zeebe:input', name: 'amount' },
    },
    {
      id: 'how',
      label: 'How',
      type: 'Dropdown',
      value: 'card',
      choices: [
        { name: 'To the card', value: 'card' },
        { name: 'By bank', value: 'bank' },
      ],
      binding: { type: 'zeebe:input', name: 'how' },
    },
    {
      id: 'iban',
      label: 'IBAN',
      type: 'String',
      feel: 'optional',
      constraints: { notEmpty: true, pattern: { value: '^[A-Z]{2}\\d+$', message: 'an IBAN' } },
      condition: { property: 'how', equals: 'bank' },
      binding: { type: 'zeebe:input', name: 'iban' },
    },
    {
      id: 'result',
      label: 'Result variable',
      type: 'String',
      optional: true,
      binding: { type: 'zeebe:taskHeader', key: 'resultVariable' },
    },
  ],
};
const fieldOf = (id: string): TemplateProperty => refund.properties.find((field) => field.id === id)!;

let editor: DiagramEditor;
beforeAll(addSvgToJsdom);
beforeEach(async () => {
  const { createDiagramEditor } = await import('../bpmn/diagramEditor.ts');
  editor = createDiagramEditor({
    agents: () => [],
    tools: () => [],
    templates: () => [refund],
    agentVersion: () => 1,
  });
  document.body.append(editor.element);
  await editor.load(example);
  editor.offer([{ template: refund, builtIn: false }]);
  return () => editor.dispose();
});

function append(shape: Shape): Element {
  return editor
    .get<AutoPlace>('autoPlace')
    .append(editor.find('look_up_order') as never, shape as never, undefined) as unknown as Element;
}
const place = () => append(editor.get<Placing>('placing').templated(refund));
const write = (element: Element, id: string, value: string) =>
  writeBinding(
    {
      element,
      bo: element.businessObject as ModdleElement,
      modeling: editor.get<Modeling>('modeling'),
      extensions: editor.get<Extensions>('extensions'),
      factory: editor.get<BpmnFactory>('bpmnFactory'),
    },
    fieldOf(id),
    value,
  );
const labels = (element: Element) =>
  shownProperties(refund, (field) => readBinding(element.businessObject as ModdleElement, field)).map(
    ({ label }) => label,
  );

test('a template becomes an element with its name, its job and its fields, as Camunda writes it', async () => {
  const task = place();
  expect(task.id).toBe('refund_order');
  expect(taskType(task.businessObject as ModdleElement)).toBe('tool');
  expect(header(task.businessObject as ModdleElement, 'tool')).toBe('refund-order');

  const xml = await editor.xml();
  expect(xml).toContain(
    '<bpmn:serviceTask id="refund_order" name="Refund order" zeebe:modelerTemplate="example.refund-order" zeebe:modelerTemplateVersion="2">',
  );
  expect(xml).toContain('<zeebe:input source="=10" target="amount" />');
  expect(xml).toContain('<bpmndi:BPMNShape id="refund_order_di" bpmnElement="refund_order">');
  expect(xml).not.toContain('target="iban"');
});

test('a tool that has a template is placed with its fields', () => {
  const placing = editor.get<Placing>('placing');
  const task = append(placing.shape('tool', { kind: 'tool', name: 'refund-order' }));
  expect(task.businessObject.get('zeebe:modelerTemplate')).toBe('example.refund-order');
});

test('a field is written where its binding says, and is one step of undo', async () => {
  const task = place();
  const before = await editor.xml();
  write(task, 'amount', '=order.total');
  expect(readBinding(task.businessObject as ModdleElement, fieldOf('amount'))).toBe('=order.total');
  editor.undo();
  expect(await editor.xml()).toBe(before);

  write(task, 'result', 'refund');
  expect(header(task.businessObject as ModdleElement, 'resultVariable')).toBe('refund');
  write(task, 'result', '');
  expect(header(task.businessObject as ModdleElement, 'resultVariable')).toBeUndefined();
});

test('what is chosen in one field shows and hides another, in the form and in the file', async () => {
  const task = place();
  expect(labels(task)).toEqual(['Amount', 'How', 'Result variable']);

  write(task, 'how', 'bank');
  expect(labels(task)).toEqual(['Amount', 'How', 'IBAN', 'Result variable']);
  write(task, 'iban', 'DE02');
  expect(await editor.xml()).toContain('<zeebe:input source="DE02" target="iban" />');

  write(task, 'how', 'card');
  expect(await editor.xml()).not.toContain('target="iban"');
});

test('a field says what its template expects of it', () => {
  expect(fieldProblem(fieldOf('iban'), '')).toBe('Expected a value, but IBAN is empty.');
  expect(fieldProblem(fieldOf('iban'), 'abc')).toBe('Expected an IBAN, but got abc.');
  expect(fieldProblem(fieldOf('iban'), '=customer.iban')).toBeUndefined();
  expect(fieldProblem(fieldOf('amount'), '=10')).toBeUndefined();
});

test('unlinked, the element stays as it is and is its own', async () => {
  const task = place();
  editor.get<ElementTemplates>('elementTemplates').unlinkTemplate(task);
  const xml = await editor.xml();
  expect(xml).not.toContain('modelerTemplate');
  expect(xml).toContain('<zeebe:input source="=10" target="amount" />');
});

test('Camunda’s JSON is taken as it is, one template or several; anything else says what is wrong', async () => {
  expect(await readTemplates(JSON.stringify([refund, { ...refund, id: 'other' }]))).toMatchObject({
    ok: true,
    value: [refund, { id: 'other' }],
  });
  const messageOf = async (text: string) => {
    const read = await readTemplates(text);
    return read.ok ? undefined : read.failure.message;
  };
  expect(await messageOf('{')).toMatch(/^Expected the JSON of an element template, but /);
  expect(await messageOf('[]')).toBe('Expected an element template, but the list is empty.');
  expect(await messageOf('{"name":"Refund"}')).toMatch(
    /^Expected an element template of Camunda 8, but in ‘Refund’: missing .+\.$/,
  );
});

test('the resource that keeps a template is named for it, and for no other', () => {
  expect(nameOf({ ...refund, name: 'Prüfe: Bestellung!' }, new Set())).toBe('prufe-bestellung');
  expect(nameOf(refund, new Set(['refund-order', 'refund-order-2']))).toBe('refund-order-3');
});
