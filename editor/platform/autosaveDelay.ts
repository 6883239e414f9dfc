import type { Platform } from './platform.ts';
import type { Setting } from './settings.ts';

/** How long after the last change the work goes to the server as a draft. */
export const autosaveSetting: Setting = {
  id: 'documents.autosaveDelay',
  category: 'Documents',
  title: 'Autosave',
  description: 'How long after the last change your work is kept as a draft at the server.',
  order: 15,
  default: 1_000,
  minimum: 200,
  maximum: 60_000,
  unit: 'ms',
};

export function autosaveDelay({ settings }: Pick<Platform, 'settings'>): number | undefined {
  const delay = settings.value(autosaveSetting.id);
  return typeof delay === 'number' ? delay : undefined;
}
