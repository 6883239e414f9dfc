import { readFileSync } from 'node:fs';
import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { accepted, Scenario } from '../scenario.ts';

const example = readFileSync(new URL('../../../infra/examples/support-triage.bpmn', import.meta.url), 'utf8');
const form = readFileSync(new URL('../../../infra/examples/answer-customer.form', import.meta.url), 'utf8');

async function triaged(triage: { mood: string; orderId: string }): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deployTogether([
    { name: 'support-triage.bpmn', content: example },
    { name: 'answer-customer.form', content: form },
  ]);
  await scenario.started('support-triage', { message: 'Where is it?', customer: 'Ann' });
  await scenario.complete('agent', { triage });
  return scenario;
}

const answerTask = (scenario: Scenario) => scenario.events('USER_TASK', 'CREATED').at(-1)!;

describe('support triage', () => {
  it('looks up the order of a calm customer', async () => {
    const scenario = await triaged({ mood: 'calm', orderId: 'A-1' });
    const job = await scenario.job('tool');
    expect(job).toMatchObject({ variables: { orderId: 'A-1' }, customHeaders: { tool: 'order-lookup' } });
    await scenario.execute(commands.completeJob(job.key, { order: { state: 'sent' } }));

    expect(scenario.completed.at(-1)).toBe('support-triage');
    expect(scenario.variables()['support-triage']).toMatchObject({ order: { state: 'sent' } });
  });

  it('gives an angry customer to a person', async () => {
    const scenario = await triaged({ mood: 'angry', orderId: 'A-1' });
    const task = answerTask(scenario);
    expect(task.value).toMatchObject({
      elementId: 'answer_angry_customer',
      candidateGroups: ['support-leads'],
    });
    accepted(await scenario.execute(commands.completeUserTask(task.key, { answer: 'Sorry' }, 'complete')));
    expect(scenario.completed.slice(-3)).toEqual(['answered', 'reply_sent', 'support-triage']);
  });

  it('escalates when nobody answers in time', async () => {
    const scenario = await triaged({ mood: 'angry', orderId: 'A-1' });
    await scenario.wait(15 * 60_000);
    expect(scenario.terminated).toEqual(['answer_angry_customer']);
    const task = answerTask(scenario);
    expect(task.value).toMatchObject({ elementId: 'team_lead_takes_over', candidateGroups: ['team-leads'] });
    accepted(await scenario.execute(commands.completeUserTask(task.key, {}, 'complete')));
    expect(scenario.completed.slice(-2)).toEqual(['escalated', 'support-triage']);
  });
});
