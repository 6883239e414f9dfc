import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import { createRegistry, type Registry } from '../base/registry.ts';
import { type KeyValueStorage, readJson } from './host.ts';

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
}

export interface Settings extends Registry<Setting> {
  /** The user's value, else the default. */
  value(id: string): SettingValue | undefined;
  set(id: string, value: SettingValue): void;
  /** The user's values only. */
  readonly values: Readable<Readonly<Record<string, SettingValue>>>;
}

const key = 'settings';

export function createSettings(storage: KeyValueStorage): Settings {
  const registry = createRegistry<Setting>('setting', (setting) => setting.id);
  const values = createStore<Readonly<Record<string, SettingValue>>>(() => readJson(storage, key) ?? {});
  return {
    ...registry,
    values,
    value: (id) => values.getState()[id] ?? registry.get(id)?.default,
    set(id, value) {
      values.setState({ ...values.getState(), [id]: value }, true);
      storage.set(key, JSON.stringify(values.getState()));
    },
  };
}
