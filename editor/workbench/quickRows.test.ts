import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Quick, quickIndex, quickRows } from './quickRows.ts';

const item = (label: string, more: Partial<Quick> = {}): Quick => ({
  id: label,
  label,
  choose() {},
  ...more,
});
const labels = (items: Quick[], query: string, options = {}) =>
  quickRows(quickIndex(items), query, options).map((row) => row.item.label);

const documents = [
  item('triage.bpmn', { description: 'workflows' }),
  item('triage.agent.yaml', { description: 'agents' }),
  item('refund.bpmn', { description: 'workflows' }),
];

it('what was used last comes first, and among equals', () => {
  const recent = ['refund.bpmn', 'triage.agent.yaml'];
  expect(labels(documents, '', { recent })).toEqual(['refund.bpmn', 'triage.agent.yaml', 'triage.bpmn']);
  expect(labels(documents, 'tri', { recent })).toEqual(['triage.agent.yaml', 'triage.bpmn']);
  expect(labels(documents, 'tri')).toEqual(['triage.bpmn', 'triage.agent.yaml']);
});

it('the description narrows down, and finds after all that the label finds', () => {
  expect(labels(documents, 'triage agents')).toEqual(['triage.agent.yaml']);
  expect(labels([...documents, item('workflows.md')], 'workflows')).toEqual([
    'workflows.md',
    'triage.bpmn',
    'refund.bpmn',
  ]);
});

it('sections stay together, each under its head', () => {
  const items = [
    item('Start', { section: 'Event' }),
    item('Classify', { section: 'Task' }),
    item('Ended', { section: 'Event' }),
  ];
  const rows = quickRows(quickIndex(items), '', { grouped: true });
  expect(rows.map((row) => [row.section, row.item.label])).toEqual([
    ['Event', 'Start'],
    [undefined, 'Ended'],
    ['Task', 'Classify'],
  ]);
});

it('looks through 5,000 commands and documents, and finds each by its words', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => item(`Order process variant number ${at}.bpmn`));
  expect(labels(many, 'variant 4711')[0]).toBe('Order process variant number 4711.bpmn');
  expect(labels(many, 'opvn4711')[0]).toBe('Order process variant number 4711.bpmn');
});

it('the most that are wanted are the first of all that are found', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[abc ]{1,6}$/)),
      fc.stringMatching(/^[abc]{1,2}$/),
      (texts, query) => {
        const items = texts.map((text) => item(text));
        expect(labels(items, query, { most: 3 })).toEqual(labels(items, query).slice(0, 3));
      },
    ),
  );
});
