import type { Explanation, RoleView } from '@baton/gateway/api';

/** One way to another answer. `roles` are those the person would have then. */
export interface Change {
  words: string;
  /** Names of roles in the words, written as such. */
  role: string;
  /** What else it brings or takes, as a count of permissions. */
  effect: string;
  /** Roles the person would have. Absent: the role itself would change. */
  roles?: readonly string[];
}

/**
 * What would turn the answer round: giving or taking roles, or changing a role of the tenant's own; the smallest change first.
 * @param own permissions of who asks, beyond which they cannot give
 */
export function whatWouldChange(
  { allowed, permission, reasons }: Explanation,
  roles: readonly RoleView[],
  held: readonly string[],
  own: readonly string[],
): readonly Change[] {
  // Who is removed, or whose tenant is suspended, gets in by no role.
  if (reasons.some(({ rule, says }) => says === 'denies' && rule !== 'role')) return [];
  const known = roles.filter(({ name }) => held.includes(name));
  const without = (name: string) => held.filter((other) => other !== name);
  const permittedBy = (names: readonly string[]) =>
    new Set(roles.filter(({ name }) => names.includes(name)).flatMap(({ permissions }) => permissions));
  const now = permittedBy(held);

  if (allowed) {
    const granting = known.filter((role) => role.permissions.includes(permission));
    const after = held.filter((name) => !granting.some((role) => role.name === name));
    const lost = now.size - permittedBy(after).size - 1;
    return granting.map(({ name }, place) => ({
      words: place === 0 ? 'Take away the role' : 'and the role',
      role: name,
      effect:
        place < granting.length - 1
          ? ''
          : lost > 0
            ? `takes ${lost} more permission${lost === 1 ? '' : 's'}`
            : 'takes nothing else',
      roles: granting.length === 1 ? without(name) : after,
    }));
  }
  const changed = known
    .filter(({ builtIn }) => !builtIn)
    .map(({ name }) => ({
      words: `Add ${permission} to the role`,
      role: name,
      effect: 'for all who have it',
    }));
  const given = roles
    .filter((role) => !held.includes(role.name) && role.permissions.includes(permission))
    .filter((role) => role.permissions.every((each) => own.includes(each)))
    .map((role) => ({ role, more: role.permissions.filter((each) => !now.has(each)).length - 1 }))
    .sort((one, other) => one.more - other.more)
    .map(({ role, more }) => ({
      words: 'Give the role',
      role: role.name,
      effect: more > 0 ? `brings ${more} more permission${more === 1 ? '' : 's'}` : 'brings nothing else',
      roles: [...held, role.name],
    }));
  return [...given, ...changed];
}
