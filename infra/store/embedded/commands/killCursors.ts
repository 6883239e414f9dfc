import { type Document, Long } from 'bson';
import type { Command } from './command.ts';

export const killCursors: Command = (command, { cursors }) => {
  const cursorsKilled: Document[] = [];
  const cursorsNotFound: Document[] = [];
  for (const id of (command.cursors as unknown[]).map(Number))
    (cursors.kill(id) ? cursorsKilled : cursorsNotFound).push(Long.fromNumber(id));
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
};
