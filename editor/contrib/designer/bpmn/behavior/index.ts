import { ReadableIdBehavior } from './readableId.ts';
import { UserTaskBehavior } from './userTask.ts';

/** What the canvas does by itself after an edit; one sentence each. */
export const behaviors = {
  readableIdBehavior: ['type', ReadableIdBehavior],
  userTaskBehavior: ['type', UserTaskBehavior],
} as const;
