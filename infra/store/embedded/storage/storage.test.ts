import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Document } from 'bson';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matcher } from '../language/language.ts';
import { type SortSpecification, sortDocuments } from '../language/sort.ts';
import { encodeUint32, encodeValue } from './keys.ts';
import { plan, planOrder, planPattern } from './plan.ts';
import { openStorage, type Storage } from './storage.ts';

let directory: string;
let storage: Storage;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-storage-'));
  storage = openStorage(directory);
});
afterAll(async () => {
  await storage.close();
  await rm(directory, { recursive: true });
});

const value = fc.oneof(fc.nat(4), fc.constantFrom('a', 'b', null), fc.array(fc.nat(4), { maxLength: 3 }));
const long = fc.constantFrom('d', `${'e'.repeat(150)}1`, `${'e'.repeat(150)}0`);
const stored = fc.record({ a: value, b: value, c: fc.oneof(value, long) }, { requiredKeys: [] });
const bound = fc.nat(4);
const condition = fc.oneof(
  fc.nat(4),
  fc.constantFrom('a', null),
  fc.record({ $gte: bound }),
  fc.record({ $gt: bound, $lt: bound }),
  fc.record({ $in: fc.array(fc.oneof(bound, fc.constant(null)), { maxLength: 3 }) }),
);
const fixed = fc.oneof(fc.nat(4), fc.constantFrom('a', 'b'));
const filter = fc.oneof(
  fc.record({ a: condition, b: condition }, { requiredKeys: [] }),
  // What an index serves alone: counts, and the order of what it does not fix.
  fc.record({ a: fixed, b: fixed }, { requiredKeys: ['a'] }),
  fc.record({ a: fixed, b: condition }, { requiredKeys: ['a'] }),
);
const orders: SortSpecification[] = [{ b: 1 }, { c: 1 }, { b: -1, _id: -1 }, { b: 1, a: -1 }, { a: 1 }];
const change = fc.oneof(
  fc.record({ insert: stored }),
  fc.record({ replace: fc.nat(9), by: stored }),
  fc.record({ remove: fc.nat(9) }),
);

test('a find through indexes has what reading everything has, after any changes', async () => {
  let collections = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 12 }),
      fc.array(filter, { maxLength: 6 }),
      async (changes, filters) => {
        const collection = await storage.write(() => {
          const made = storage.createCollection(`test.c${collections++}`);
          storage.createIndex(made, { name: 'ab', key: { a: 1, b: -1 } });
          storage.createIndex(made, { name: 'b', key: { b: 1 }, sparse: true });
          storage.createIndex(made, { name: 'ac', key: { a: 1, c: 1 } });
          return made;
        });
        let inserted = 0;
        for (const one of changes) {
          await storage.write(() => {
            if ('insert' in one) return void storage.insert(collection, { _id: inserted++, ...one.insert });
            const _id = 'replace' in one ? one.replace : one.remove;
            const [found] = storage.find(collection, { _id });
            if (!found) return;
            if ('replace' in one) storage.replace(collection, found, { _id, ...one.by });
            else storage.remove(collection, found);
          });
        }
        const everything = storage.find(collection, {}).map(({ document }) => document);
        for (const one of filters) {
          const matching = everything.filter(matcher(one));
          expect(storage.find(collection, one).map(({ document }) => document)).toEqual(matching);
          expect(storage.count(collection, one)).toBe(matching.length);
          for (const order of orders) {
            for (const skip of [0, 2])
              expect(storage.findSorted(collection, one, order, 3, skip)).toEqual(
                sortDocuments(matching, order).slice(skip, skip + 3),
              );
          }
        }
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 150) },
  );
});

test('equality on leading paths, then a range, picks the index that narrows most', async () => {
  const collection = await storage.write(() => {
    const made = storage.createCollection('test.plans');
    storage.createIndex(made, { name: 'tenant', key: { tenant: 1 } });
    storage.createIndex(made, { name: 'tenantName', key: { tenant: 1, name: 1 } });
    storage.createIndex(made, {
      name: 'live',
      key: { tenant: 1, name: 1, kind: 1 },
      partialFilterExpression: { deleted: false },
    });
    return made;
  });
  const chosen = (conditions: Document) => plan(conditions, collection.indexes)?.index.name;
  expect([
    chosen({ tenant: 'a' }),
    chosen({ tenant: 'a', name: { $gt: 'b' } }),
    chosen({ tenant: 'a', name: 'b', kind: 'c' }),
    chosen({ tenant: 'a', name: 'b', kind: 'c', deleted: false }),
    chosen({ _id: 1, tenant: 'a' }),
    chosen({ name: 'b' }),
    chosen({ $or: [{ tenant: 'a' }] }),
    chosen({ tenant: /a/ }),
  ]).toEqual(['tenant', 'tenantName', 'tenantName', 'live', '_id_', undefined, undefined, undefined]);
});

