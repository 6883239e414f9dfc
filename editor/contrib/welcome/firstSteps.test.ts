import type { WorkflowSummary } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { exampleOf, type FirstStepsState, stepsOf } from './firstSteps.ts';

const workflow = (name: string) => ({ id: name, name }) as WorkflowSummary;
const having = (state: Partial<FirstStepsState>): FirstStepsState => ({
  loaded: true,
  workflows: [],
  runs: 0,
  completed: 0,
  ...state,
});
const titles = (state: FirstStepsState) =>
  stepsOf(state, 'designer', 'Acme').map(({ title, done }) => `${done ? '✓ ' : ''}${title}`);

it('begins with the example where there is one', () => {
  const workflows = [workflow('Refunds'), workflow('Support triage')];

  expect(exampleOf(workflows)?.name).toBe('Support triage');
  expect(titles(having({ workflows: [workflow('Support triage')], runs: 2 }))).toEqual([
    '✓ Sign in',
    '✓ Run the example',
    'Finish a run',
    'Draw a workflow of your own',
  ]);
});

it('begins with drawing where the tenant is empty, and does not speak of an example', () => {
  expect(titles(having({}))).toEqual(['✓ Sign in', 'Draw a workflow', 'Run it', 'Finish a run']);
  expect(titles(having({ workflows: [workflow('Refunds')] }))[1]).toBe('✓ Draw a workflow');
});
