import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type { Element, Shape } from 'bpmn-js/lib/model/Types';
import type AutoPlace from 'diagram-js/lib/features/auto-place/AutoPlace';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addSvgToJsdom } from '../../../test/svgInJsdom.ts';
import { extensionOf, header, kindOf, taskType } from '../../../ui/diagram/index.ts';
import type { DiagramEditor } from '../diagramEditor.ts';
import { createDiagramText } from '../diagramText.ts';
import type { Extensions } from './extensions.ts';
import type { Placing } from './placeables.ts';

const example = readFileSync(
  join(import.meta.dirname, '../../../../infra/examples/support-triage.bpmn'),
  'utf8',
);
let editor: DiagramEditor;
const element = (id: string) => editor.find(id)!;
const modeling = () => editor.get<Modeling>('modeling');
const append = (from: string, shape: Shape) =>
  editor
    .get<AutoPlace>('autoPlace')
    .append(element(from) as never, shape as never, undefined) as unknown as Element;

beforeAll(addSvgToJsdom);
beforeEach(async () => {
  const { createDiagramEditor } = await import('./diagramEditor.ts');
  editor = createDiagramEditor({
    agents: () => [],
    tools: () => [],
    templates: () => [],
    agentVersion: () => 1,
  });
  document.body.append(editor.element);
  expect(await editor.load(example)).toEqual({ ok: true, value: [] });
  return () => editor.dispose();
});

test('a workflow opened and saved unchanged is the same file, byte for byte', async () => {
  const text = createDiagramText(editor, example);
  expect(await text.text()).toBe(example);

  modeling().updateProperties(element('reply_sent'), { name: 'Answered' });
  expect(await text.text()).toContain('name="Answered"');

  editor.undo();
  expect(await text.text()).toBe(example);
});

test('an edit changes the lines it is about and no others', async () => {
  modeling().updateProperties(element('support-triage'), { name: 'Mail triage' });
  const before = example.trimEnd().split('\n');
  const after = (await editor.xml()).trimEnd().split('\n');
  const changed = after.filter((line, at) => line !== before[at]);
  expect(after).toHaveLength(before.length);
  expect(changed.map((line) => line.trim())).toEqual([
    '<bpmn:process id="support-triage" name="Mail triage" isExecutable="true">',
  ]);
});

test('an agent put after a task is a job of type agent with the agent’s name, and its id can be read', () => {
  const placing = editor.get<Placing>('placing');
  const agent = append('look_up_order', placing.shape('agent', { kind: 'agent', name: 'reply-writer' }));

  expect(agent.id).toBe('reply_writer');
  expect(kindOf(agent.businessObject)).toBe('agent');
  expect(taskType(agent.businessObject)).toBe('agent');
  expect(header(agent.businessObject, 'agent')).toBe('reply-writer');
});

test('a second element of a name gets an id of its own', () => {
  const placing = editor.get<Placing>('placing');
  append('look_up_order', placing.shape('tool', { kind: 'tool', name: 'look-up-order' }));
  expect(editor.find('look_up_order_2')).toBeDefined();
});

test('a new user task is one of the inbox, in one step of undo', () => {
  const task = append('look_up_order', editor.get<Placing>('placing').shape('userTask'));
  expect(extensionOf(task.businessObject, 'zeebe:UserTask')).toBeDefined();

  editor.undo();
  expect(editor.find(task.id)).toBeUndefined();
  expect(editor.canUndo()).toBe(false);
});

test('the first name of an element becomes its id, a chosen id stays', () => {
  const task = append('look_up_order', editor.get<Placing>('placing').shape('serviceTask'));
  modeling().updateLabel(task, 'Prüfe die Bestellung', undefined as never);
  expect(task.id).toBe('prufe_die_bestellung');

  modeling().updateLabel(task, 'Check the order', undefined as never);
  expect(task.id).toBe('prufe_die_bestellung');
});

test('a header is set, replaced in its place and removed; the file shows it', async () => {
  const extensions = editor.get<Extensions>('extensions');
  const agent = element('classify_message');
  extensions.writeHeader(agent, 'agent', 'triage-two');
  expect(await editor.xml()).toBe(
    example.replace('key="agent" value="triage"', 'key="agent" value="triage-two"'),
  );

  extensions.writeHeader(agent, 'task', undefined);
  expect(header(agent.businessObject, 'task')).toBeUndefined();
  editor.undo();
  editor.undo();
  expect(editor.canUndo()).toBe(false);
  expect(await editor.xml()).toBe(example);
});

test('with its last input gone the mapping goes too', async () => {
  const extensions = editor.get<Extensions>('extensions');
  extensions.writeList(element('look_up_order'), 'zeebe:IoMapping', 'inputParameters', 'zeebe:Input', []);
  expect(extensionOf(element('look_up_order').businessObject, 'zeebe:IoMapping')).toBeUndefined();
});

test('the place of a timer definition is the event that holds it', () => {
  expect(editor.find('escalation_timer')?.id).toBe('no_answer_in_time');
});

test('a file without a diagram is drawn, and stays as it is, byte for byte, until it is edited', async () => {
  const file = readFileSync(join(import.meta.dirname, '../../../../infra/clients/claim.bpmn'), 'utf8');
  const text = createDiagramText(editor, example);
  expect(await text.replace(file)).toEqual({ ok: true, value: [] });
  expect(await text.text()).toBe(file);
  const { x } = element('check') as Element & { x: number };
  expect(x).toBeGreaterThan((element('start') as Element & { x: number }).x);

  modeling().updateProperties(element('check'), { name: 'Check the claim' });
  const edited = await text.text();
  expect(edited).toContain('name="Check the claim"');
  expect(edited).toContain('<bpmndi:BPMNShape id="check_di" bpmnElement="check">');

  editor.undo();
  expect(await text.text()).toBe(file);
});

test('a file without a process is refused in words; what was drawn stays', async () => {
  const text = createDiagramText(editor, example);
  const none =
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><message id="m" /></definitions>';
  expect(await text.replace(none)).toMatchObject({
    ok: false,
    failure: { message: 'Expected BPMN that can be drawn, but there is no process in it' },
  });
  expect(element('reply_sent')).toBeDefined();
  expect(await text.text()).toBe(example);
});
