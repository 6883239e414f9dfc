import type { Command } from './command.ts';

export const getMore: Command = (command, { cursors }) => ({
  cursor: cursors.next(Number(command.getMore), command.batchSize && Number(command.batchSize)),
});