test('a find during the building of an index has every document', async () => {
  const collection = await storage.write(() => {
    const made = storage.createCollection('test.building');
    storage.insert(made, { _id: 1, tenant: 'acme' });
    return made;
  });
  let built = false;
  const building = storage.write(() => {
    storage.createIndex(collection, { name: 'tenant', key: { tenant: 1 } });
    storage.createIndex(collection, { name: 'tenantId', key: { tenant: 1, _id: 1 } });
  });
  building.then(() => {
    built = true;
  });
  while (!built) {
    expect(storage.find(collection, { tenant: 'acme' })).toHaveLength(1);
    await setImmediate();
  }
  expect(storage.find(collection, { tenant: 'acme' })).toHaveLength(1);
});

test('a sorted find that an index has the order of reads no more than it is asked for', async () => {
  const collection = await storage.write(() => {
    const made = storage.createCollection('test.ordered');
    storage.createIndex(made, { name: 'at', key: { tenant: 1, at: -1 } });
    for (let n = 0; n < 400; n++)
      storage.insert(made, {
        _id: `${'x'.repeat(200)}${n % 7}-${n}`,
        tenant: n % 2 ? 'acme' : 'globex',
        at: n >> 2,
      });
    return made;
  });
  const all = storage.find(collection, {}).map(({ document }) => document);
  for (const filter of [{ tenant: 'acme' }, { tenant: 'acme', at: { $gte: 40, $lt: 60 } }]) {
    for (const order of [
      { at: -1, _id: -1 },
      { at: 1, _id: 1 },
    ] as SortSpecification[]) {
      expect(storage.findSorted(collection, filter, order, 9)).toEqual(
        sortDocuments(all.filter(matcher(filter)), order).slice(0, 9),
      );
    }
  }
  expect(storage.count(collection, { tenant: 'acme' })).toBe(200);
  expect(planOrder({ tenant: 'acme' }, ['at', -1], collection.indexes)?.index.name).toBe('at');
  expect(planOrder({}, ['at', -1], collection.indexes)).toBeUndefined();
});

test('a pattern is matched with the keys of an index, as it is with the documents', async () => {
  const names = [
    'triage',
    'order-triage',
    'x'.repeat(300),
    `${'x'.repeat(300)}triage`,
    'a\0b',
    'ünï',
    '',
    7,
    null,
  ];
  const collection = await storage.write(() => {
    const made = storage.createCollection('test.patterns');
    storage.createIndex(made, { name: 'named', key: { tenant: 1, live: 1, name: 1 } });
    for (const tenant of ['acme', 'globex'])
      names.forEach((name, n) => {
        storage.insert(made, { _id: `${tenant}${n}`, tenant, live: n !== 1, name });
      });
    return made;
  });
  const all = storage.find(collection, {}).map(({ document }) => document);
  for (const pattern of ['triage', '^x', 'b$', 'ï', '', '7', '^$']) {
    for (const more of [{}, { live: true }, { live: true, _id: 'acme0' }]) {
      const filter = { tenant: 'acme', ...more, name: { $regex: pattern } };
      const expected = all.filter(matcher(filter));
      expect(storage.find(collection, filter).map(({ document }) => document)).toEqual(expected);
      expect(storage.count(collection, filter)).toBe(expected.length);
      expect(storage.findSorted(collection, filter, { name: 1 }, 3)).toEqual(
        sortDocuments(expected, { name: 1 }).slice(0, 3),
      );
    }
  }
  const { test: matches } = planPattern(
    { tenant: 'acme', live: true, name: { $regex: 'order' } },
    collection.indexes,
  )!;
  const key = Buffer.concat([
    encodeUint32(collection.indexes[1]!.id),
    ...['acme', true, 'triage'].map(encodeValue),
    Buffer.alloc(8),
  ]);
  expect(matches(key)).toBe(false);
});
