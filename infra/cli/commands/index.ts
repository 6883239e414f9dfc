import type { Command } from '../command.ts';
import { fork } from './fork.ts';
import { record } from './record.ts';
import { replay } from './replay.ts';

/** Every command of `baton`. */
export const commands = { replay, fork, record } satisfies { [name: string]: Command };
