import { commands } from '@baton/engine/broker';
import type { ProcessInstanceCreationValue } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { bpmn, callActivity, end, parallelGateway, path, serviceTask, start, subProcess } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const line = (id = 'p') =>
  bpmn(id, start(), serviceTask('a'), serviceTask('b'), end(), path('start', 'a', 'b', 'end'));

async function deployed(xml: string) {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  const create = (more: Partial<ProcessInstanceCreationValue>) =>
    scenario.execute(
      commands.createInstance(
        { bpmnProcessId: 'p', version: -1, processDefinitionKey: -1, variables: {}, ...more },
        scenario.tenantId,
      ),
    );
  const endingAfter = (...elementIds: string[]) =>
    create({
      runtimeInstructions: elementIds.map((afterElementId) => ({
        type: 'TERMINATE_PROCESS_INSTANCE',
        afterElementId,
      })),
    });
  return { scenario, create, endingAfter };
}

const refused = (outcome: { ok: boolean; failure?: { reason: string } }) => outcome.failure?.reason;

describe('an instance that is to end after an element', () => {
  it('is terminated as the element has completed, with what it began', async () => {
    const { scenario, endingAfter } = await deployed(line());
    accepted(await endingAfter('a'));
    await scenario.complete('a', { x: 1 });
    expect(scenario.completed).toEqual(['start', 'a']);
    expect(scenario.terminated.at(-1)).toBe('p');
    expect(await scenario.activate('b')).toEqual([]);
  });

  it('is terminated with the paths beside, wherever the element stands', async () => {
    const { scenario, endingAfter } = await deployed(
      bpmn(
        'p',
        start(),
        parallelGateway('fork'),
        serviceTask('beside'),
        subProcess('s', {}, start('sStart'), serviceTask('a'), end('sEnd'), path('sStart', 'a', 'sEnd')),
        end(),
        path('start', 'fork', 's', 'end'),
        path('fork', 'beside', 'end'),
      ),
    );
    accepted(await endingAfter('s', 'a'));
    await scenario.complete('a');
    expect(scenario.terminated).toEqual(expect.arrayContaining(['beside', 's', 'p']));
  });

  it('is not ended by an element of the same id in a process that it calls', async () => {
    const { scenario, endingAfter } = await deployed(
      bpmn(
        'p',
        start(),
        callActivity('call', 'called'),
        serviceTask('b'),
        end(),
        path('start', 'call', 'b', 'end'),
      ),
    );
    await scenario.deploy(line('called'), 'called.bpmn');
    accepted(await endingAfter('b'));
    await scenario.complete('a');
    await scenario.complete('b');
    expect(scenario.terminated).toEqual([]);
    await scenario.complete('b');
    expect(scenario.terminated.at(-1)).toBe('p');
  });

  it('goes to its end where the element is none of its own', async () => {
    const { scenario, endingAfter } = await deployed(line());
    accepted(await endingAfter('zz'));
    await scenario.complete('a');
    await scenario.complete('b');
    expect(scenario.terminated).toEqual([]);
  });
});

describe('an instance with tags', () => {
  it('gives them to its jobs', async () => {
    const { scenario, create } = await deployed(line());
    accepted(await create({ tags: ['priority:high', 'a-1_2.3'] }));
    const a = await scenario.job('a');
    expect(a.tags).toEqual(['priority:high', 'a-1_2.3']);
    await scenario.execute(commands.completeJob(a.key, {}));
    expect((await scenario.job('b')).tags).toEqual(['priority:high', 'a-1_2.3']);
  });

  it('has none where none are given', async () => {
    const { scenario, create } = await deployed(line());
    accepted(await create({}));
    expect((await scenario.job('a')).tags).toEqual([]);
  });

  it('takes ten of a hundred characters, and no more', async () => {
    const { create } = await deployed(line());
    const tags = Array.from({ length: 10 }, (_, index) => `t${index}`.padEnd(100, 'x'));
    accepted(await create({ tags }));
    expect(refused(await create({ tags: [...tags, 'eleventh'] }))).toContain('exceeds the limit of 10');
  });

  it.each(['', '1st', 'with space', '-a', 'a/b', 'é', 'a'.repeat(101)])(
    "is refused for the tag '%s'",
    async (tag) => {
      const { create } = await deployed(line());
      expect(refused(await create({ tags: ['fine', tag] }))).toContain(`the tags '${tag}' are invalid`);
    },
  );
});
