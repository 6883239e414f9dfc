import { invitationRoutes, type RoleView, type UserView, userRoutes } from '@baton/gateway/api';

/** What of a person is typed. */
export interface UserDraft {
  name: string;
  email: string;
  roles: readonly string[];
}

/** Somebody new: invited by a link, or made with a password at once. */
export interface NewUserDraft extends UserDraft {
  username: string;
  password: string;
  /** Hours the link is good for. */
  hours: number;
}

export type UserProblems = { [F in keyof NewUserDraft]?: string };

export const draftOf = ({ name, email, roles }: UserView): UserDraft => ({ name, email, roles });

export const nobody: NewUserDraft = {
  name: '',
  email: '',
  roles: ['viewer'],
  username: '',
  password: '',
  hours: 72,
};

const emailWords = 'Expected an e-mail address such as ada@example.com, but it is none.';

/** What the gateway would refuse of an invitation. */
export function invitationProblems({ email, roles, hours }: NewUserDraft): UserProblems {
  const problems: UserProblems = {};
  if (!invitationRoutes.create.body.shape.email.safeParse(email).success) problems.email = emailWords;
  if (roles.length === 0) problems.roles = 'Expected at least one role, but there is none.';
  if (!invitationRoutes.create.body.shape.hours.safeParse(hours).success)
    problems.hours = 'Expected 1 hour to 30 days, but it is not.';
  return problems;
}

/** What the gateway would refuse of a changed person. */
export function userProblems({ name, email }: UserDraft): UserProblems {
  const problems: UserProblems = {};
  if (!userRoutes.create.body.shape.name.safeParse(name).success)
    problems.name = 'Expected a name of 1 to 100 characters, but it is not.';
  if (!userRoutes.create.body.shape.email.safeParse(email).success) problems.email = emailWords;
  return problems;
}

/** What the gateway would refuse of a person made with a password. */
export function newUserProblems(draft: NewUserDraft, taken: readonly string[]): UserProblems {
  const { username, password } = draft;
  const problems = userProblems(draft);
  if (!userRoutes.create.body.shape.username.safeParse(username).success)
    problems.username = 'Expected lower-case letters, digits and . _ @ + -, but it is not so.';
  else if (taken.includes(username))
    problems.username = `Expected a new user name, but ${username} is taken.`;
  const weak = passwordProblem(password);
  if (weak) problems.password = weak;
  return problems;
}

export function passwordProblem(password: string): string | undefined {
  const length = [...password].length;
  return length >= 10 && length <= 200
    ? undefined
    : `Expected 10 to 200 characters, but there are ${length || 'none'}.`;
}

/** What those roles permit together. */
export function permitted(roles: readonly RoleView[], held: readonly string[]): ReadonlySet<string> {
  return new Set(roles.filter(({ name }) => held.includes(name)).flatMap(({ permissions }) => permissions));
}

/** What keeps somebody from giving or taking a role: what it permits beyond what they hold. */
export function beyond(role: RoleView, own: readonly string[]): readonly string[] {
  return role.permissions.filter((permission) => !own.includes(permission));
}

/**
 * What of administering one takes from oneself: nobody but others could give it back.
 * @param then the same roles as they would be
 */
export function givenUp(
  now: readonly RoleView[],
  then: readonly RoleView[],
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const left = permitted(then, after);
  return [...permitted(now, before)].filter(
    (permission) => /^(?:users|roles):/.test(permission) && !left.has(permission),
  );
}
