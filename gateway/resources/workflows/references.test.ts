import { expect, it } from 'vitest';
import { workflowReferences } from './references.ts';

const definitions = (inner: string, prefix = 'zeebe') =>
  `<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:${prefix}="http://camunda.org/schema/zeebe/1.0"><bpmn:process id="p">${inner}</bpmn:process></bpmn:definitions>`;
const task = (type: string, headers: { [key: string]: string }, prefix = 'zeebe') =>
  `<bpmn:serviceTask id="t"><bpmn:extensionElements><${prefix}:taskDefinition type="${type}" /><${prefix}:taskHeaders>${Object.entries(
    headers,
  )
    .map(([key, value]) => `<${prefix}:header key="${key}" value="${value}" />`)
    .join(
      '',
    )}</${prefix}:taskHeaders></bpmn:extensionElements><bpmn:incoming>f</bpmn:incoming></bpmn:serviceTask>`;
const references = (inner: string) => workflowReferences({ xml: definitions(inner) });

it('are the agents, tools and tasks that tasks name, each once', () => {
  expect(
    references(
      task('agent', { agent: 'triage@production', task: 'classify', resultVariable: 'r' }) +
        task('tool', { tool: 'order-lookup' }) +
        task('tool', { tool: 'github.create_issue' }) +
        task('tool', { tool: 'order-lookup' }),
    ),
  ).toEqual([
    'agent/triage',
    'mcpServer/github',
    'task/classify',
    'tool/github.create_issue',
    'tool/order-lookup',
  ]);
});

it('are found in sub-processes, in whatever order and with whatever prefix', () => {
  const turned =
    '<bpmn:serviceTask id="t"><bpmn:extensionElements><z:taskHeaders><z:header value=\'a &amp; b&#33;\' key="tool"/></z:taskHeaders><z:taskDefinition type="tool"/></bpmn:extensionElements></bpmn:serviceTask>';
  const xml = definitions(
    `<bpmn:adHocSubProcess id="s">${turned}${task('tool', { tool: 'inner' }, 'z')}</bpmn:adHocSubProcess>`,
    'z',
  );
  expect(workflowReferences({ xml })).toEqual(['tool/a & b!', 'tool/inner']);
});

it('are processes that are called by their id, not those that an expression names', () => {
  const call = (id: string) =>
    `<bpmn:callActivity id="c"><bpmn:extensionElements><zeebe:calledElement processId="${id}" /></bpmn:extensionElements></bpmn:callActivity>`;
  expect(references(call('refund') + call('=process'))).toEqual(['process/refund']);
});

it('are not headers of other jobs, comments, nor what has another namespace', () => {
  expect(
    references(
      `${task('mail', { tool: 'x', agent: 'y' })}<!-- ${task('tool', { tool: 'gone' })} -->${task('tool', {})}${task('tool', { tool: ' ' })}`,
    ),
  ).toEqual([]);
  const xml = definitions(task('tool', { tool: 'x' })).replace('camunda.org', 'example.com');
  expect(workflowReferences({ xml })).toEqual([]);
});

it('takes what is no XML yet, and much of it, in one pass', () => {
  const whole = definitions(task('tool', { tool: 'first' }) + task('tool', { tool: 'second' }));
  expect(workflowReferences({ xml: whole.slice(0, whole.indexOf('second') + 12) })).toContain('tool/first');
  expect(workflowReferences({ xml: '<a '.repeat(300_000) })).toEqual([]);
  expect(workflowReferences({ xml: '<a b="'.repeat(200_000) })).toEqual([]);
  expect(workflowReferences({ xml: '<!--'.repeat(200_000) })).toEqual([]);
  expect(workflowReferences({ xml: '' })).toEqual([]);
});
