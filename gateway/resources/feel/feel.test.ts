import { ok } from '@baton/engine/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

let running: Running;

beforeAll(async () => {
  running = await startGateway({
    evaluateFeel: async (expression) => ok({ value: BigInt(expression) as never, warnings: [] }),
  });
});
afterAll(() => running.stop());

it('a value of 64 bits is answered with all its digits', async () => {
  const token = await tokenMaker(running.store, running.gateway.issuer);
  const answer = await fetch(`${running.url}/api${table.feel.evaluate.path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await token({ roles: ['viewer'] })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ expression: '9007199254740993' }),
  });
  expect([answer.status, await answer.text()]).toEqual([
    200,
    '{"ok":true,"value":9007199254740993,"warnings":[]}',
  ]);
});
