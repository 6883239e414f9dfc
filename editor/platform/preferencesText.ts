import { ok, type Result } from '@baton/engine/protocol';
import { createStore } from 'zustand/vanilla';
import { placeAt } from './contentPath.ts';
import type { DocumentModel, DocumentState, Place, Resource } from './documents.ts';
import type { Failure } from './failure.ts';
import { readJson } from './jsonText.ts';
import type { UserPreferences } from './preferences.ts';
import type { Problems } from './problems.ts';

export interface TextFinding {
  /** 1-based. */
  line: number;
  column?: number | undefined;
  message: string;
  severity: 'error' | 'warning';
}

export interface PreferencesFinding {
  path: readonly string[];
  message: string;
  /** An error keeps what was in force. */
  severity: 'error' | 'warning';
}

export interface PreferencesPart {
  title: string;
  /** What the text shows: that part of the preferences. */
  value(): unknown;
  /** What is wrong with a value, and where inside; `error` = it is not taken. */
  findings(value: unknown): readonly PreferencesFinding[];
  take(value: unknown): void;
}

export interface PreferencesTextState extends DocumentState {
  text: string;
  findings: readonly TextFinding[];
  /** Line to show, and how often it was asked for. */
  shown?: { line: number; times: number };
}

/** Settings or keys as JSON. What cannot be read keeps those of before in force, and is said at its line. */
export interface PreferencesText extends DocumentModel {
  readonly state: { getState(): PreferencesTextState; subscribe(listener: () => void): () => void };
  edit(text: string): void;
}

export function createPreferencesText(
  resource: Resource,
  preferences: UserPreferences,
  part: PreferencesPart,
  backup: string | undefined,
  problems?: Pick<Problems, 'set'>,
): PreferencesText {
  const written = () => `${JSON.stringify(part.value(), null, 2)}\n`;
  const read = (text: string): { value: unknown; findings: readonly TextFinding[]; taken: boolean } => {
    const reading = readJson(text);
    if (!reading.ok) {
      const { line, column, message } = reading.failure;
      return { value: undefined, findings: [{ line, column, message, severity: 'error' }], taken: false };
    }
    const found = part.findings(reading.value.value);
    const findings = found.map(({ path, message, severity }) => {
      const place = placeAt(reading.value.places, path) ?? { line: 1, column: 1 };
      return { line: place.line, column: place.column, message, severity };
    });
    return {
      value: reading.value.value,
      findings,
      taken: !found.some(({ severity }) => severity === 'error'),
    };
  };
  const stateOf = (text: string): PreferencesTextState => {
    const { findings, taken } = read(text);
    return { title: part.title, dirty: !taken, text, findings };
  };
  const store = createStore<PreferencesTextState>(() => stateOf(backup ?? written()));
  const stop = preferences.subscribe(() => {
    const { text, dirty } = store.getState();
    if (dirty || JSON.stringify(read(text).value) === JSON.stringify(part.value())) return;
    store.setState(stateOf(written()));
  });
  const report = () =>
    problems?.set(
      'preferences',
      resource,
      part.title,
      store.getState().findings.map((finding) => ({ ...finding, code: 'preferences' })),
    );
  report();
  const stopReporting = store.subscribe(report);
  return {
    resource,
    state: store,
    edit(text) {
      const { value, findings, taken } = read(text);
      store.setState({ text, findings, dirty: !taken });
      if (taken) part.take(value);
    },
    async save(): Promise<Result<void, Failure>> {
      const { text, findings } = store.getState();
      const error = findings.find(({ severity }) => severity === 'error');
      if (error) {
        return {
          ok: false,
          failure: { code: 'VALIDATION_FAILED', message: `Line ${error.line}: ${error.message}` },
        };
      }
      part.take(read(text).value);
      await preferences.flush();
      return ok(undefined);
    },
    backup: () => (store.getState().dirty ? store.getState().text : undefined),
    reveal: ({ line = 1 }: Place) =>
      store.setState({ shown: { line, times: (store.getState().shown?.times ?? 0) + 1 } }),
    dispose() {
      stop();
      stopReporting();
      problems?.set('preferences', resource, part.title, []);
    },
  };
}
