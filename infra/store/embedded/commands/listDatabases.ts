import type { Command } from './command.ts';

export const listDatabases: Command = (_command, { storage }) => {
  const names = new Set(storage.collections().map(({ namespace }) => namespace.split('.')[0]!));
  return { databases: [...names].map((name) => ({ name, sizeOnDisk: 0, empty: false })), totalSize: 0 };
};
