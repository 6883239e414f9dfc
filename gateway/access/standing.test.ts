import type { Member, MemberStore, Tenant, TenantStore } from '@baton/infra/store';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../auth/principal.ts';
import { createStanding } from './standing.ts';

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;

function setUp({ tenant = {}, member }: { tenant?: Partial<Tenant> | null; member?: Partial<Member> } = {}) {
  const noted: unknown[] = [];
  const acme = tenant && {
    id: 'acme',
    name: 'Acme',
    status: 'active' as const,
    createdAt: new Date(start),
    changedAt: new Date(start),
    ...tenant,
  };
  const ada = member && {
    tenantId: 'acme',
    userId: 'ada',
    username: 'ada',
    name: 'Ada',
    roles: [],
    removed: false,
    changedAt: new Date(0),
    changedBy: '',
    ...member,
  };
  const standing = createStanding({
    tenants: {
      get: async (id: string) => (id === 'acme' ? (acme ?? undefined) : undefined),
    } as unknown as TenantStore,
    members: {
      get: async () => ada,
      note: async (tenantId: string, seen: object) => void noted.push({ tenantId, ...seen }),
    } as unknown as MemberStore,
    now: () => start + minute,
  });
  return { standing, noted };
}

const ada: Principal = {
  kind: 'user',
  userId: 'ada',
  username: 'ada',
  name: 'Ada',
  tenantId: 'acme',
  roles: ['designer'],
  issuedAt: start + minute,
  expiresAt: start + 6 * minute,
};

describe('the tenant', () => {
  it.each([
    ['is unknown', null, 'TENANT_UNKNOWN'],
    ['was made after the token', { createdAt: new Date(start + minute + 1_000) }, 'TENANT_UNKNOWN'],
    ['is suspended', { status: 'suspended' as const }, 'TENANT_SUSPENDED'],
  ])('that %s lets nobody in', async (_, tenant, code) => {
    const { standing, noted } = setUp({ tenant });
    expect(await standing.of(ada)).toMatchObject({ failure: { code } });
    expect(noted).toEqual([]);
  });

  it('lets in who came in the second it was made: times of tokens are full seconds', async () => {
    const { standing } = setUp({ tenant: { createdAt: new Date(start + minute + 999) } });
    expect(await standing.of(ada)).toMatchObject({ ok: true });
  });

  it('says why it is suspended', async () => {
    const { standing } = setUp({ tenant: { status: 'suspended', statusReason: 'unpaid' } });
    expect(await standing.of(ada)).toMatchObject({
      failure: { message: "Expected an active tenant, but 'Acme' is suspended: unpaid" },
    });
  });

  it('shuts out keys too', async () => {
    const { standing } = setUp({ tenant: { status: 'suspended' } });
    expect(await standing.of({ ...ada, kind: 'key' })).toMatchObject({ ok: false });
  });
});

describe('a member', () => {
  it('who comes for the first time is kept, with the roles of the token', async () => {
    const { standing, noted } = setUp();
    expect(await standing.of(ada)).toEqual({ ok: true, value: ada });
    expect(noted).toEqual([
      { tenantId: 'acme', userId: 'ada', username: 'ada', name: 'Ada', roles: ['designer'] },
    ]);
  });

  it.each([
    ['of the token', 'it is newer', start, ['designer', 'reviewer']],
    ['decided here', 'the token is older', start + 2 * minute, ['viewer', 'reviewer']],
    ['decided here', 'both are of the same second', start + minute, ['viewer', 'reviewer']],
  ])(
    'has the built-in roles %s when %s, and the tenant’s own in any case',
    async (_, _when, changedAt, roles) => {
      const { standing, noted } = setUp({
        member: { roles: ['viewer', 'reviewer'], changedAt: new Date(changedAt) },
      });
      expect(await standing.of(ada)).toEqual({ ok: true, value: { ...ada, roles } });
      expect(noted).toEqual([]);
    },
  );

  it('who was removed is refused, however new the token', async () => {
    const { standing } = setUp({ member: { removed: true, changedAt: new Date(start) } });
    expect(await standing.of(ada)).toMatchObject({ failure: { code: 'MEMBER_REMOVED' } });
  });

  it('runs the installation only by the token', async () => {
    const decided = { roles: ['platform', 'viewer'], changedAt: new Date(start + 2 * minute) };
    const { standing } = setUp({ member: decided });
    expect(await standing.of(ada)).toMatchObject({ value: { roles: ['viewer'] } });
    const inside = await standing.of({ ...ada, tenantId: 'platform', roles: ['platform'] });
    expect(inside).toMatchObject({ value: { roles: ['platform', 'viewer'] } });
  });
});
