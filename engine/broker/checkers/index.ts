import type { Checker } from '../processing/types.ts';
import { batchOperations } from './batchOperations.ts';
import { jobBackoffs } from './jobBackoffs.ts';
import { jobDeadlines } from './jobDeadlines.ts';
import { messageTimeToLive } from './messageTimeToLive.ts';
import { timers } from './timers.ts';

/** Everything that falls due by itself. */
export const checkers: readonly Checker[] = [
  timers,
  jobDeadlines,
  jobBackoffs,
  messageTimeToLive,
  batchOperations,
];
