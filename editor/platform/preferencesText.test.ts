import { expect, it } from 'vitest';
import type { UserPreferences } from './preferences.ts';
import { createPreferencesText } from './preferencesText.ts';
import { createProblems } from './problems.ts';

it('what is wrong with settings is among the problems, at its place, until it is mended or closed', () => {
  const problems = createProblems();
  const resource = { kind: 'settingsJson', id: 'user' };
  const preferences = { subscribe: () => () => {}, change: () => {} } as unknown as UserPreferences;
  const part = {
    title: 'settings.json',
    value: () => ({}),
    findings: (value: unknown) =>
      Object.keys(value as object).map((name) => ({
        path: [name],
        message: `Expected no ${name}`,
        severity: 'warning' as const,
      })),
    take: () => {},
  };
  const text = createPreferencesText(resource, preferences, part, undefined, problems);
  const said = () => problems.of(resource).map(({ line, severity, message }) => [line, severity, message]);

  text.edit('{\n  "noise": 1\n}');
  expect(said()).toEqual([[2, 'warning', 'Expected no noise']]);
  text.edit('{\n  "noise": \n}');
  expect(problems.counts()).toEqual({ error: 1, warning: 0, info: 0 });
  text.edit('{}');
  expect(said()).toEqual([]);
  text.edit('[');
  text.dispose();
  expect(said()).toEqual([]);
});
