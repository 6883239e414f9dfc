import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDocumentStore } from './openDocumentStore.ts';
import type { DocumentStore, Resource } from './ports.ts';

const at = new Date('2026-03-01T09:00:00Z');
const kind = 'prompt';
const editor = fc.nat(2);
const id = fc.constantFrom('x', 'y');
const act = fc.record({
  do: fc.constantFrom('look', 'save', 'draft', 'publish', 'restore', 'label', 'discard', 'delete', 'create'),
  editor,
  id,
  version: fc.integer({ min: 0, max: 6 }),
  label: fc.constantFrom('production', 'beta'),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
/** What several people do at the same moment, and whether the store ends and is opened again afterwards. */
const moments = fc.array(
  fc.record({
    acts: fc.array(act, { minLength: 1, maxLength: 5 }),
    restart: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
  }),
  { maxLength: 14 },
);

/** What an editor has on the screen: the latest version, and the draft if there was one. */
interface Seen {
  latest: Resource | undefined;
  draft: string | undefined;
}

/** What the store has said it did. */
class Told {
  /** `x/2` → what version 2 of x was when it was made. */
  readonly versions = new Map<string, Pick<Resource, 'name' | 'hash' | 'content'>>();
  /** Drafts that were saved and not said to be replaced, published or gone since. */
  readonly drafts = new Map<string, string>();
  /** Deleted since the store was last looked at. */
  readonly deleted = new Set<string>();
  /** What saves and drafts have replaced: a second one over the same would have overwritten the first unseen. */
  private readonly replaced = new Set<string>();

  made({ id, version, name, hash, content }: Resource) {
    const place = `${id}/${version}`;
    const known = this.versions.get(place);
    if (known) expect({ name, hash, content }).toEqual(known);
    else this.versions.set(place, { name, hash, content });
  }

  replaces(what: string) {
    expect(this.replaced).not.toContain(what);
    this.replaced.add(what);
  }
}

test('whatever several editors do at once: versions stay, labels lead to one, and nobody overwrites what they have not seen', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'baton-editors-'));
  const open = () => openDocumentStore({ uri: undefined, dataDirectory, now: () => at });
  let store: DocumentStore = await open();
  let counter = 0;

  async function perform(tenant: string, told: Told, seen: Map<string, Seen>, step: Act): Promise<void> {
    const { resources } = store;
    const screen = `${step.editor}/${step.id}`;
    const { latest, draft } = seen.get(screen) ?? {};
    const save = (content: unknown = counter++, name = step.id) => ({
      name,
      content,
      author: `e${step.editor}`,
      message: '',
      at,
    });
    async function look() {
      const now = await resources.get(tenant, kind, step.id);
      seen.set(screen, { latest: now, draft: now?.draft?.hash });
      if (now) told.made(now);
    }
    switch (step.do) {
      case 'look':
        return look();
      case 'create': {
        const created = await resources.create(tenant, kind, step.id, save());
        if (created.ok) told.made(created.value);
        return;
      }
      case 'save':
      case 'restore': {
        if (!latest) return look();
        const old =
          step.do === 'restore' ? await resources.get(tenant, kind, step.id, step.version) : undefined;
        if (step.do === 'restore' && !old) return;
        const saved = await resources.update(tenant, kind, step.id, latest.hash, save(old?.content));
        if (!saved.ok) return;
        told.made(saved.value);
        // Restoring may bring a hash back, which then is replaced once more.
        if (saved.value.version !== latest.version)
          expect(await resources.get(tenant, kind, step.id, saved.value.version - 1)).toMatchObject({
            hash: latest.hash,
          });
        return;
      }
      case 'draft': {
        if (!latest) return look();
        const expected = draft ?? latest.hash;
        const request = {
          base: latest.version,
          name: step.id,
          content: counter++,
          author: `e${step.editor}`,
          at,
        };
        const saved = await resources.saveDraft(tenant, kind, step.id, expected, request);
        if (!saved.ok) return;
        if (draft) {
          told.replaces(draft);
          told.drafts.delete(draft);
        }
        told.drafts.set(saved.value.hash, step.id);
        seen.set(screen, { latest, draft: saved.value.hash });
        return;
      }
      case 'publish': {
        if (!latest || !draft) return look();
        const typed = await resources.draft(tenant, kind, step.id);
        if (typed?.hash !== draft) return;
        const published = await resources.publish(tenant, kind, step.id, draft, save(typed.content));
        if (!published.ok) return;
        told.replaces(draft);
        told.drafts.delete(draft);
        told.made(published.value);
        expect(published.value.version).toBe(typed.base + 1);
        expect(published.value.content).toEqual(typed.content);
        return;
      }
      case 'discard': {
        if (!draft) return look();
        const discarded = await resources.discardDraft(tenant, kind, step.id, draft);
        if (!discarded.ok) return;
        told.replaces(draft);
        told.drafts.delete(draft);
        return;
      }
      case 'label': {
        const set = await resources.setLabel(tenant, kind, step.id, step.label, step.version);
        if (set.ok) expect(set.value.version).toBe(step.version);
        return;
      }
      case 'delete':
        if (await resources.delete(tenant, kind, step.id)) told.deleted.add(step.id);
    }
  }

  async function examine(tenant: string, told: Told) {
    const { resources } = store;
    for (const one of ['x', 'y']) {
      const numbers = [...told.versions.keys()]
        .filter((place) => place.startsWith(`${one}/`))
        .map((place) => Number(place.slice(2)))
        .sort((a, b) => a - b);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      for (const number of numbers)
        expect(await resources.get(tenant, kind, one, number)).toMatchObject(
          told.versions.get(`${one}/${number}`)!,
        );
      expect(await resources.get(tenant, kind, one, numbers.length + 1)).toBeUndefined();

      const live = await resources.get(tenant, kind, one);
      for (const label of ['production', 'beta']) {
        const labelled = await resources.get(tenant, kind, one, { label });
        if (labelled) expect(numbers).toContain(labelled.version);
        if (!live) expect(labelled).toBeUndefined();
      }
      // Typed, acknowledged and not taken away since: still there. And nothing is there that nobody typed.
      const draft = await resources.draft(tenant, kind, one);
      const kept = [...told.drafts].filter(([, of]) => of === one).map(([hash]) => hash);
      expect(draft ? [draft.hash] : []).toEqual(kept);
      expect(live?.draft?.hash).toBe(draft?.hash);
    }
  }

  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.info(`editors property: SEED=${seed}`);
  let tenants = 0;
  await fc.assert(
    fc.asyncProperty(moments, async (story) => {
      const tenant = `t${tenants++}`;
      const told = new Told();
      const seen = new Map<string, Seen>();
      for (const { acts, restart } of story) {
        await Promise.all(acts.map((step) => perform(tenant, told, seen, step)));
        // Of a deletion and a draft at the same moment the store says which came last.
        for (const one of told.deleted) {
          if (await store.resources.draft(tenant, kind, one)) continue;
          for (const [hash, of] of told.drafts) if (of === one) told.drafts.delete(hash);
        }
        told.deleted.clear();
        await examine(tenant, told);
        if (!restart) continue;
        await store.close();
        store = await open();
        await examine(tenant, told);
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 25), seed },
  );
  await store.close();
  await rm(dataDirectory, { recursive: true });
}, 120_000);
