import { expect, it } from 'vitest';
import type { ModdleElement } from '../../ui/diagram/moddle.ts';
import { namedByElement } from './namedByElement.ts';

/** As moddle reads it: properties by name, lists behind `get`. */
const node = ($type: string, properties: { readonly [name: string]: unknown }): ModdleElement =>
  ({ $type, ...properties, get: (name: string) => properties[name] }) as unknown as ModdleElement;
const element = (...values: ModdleElement[]) =>
  node('bpmn:Task', { extensionElements: node('bpmn:ExtensionElements', { values }) });
const job = (type: string, headers: { [key: string]: string }) =>
  element(
    node('zeebe:TaskDefinition', { type }),
    node('zeebe:TaskHeaders', {
      values: Object.entries(headers).map(([key, value]) => node('zeebe:Header', { key, value })),
    }),
  );

it.each([
  [
    'an agent and its task',
    job('agent', { agent: 'triage@3', task: 'classify' }),
    ['agent/triage', 'task/classify'],
  ],
  ['a tool', job('tool', { tool: 'github.create_issue' }), ['tool/github.create_issue']],
  ['a form', element(node('zeebe:FormDefinition', { formId: 'approve' })), ['form/approve']],
  ['a decision', element(node('zeebe:CalledDecision', { decisionId: 'refund' })), ['decision/refund']],
  ['a called process', element(node('zeebe:CalledElement', { processId: 'billing' })), ['process/billing']],
  ['nothing where FEEL chooses', element(node('zeebe:CalledElement', { processId: '=next' })), []],
  ['nothing of a job of another program', job('send-email', { agent: 'triage' }), []],
])('an element of a diagram leads to %s', (_what, from, names) => {
  expect(namedByElement(from).map(({ kind, name }) => `${kind}/${name}`)).toEqual(names);
});
