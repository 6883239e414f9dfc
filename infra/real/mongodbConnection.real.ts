import { lookup } from 'node:dns';
import { createOutbound, readNetworks } from '@baton/gateway';
import { createToolConnections } from '@baton/tools-registry';
import type { JsonValue } from '@baton/tools-registry/contract';
import { afterAll, describe, expect, it } from 'vitest';

const never = new AbortController().signal;
const server = process.env.TEST_MONGODB_URI;

describe.skipIf(!server)('tools and MongoDB (TEST_MONGODB_URI)', () => {
  const machine = readNetworks('loopback');
  const connections = createToolConnections({
    connection: async (_tenantId, name) =>
      name === 'shop'
        ? {
            kind: 'mongodb',
            url: `${server}/tools-of-tests`,
            password: undefined,
            readOnly: false,
            revision: 'one',
          }
        : undefined,
    dial: createOutbound({ allowed: machine.ok ? machine.value : [], resolve: lookup, advice: 'ask' }),
  });
  afterAll(() => connections.close());

  const ask = (request: object, readOnly = true) =>
    connections.mongodb(
      'acme',
      'shop',
      {
        operation: 'find',
        collection: 'orders',
        filter: {},
        pipeline: [],
        documents: [],
        many: false,
        limit: 100,
        timeout: 10_000,
        readOnly,
        ...request,
      },
      never,
    );
  const value = async (request: object, readOnly = true) => {
    const answer = await ask(request, readOnly);
    if (!answer.ok) throw new Error(answer.message);
    return answer.value as { [name: string]: JsonValue };
  };

  it('says what it is connected to', async () => {
    expect(await connections.test('acme', 'shop', never)).toMatchObject({
      ok: true,
      message: expect.stringMatching(/^MongoDB /),
    });
  });

  it('writes, finds, counts, changes and deletes documents', async () => {
    await ask({ operation: 'delete', many: true }, false);
    const documents = [1, 2, 3].map((total) => ({ total, at: { $date: '2026-03-01T09:00:00Z' } }));
    expect(await value({ operation: 'insert', documents }, false)).toMatchObject({ count: 3 });
    const found = await value({ filter: { total: { $gt: 1 } }, sort: { total: -1 }, limit: 1 });
    expect(found).toMatchObject({
      documents: [{ total: 3, at: { $date: '2026-03-01T09:00:00Z' } }],
      truncated: true,
    });
    expect(await value({ operation: 'count' })).toEqual({ count: 3 });
    const update = { $set: { paid: true } };
    const changed = await value({ operation: 'update', many: true, update }, false);
    expect(changed).toEqual({ count: 3, changed: 3 });
    const pipeline = [{ $match: { paid: true } }, { $group: { _id: null, sum: { $sum: '$total' } } }];
    expect(await value({ operation: 'aggregate', pipeline })).toMatchObject({ documents: [{ sum: 6 }] });
    expect(await value({ operation: 'delete', filter: { total: 1 } }, false)).toEqual({ count: 1 });
  });

  it.each([
    ['code in a filter', { filter: { $where: 'sleep(1000)' } }],
    [
      'code deep in a pipeline',
      { operation: 'aggregate', pipeline: [{ $project: { x: { $function: {} } } }] },
    ],
    ['a pipeline that writes', { operation: 'aggregate', pipeline: [{ $match: {} }, { $out: 'stolen' }] }],
    ['a pipeline that merges', { operation: 'aggregate', pipeline: [{ $merge: { into: 'stolen' } }] }],
  ])('%s is refused', async (_what, request) => {
    expect(await ask(request)).toMatchObject({ ok: false, code: 'REQUEST_INVALID' });
  });
});
