import type { Principal } from '../auth/principal.ts';
import type { AuditActor } from './ports.ts';

/** Names that one entry keeps of whom or what it is about, and how long they may be. */
const mostNames = 6;
const longest = 200;

/** Who did it, with the names they are looked for by; a later entry may know others. */
export function actorOf({
  kind,
  userId,
  username,
  name,
  email,
}: Pick<Principal, 'kind' | 'userId' | 'username' | 'name' | 'email'>): AuditActor {
  const names = distinct([name, email]).filter((each) => each !== username);
  return { kind, id: userId, name: username, ...(names.length > 0 && { names }) };
}

/** What it is called, by all that was seen of it: what was sent, how it was, how it is. The newest first. */
export function namesOf(...seen: readonly unknown[]): string[] {
  return distinct(
    seen.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      const { name, username, email } = value as { name?: unknown; username?: unknown; email?: unknown };
      return [name, username, email];
    }),
  );
}

const distinct = (words: readonly unknown[]): string[] =>
  [...new Set(words.filter((word) => typeof word === 'string' && word !== ''))]
    .map((word) => (word as string).slice(0, longest))
    .slice(0, mostNames);
