import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { createAccess } from '../access/access.ts';
import type { Role } from '../access/roles.ts';
import type { Route } from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import { exchangeOf } from '../test/exchange.ts';
import { authorize } from './authorize.ts';

const stage = authorize(await createAccess({ roleOf: async () => undefined, now: () => 0 }));
const ask = (permission: Route['permission'], roles: Role[]) =>
  stage({
    ...exchangeOf({ permission }),
    principal: { tenantId: 'acme', username: 'dana', roles } as unknown as Principal,
    tenantId: 'acme',
  });

it('lets in by any of the roles', async () => {
  expect(await ask('tools:write', ['viewer', 'author'])).toEqual(ok());
});

it('names the permission that is missing', async () => {
  expect(await ask('tools:write', ['viewer'])).toMatchObject({
    failure: {
      code: 'PERMISSION_DENIED',
      message: 'Expected a role with the permission tools:write, but dana has viewer',
      details: { permission: 'tools:write', roles: ['viewer'] },
    },
  });
});

it('asks for no role where being signed in is enough', async () => {
  expect(await ask('signedIn', [])).toEqual(ok());
});
