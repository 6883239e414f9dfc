import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { developmentUsers } from './developmentUsers.ts';

interface RealmUser {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  attributes: { tenant: string[] };
  realmRoles: string[];
  groups: string[];
  credentials?: { value: string }[];
}

const realm = JSON.parse(
  readFileSync(new URL('../../../infra/keycloak/baton-realm.json', import.meta.url), 'utf8'),
) as { users: RealmUser[] };

it('are the people of the realm that a Keycloak imports', () => {
  const people = realm.users
    .filter(({ credentials }) => credentials)
    .map(({ username, firstName, lastName, email, attributes, realmRoles, groups, credentials }) => {
      expect([credentials![0]!.value, groups]).toEqual([username, [`/${attributes.tenant[0]}`]]);
      return {
        username,
        name: `${firstName} ${lastName}`,
        email,
        tenantId: attributes.tenant[0],
        roles: realmRoles,
      };
    });

  expect(people).toEqual(developmentUsers.map(({ id: _ours, ...person }) => person));
});
