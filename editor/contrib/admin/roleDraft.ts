import { type Permission, type RoleView, roleRoutes } from '@baton/gateway/api';

/** A role as it is typed. */
export interface RoleDraft {
  name: string;
  description: string;
  permissions: readonly Permission[];
  /** Patterns of the tools it may call; all without them. */
  tools: readonly string[] | undefined;
}

export type RoleProblems = { name?: string; tools?: string; description?: string };

export function draftOfRole(role: RoleView | undefined): RoleDraft {
  return {
    name: role?.name ?? '',
    description: role?.description ?? '',
    permissions: role?.permissions ?? [],
    tools: role?.tools,
  };
}

/** What the gateway would refuse, in the words of the form. */
export function roleProblems(draft: RoleDraft, taken: readonly string[]): RoleProblems {
  const { name, description, tools } = draft;
  const shape = roleRoutes.createRole.body.shape;
  const problems: RoleProblems = {};
  if (!shape.name.safeParse(name).success)
    problems.name = 'Expected lower-case letters, digits and -, beginning with a letter, but it is not so.';
  else if (taken.includes(name)) problems.name = `Expected a new name, but there is a role ${name} already.`;
  if (!shape.description.safeParse(description).success)
    problems.description = 'Expected at most 500 characters, but there are more.';
  if (tools && !shape.tools.safeParse([...tools]).success)
    problems.tools = 'Expected names of tools, or beginnings with * at the end, but one is not so.';
  return problems;
}

/** With the permission or without it, in the order of the table of permissions. */
export function toggled(
  held: readonly Permission[],
  permission: Permission,
  all: readonly Permission[],
): readonly Permission[] {
  const now = new Set(held);
  if (!now.delete(permission)) now.add(permission);
  return all.filter((each) => now.has(each));
}
