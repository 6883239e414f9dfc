import type { Applier } from '../processing/types.ts';

export const timerCreated: Applier<'TIMER'> = ({ timers }, { key, tenantId, value }) =>
  timers.add({ key, tenantId, value });

export const timerGone: Applier<'TIMER'> = ({ timers }, { key }) => timers.remove(key);
