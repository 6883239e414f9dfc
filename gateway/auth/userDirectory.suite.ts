import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DirectoryUser, UserDirectory } from './userDirectory.ts';

export interface DirectoryUnderTest {
  directory: UserDirectory;
  /** Whether name and password sign in. */
  signsIn(username: string, password: string): Promise<boolean>;
  close(): Promise<void>;
}

const page = { limit: 10, offset: 0 };
const missing = { ok: false, failure: { code: 'NOT_FOUND' } };
const password = 'correct horse battery';

/** What a directory of users does, whoever keeps them. */
export function userDirectorySuite(name: string, open: () => Promise<DirectoryUnderTest>): void {
  describe(`users at ${name}`, () => {
    let under: DirectoryUnderTest;
    let directory: UserDirectory;
    let count = 0;
    const tenantId = `d${Date.now().toString(36)}`;
    const other = `${tenantId}x`;
    beforeAll(async () => {
      under = await open();
      ({ directory } = under);
    });
    afterAll(() => under?.close());

    async function made(changes: Partial<DirectoryUser> = {}): Promise<DirectoryUser> {
      const username = `${tenantId}-${count++}`;
      const created = await directory.create({
        username,
        name: 'Ada Maria Byron',
        email: `${username}@acme.example`,
        tenantId,
        roles: ['viewer'],
        password,
        ...changes,
      });
      if (!created.ok) throw new Error(created.failure.message);
      return created.value;
    }

    it('are made with all that was said, found again and sign in', async () => {
      const ada = await made({ roles: ['operator', 'author'] });
      expect(ada).toMatchObject({
        name: 'Ada Maria Byron',
        email: `${ada.username}@acme.example`,
        tenantId,
        roles: ['author', 'operator'],
        enabled: true,
      });
      expect(await directory.user(tenantId, ada.id)).toEqual({ ok: true, value: ada });
      expect(await under.signsIn(ada.username, password)).toBe(true);
      expect(await under.signsIn(ada.username, 'another password')).toBe(false);
    });

    it('have names nobody else has, in no tenant', async () => {
      const { username } = await made();
      const again = { username, name: 'B', email: 'b@acme.example', roles: [], password };
      for (const tenant of [tenantId, other]) {
        expect(await directory.create({ ...again, tenantId: tenant })).toMatchObject({
          ok: false,
          failure: { code: 'ALREADY_EXISTS' },
        });
      }
    });

    it('are listed by name, page by page, for their tenant only', async () => {
      const alone = `${tenantId}l`;
      const names = [`${alone}-a`, `${alone}-b`, `${alone}-c`];
      for (const username of names.toReversed())
        await made({ tenantId: alone, username, email: `${username}@l.example` });
      const listed = await directory.list(alone, { limit: 2, offset: 1 });
      if (!listed.ok) throw new Error(listed.failure.message);
      expect([listed.value.total, ...listed.value.items.map(({ username }) => username)]).toEqual([
        3,
        ...names.slice(1),
      ]);
      expect(listed.value.items[0]!.roles).toEqual(['viewer']);
      expect(await directory.list(other, page)).toEqual({ ok: true, value: { items: [], total: 0 } });
    });

    it('are reached by nobody of another tenant, and the unknown by nobody', async () => {
      const ada = await made();
      for (const [tenant, id] of [
        [other, ada.id],
        [tenantId, '00000000-0000-0000-0000-000000000000'],
      ] as const) {
        expect(await directory.user(tenant, id)).toMatchObject(missing);
        expect(await directory.update(tenant, id, { name: 'X' })).toMatchObject(missing);
        expect(await directory.setRoles(tenant, id, ['admin'])).toMatchObject(missing);
        expect(await directory.setEnabled(tenant, id, false)).toMatchObject(missing);
        expect(await directory.setPassword(tenant, id, 'a password of theirs')).toMatchObject(missing);
        expect(await directory.endSessions(tenant, id)).toMatchObject(missing);
        expect(await directory.endSession(tenant, id, 'x')).toMatchObject(missing);
        expect(await directory.delete(tenant, id)).toMatchObject(missing);
      }
      expect(await directory.user(tenantId, ada.id)).toEqual({ ok: true, value: ada });
      expect(await under.signsIn(ada.username, password)).toBe(true);
    });

    it('change name, address and roles, and keep the rest', async () => {
      const ada = await made();
      expect(await directory.update(tenantId, ada.id, { name: 'Ada King' })).toMatchObject({ ok: true });
      expect(await directory.update(tenantId, ada.id, { email: 'king@acme.example' })).toMatchObject({
        ok: true,
      });
      expect(await directory.setRoles(tenantId, ada.id, ['designer', 'operator'])).toMatchObject({
        ok: true,
      });
      const changed = { ...ada, name: 'Ada King', email: 'king@acme.example' };
      expect(await directory.user(tenantId, ada.id)).toEqual({
        ok: true,
        value: { ...changed, roles: ['designer', 'operator'] },
      });
      expect(await directory.setRoles(tenantId, ada.id, [])).toMatchObject({ ok: true });
      expect(await directory.user(tenantId, ada.id)).toEqual({ ok: true, value: { ...changed, roles: [] } });
    });

    it('sign in while they are enabled, with the newest password, and never once deleted', async () => {
      const { id, username } = await made();
      await directory.setEnabled(tenantId, id, false);
      expect(await directory.user(tenantId, id)).toMatchObject({ value: { enabled: false } });
      expect(await under.signsIn(username, password)).toBe(false);
      await directory.setEnabled(tenantId, id, true);
      expect(await directory.setPassword(tenantId, id, 'a newer password')).toMatchObject({ ok: true });
      expect(await under.signsIn(username, password)).toBe(false);
      expect(await under.signsIn(username, 'a newer password')).toBe(true);
      expect(await directory.delete(tenantId, id)).toMatchObject({ ok: true });
      expect(await directory.user(tenantId, id)).toMatchObject(missing);
      expect(await under.signsIn(username, 'a newer password')).toBe(false);
    });
  });
}
