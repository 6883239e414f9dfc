import {
  type Connection,
  type ConnectionKind,
  type ConnectionSettings,
  connectionKinds,
  connectionRoutes,
} from '@baton/gateway/api';

/** A connection as it is typed. */
export interface ConnectionDraft {
  name: string;
  kind: ConnectionKind;
  description: string;
  /** With its user, without its password. */
  url: string;
  /** Empty: the saved one stays. */
  password: string;
  /** The saved one is taken away. */
  withoutPassword: boolean;
  readOnly: boolean;
}

/** Which field, and what is wrong with it: "Expected …, but …". */
export type DraftProblems = { name?: string; url?: string; password?: string; description?: string };

export function draftOf(connection: Connection | undefined): ConnectionDraft {
  return {
    name: connection?.name ?? '',
    kind: connection?.kind ?? 'postgres',
    description: connection?.description ?? '',
    url: connection?.url ?? '',
    password: '',
    withoutPassword: false,
    readOnly: connection?.readOnly ?? true,
  };
}

/**
 * What the gateway would refuse, in the words of the form.
 * @param taken names there are; empty when the name is not chosen here
 */
export function problemsOf(draft: ConnectionDraft, taken: readonly string[]): DraftProblems {
  const problems: DraftProblems = {};
  if (draft.name === '') problems.name = 'Expected a name, but it is empty.';
  else if (taken.includes(draft.name))
    problems.name = `Expected a name of its own, but there is a connection named ${draft.name} already.`;
  if (draft.url === '')
    problems.url = `Expected an address like ${connectionKinds[draft.kind].example}, but it is empty.`;
  const read = connectionRoutes.create.body.safeParse({ name: draft.name, ...settingsOf(draft) });
  for (const { path, message } of read.success ? [] : read.error.issues) {
    const field = path[0];
    if (field === 'name') problems.name ??= `${message}, but there is something else.`;
    else if (field === 'url' || field === 'password' || field === 'description')
      problems[field] ??= `${message}.`;
  }
  return problems;
}

/** What is saved: without a typed password the saved one stays. */
export function settingsOf(draft: ConnectionDraft): ConnectionSettings {
  const { kind, description, url, password, withoutPassword, readOnly } = draft;
  return {
    kind,
    description,
    url,
    readOnly,
    ...(withoutPassword ? { password: null } : password !== '' && { password }),
  };
}
