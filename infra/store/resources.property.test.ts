import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDocumentStore } from './openDocumentStore.ts';
import type { DocumentStore } from './ports.ts';

interface Version {
  name: string;
  content: unknown;
}
/** What a tenant's agents should be: versions by id, and which ids are deleted. */
interface Expected {
  versions: Map<string, Version[]>;
  deleted: Set<string>;
}

const at = new Date('2026-03-01T09:00:00Z');
const id = fc.constantFrom('x', 'y', 'z');
const name = fc.constantFrom('red', 'green', 'blue');
const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const), id, name, content: fc.nat(3) }),
  fc.record({ do: fc.constant('update' as const), id, name, content: fc.nat(3), stale: fc.boolean() }),
  fc.record({ do: fc.constant('delete' as const), id }),
  fc.record({ do: fc.constant('restart' as const) }),
);

function nameTaken({ versions, deleted }: Expected, id: string, name: string): boolean {
  return [...versions].some(
    ([other, all]) => other !== id && !deleted.has(other) && all.at(-1)!.name === name,
  );
}

test('whatever is saved, deleted and restarted in whatever order, the store holds what a simple map would', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'baton-property-'));
  const open = () => openDocumentStore({ uri: undefined, dataDirectory, now: () => at });
  let store: DocumentStore = await open();
  let tenants = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const tenant = `t${tenants++}`;
      const expected: Expected = { versions: new Map(), deleted: new Set() };
      const { versions, deleted } = expected;
      for (const action of steps) {
        if (action.do === 'restart') {
          await store.close();
          store = await open();
          continue;
        }
        const live = versions.has(action.id) && !deleted.has(action.id);
        if (action.do === 'delete') {
          expect(await store.resources.delete(tenant, 'agent', action.id)).toBe(live);
          if (live) deleted.add(action.id);
          continue;
        }
        const save = { name: action.name, content: action.content, author: 'a', message: '', at };
        const next: Version = { name: action.name, content: action.content };
        if (action.do === 'create') {
          const result = await store.resources.create(tenant, 'agent', action.id, save);
          expect(result.ok).toBe(!live && !nameTaken(expected, action.id, action.name));
          if (!result.ok) continue;
          versions.set(action.id, [...(versions.get(action.id) ?? []), next]);
          deleted.delete(action.id);
          continue;
        }
        const latest = await store.resources.get(tenant, 'agent', action.id);
        const hash = action.stale ? 'stale' : (latest?.hash ?? '');
        const result = await store.resources.update(tenant, 'agent', action.id, hash, save);
        const same = latest?.name === action.name && latest.content === action.content;
        const wanted = !live
          ? 'NOT_FOUND'
          : action.stale
            ? 'VERSION_CONFLICT'
            : !same && nameTaken(expected, action.id, action.name)
              ? 'ALREADY_EXISTS'
              : 'ok';
        expect(result.ok ? 'ok' : result.failure.code).toBe(wanted);
        if (wanted === 'ok' && !same) versions.get(action.id)!.push(next);
      }

      for (const [one, all] of versions) {
        const stored = await Promise.all(
          all.map((_, index) => store.resources.get(tenant, 'agent', one, index + 1)),
        );
        expect(
          stored.map((resource) => resource && { name: resource.name, content: resource.content }),
        ).toEqual(all);
        expect(await store.resources.get(tenant, 'agent', one, all.length + 1)).toBeUndefined();
        const listed = await store.resources.versions(tenant, 'agent', one, { limit: 100, offset: 0 });
        expect(listed.total).toBe(deleted.has(one) ? 0 : all.length);
      }
      const { items } = await store.resources.list(tenant, 'agent', { limit: 100, offset: 0 });
      const liveNames = [...versions].filter(([one]) => !deleted.has(one)).map(([, all]) => all.at(-1)!.name);
      expect(items.map((resource) => resource.name)).toEqual(liveNames.sort());
    }),
    { numRuns: 25 },
  );
  await store.close();
  await rm(dataDirectory, { recursive: true });
});
