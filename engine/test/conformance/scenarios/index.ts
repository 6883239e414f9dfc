import type { Scenarios } from '../scenario.ts';
import { tasks } from './tasks.ts';

/** Every scenario; a file is a subject. */
export const scenarios: Scenarios = { ...tasks };
