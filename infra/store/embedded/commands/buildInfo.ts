import type { Command } from './command.ts';

export const buildInfo: Command = () => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0],
  modules: ['baton-embedded'],
  bits: 64,
  maxBsonObjectSize: 16 * 1024 * 1024,
});
