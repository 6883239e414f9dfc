import { failed, ok, type Result } from '@baton/engine/protocol';
import type { ApiFailure } from './api.ts';
import type { Dialogs } from './dialogs.ts';

/** What every versioned resource has. */
export interface Versioned {
  name: string;
  version: number;
  hash: string;
  updatedBy: string;
}

export interface SaveVersion<T extends Versioned> {
  dialogs: Dialogs;
  /** The version that was edited. */
  edited: T;
  /** Saves over the version with this hash. */
  put(ifMatch: string): Promise<Result<T, ApiFailure>>;
  newest(): Promise<Result<T, ApiFailure>>;
}

/** `theirs`: the user took what somebody else had saved; the editor must show it now. */
export interface SavedVersion<T extends Versioned> {
  saved: T;
  whose: 'mine' | 'theirs';
}

/** Saves over the version one edited. Where somebody saved meanwhile, the user says whose work goes on; none is lost. */
export async function saveVersion<T extends Versioned>({
  dialogs,
  edited,
  put,
  newest,
}: SaveVersion<T>): Promise<Result<SavedVersion<T>, ApiFailure>> {
  const answer = await put(edited.hash);
  if (answer.ok) return ok({ saved: answer.value, whose: 'mine' });
  if (answer.failure.code !== 'VERSION_CONFLICT') return failed(answer.failure);
  const latest = await newest();
  if (!latest.ok) return failed(latest.failure);
  const theirs = latest.value;
  const choice = await dialogs.ask({
    title: `${theirs.name} was saved by ${theirs.updatedBy} meanwhile`,
    message: `Expected v${edited.version}, but v${theirs.version} is the latest. Saving yours makes it v${theirs.version + 1}; theirs stays in the versions.`,
    actions: [
      { id: 'mine', title: 'Save mine' },
      { id: 'theirs', title: 'Take theirs', danger: true },
    ],
  });
  if (choice === 'theirs') return ok({ saved: theirs, whose: 'theirs' });
  if (choice !== 'mine') return failed(answer.failure);
  const again = await put(theirs.hash);
  return again.ok ? ok({ saved: again.value, whose: 'mine' }) : failed(again.failure);
}
