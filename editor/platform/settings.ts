import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';
import type { UserPreferences } from './preferences.ts';

export type SettingValue = string | number | boolean;

/** A setting the user may change; it appears in the settings page under its category. */
export interface Setting {
  /** `workbench.theme`. */
  id: string;
  category: string;
  title: string;
  description: string;
  order?: number;
  default: SettingValue;
  /** A `select` for these; otherwise the type of the default decides. */
  choices?: readonly { value: string; title: string }[];
  /** Of a number. */
  minimum?: number;
  maximum?: number;
  /** Of a number, in the user's words: `px`, `seconds`. */
  unit?: string;
}

export interface Settings extends Registry<Setting> {
  /** The user's value if the setting takes it, else the default. */
  value(id: string): SettingValue | undefined;
  set(id: string, value: SettingValue): void;
  /** Back to the default. */
  reset(id: string): void;
  /** The user's values only, those of settings that are not registered too. */
  readonly values: Readable<Readonly<Record<string, SettingValue>>>;
}

const none = {};

export function createSettings(preferences: UserPreferences): Settings {
  const registry = createRegistry<Setting>('setting', (setting) => setting.id);
  const read = (): Readonly<Record<string, SettingValue>> => preferences.getState().settings ?? none;
  const values = createStore<Readonly<Record<string, SettingValue>>>(read);
  preferences.subscribe(() => {
    if (values.getState() !== read()) values.setState(read(), true);
  });
  const change = (edit: (settings: Record<string, SettingValue>) => void) =>
    preferences.change((before) => {
      const settings = { ...before.settings };
      edit(settings);
      return { ...before, settings };
    });
  return {
    ...registry,
    values,
    value(id) {
      const setting = registry.get(id);
      const value = values.getState()[id];
      if (!setting) return value;
      return value !== undefined && settingProblem(setting, value) === undefined ? value : setting.default;
    },
    set: (id, value) =>
      change((settings) => {
        settings[id] = value;
      }),
    reset: (id) =>
      change((settings) => {
        delete settings[id];
      }),
  };
}

/** Why a setting does not take a value: "Expected …, but …". */
export function settingProblem(setting: Setting, value: unknown): string | undefined {
  const got = JSON.stringify(value) ?? 'nothing';
  if (setting.choices) {
    const names = setting.choices.map((choice) => choice.value);
    return names.includes(value as string)
      ? undefined
      : `Expected one of ${names.join(', ')}, but got ${got}`;
  }
  const type = typeof setting.default;
  if (typeof value !== type) {
    const wanted = { boolean: 'true or false', number: 'a number', string: 'a text' }[type as string];
    return `Expected ${wanted}, but got ${got}`;
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = setting;
  if (typeof value === 'number' && !(value >= minimum && value <= maximum))
    return `Expected a number from ${minimum} to ${maximum}, but got ${got}`;
  return undefined;
}
