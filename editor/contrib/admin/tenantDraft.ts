import { tenantsRoutes } from '@baton/gateway/api';

/** A tenant as it is asked for. */
export interface TenantDraft {
  id: string;
  name: string;
  /** E-mail address of who is to own it; empty = nobody yet. */
  owner: string;
}

export type TenantProblems = { [F in keyof TenantDraft]?: string };

export function tenantProblems({ id, name, owner }: TenantDraft, taken: readonly string[]): TenantProblems {
  const { shape } = tenantsRoutes.createTenant.body;
  const problems: TenantProblems = {};
  if (!shape.id.safeParse(id).success)
    problems.id =
      'Expected at most 31 lower-case letters, digits and -, beginning with a letter, but it is not so.';
  else if (taken.includes(id)) problems.id = `Expected a new id, but there is a tenant ${id} already.`;
  if (!shape.name.safeParse(name).success)
    problems.name = 'Expected a name of 1 to 100 characters, but it is not.';
  if (owner !== '' && !shape.owner.safeParse({ email: owner }).success)
    problems.owner = 'Expected an e-mail address such as ada@example.com, but it is none.';
  return problems;
}
