import type { Command } from './command.ts';

/** Sessions carry no state here. */
export const endSessions: Command = () => ({});
