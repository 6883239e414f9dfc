import { longestMessage } from '../wire/message.ts';
import type { Command } from './command.ts';

/** A standalone server: sessions are taken note of, transactions and retryable writes are not offered. */
export const hello: Command = (_command, { now, connectionId }) => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: longestMessage,
  maxWriteBatchSize: 100_000,
  localTime: now(),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  // MongoDB 7.0's, the dialect spoken here.
  maxWireVersion: 21,
  readOnly: false,
});
