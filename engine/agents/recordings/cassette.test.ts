import { expect, it } from 'vitest';
import { says, scripted } from '../runTest.ts';
import { cassetteOf } from './cassette.ts';
import { recorded } from './recordTest.ts';
import { replayRun } from './replayRun.ts';

const secret = 'hunter2 "of" acme';

async function aRun() {
  const changes = { tools: ['order-lookup'], systemPrompt: 'Write to boss@acme.example.' };
  const agent = scripted(changes);
  agent.dependencies.tools.invoker.call = async () => ({
    ok: true,
    value: { customer: 'Anna@Firm.example', token: secret, key: 'sk-ant-0123456789012345678901234567' },
    version: 2,
    logs: [],
  });
  agent.answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [{ id: 't1', name: 'order-lookup', arguments: { orderId: 'anna@firm.example' } }],
    }),
    says({ text: `anna@firm.example says ${secret}` }),
  );
  return recorded(agent, changes, await agent.run({ variables: { message: 'Of anna@firm.example' } }));
}

it('a cassette holds no keys, secrets, addresses or tenant, and is done over alike', async () => {
  const cassette = cassetteOf(await aRun(), [secret]);
  const written = JSON.stringify(cassette);
  for (const hidden of ['hunter2', 'sk-ant', 'firm.example', 'acme', 'Anna'])
    expect(written).not.toContain(hidden);
  expect(cassette.agent.definition.systemPrompt).toBe('Write to person-2@masked.example.');
  expect(cassette.began.variables).toEqual({ message: 'Of person-1@masked.example' });
  expect(cassette.run.result).toEqual({ text: 'person-1@masked.example says •••' });
  expect(await replayRun(cassette)).toMatchObject({ calls: 3, difference: null });
});

it('the same recording gives the same cassette, and so does a cassette', async () => {
  const recording = await aRun();
  const cassette = cassetteOf(recording, [secret]);
  expect(JSON.stringify(cassetteOf(recording, [secret]))).toBe(JSON.stringify(cassette));
  expect(await replayRun(cassetteOf(cassette, []))).toMatchObject({ difference: null });
});
