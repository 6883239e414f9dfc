import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { SettingStore } from '../ports.ts';

export function settingStore({ settings }: Models): SettingStore {
  const read = async (name: string): Promise<unknown> => {
    const stored = await settings.findById(name).lean();
    return stored ? JSON.parse(stored.value) : undefined;
  };
  return {
    get: read,
    async initialise(name, value) {
      try {
        await settings.create({ _id: name, value: JSON.stringify(value) });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return read(name);
    },
  };
}
