import type { Applier } from '../processing/types.ts';

export const messagePublished: Applier<'MESSAGE'> = ({ messages }, { key, tenantId, value }) =>
  messages.add({ key, tenantId, value });

export const messageExpired: Applier<'MESSAGE'> = ({ messages }, { key }) => messages.remove(key);
