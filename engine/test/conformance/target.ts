import type { JsonObject } from '@baton/engine/protocol';
import type { ZeebeGrpc } from './zeebeGrpc.ts';

/** A record as far as traces look at it; variable values are JSON values, not their text. */
export interface SeenRecord {
  recordType: string;
  valueType: string;
  intent: string;
  key: number;
  /** epoch ms. */
  timestamp: number;
  value: { [name: string]: unknown };
  /** What its sender calls the command that it follows from; nothing or -1 when it has no name. */
  operationReference?: number;
}

/** A command that has no RPC, with the value of its record. */
export interface GivenCommand {
  valueType: string;
  intent: string;
  /** -1 when it names none. */
  key: number;
  value: JsonObject;
  operationReference?: number | undefined;
}

/** A broker that scenarios run against. */
export interface Target {
  readonly name: string;
  readonly grpc: ZeebeGrpc;
  /** Moves the broker's clock by ms, or waits as long; resolves when what fell due has happened. */
  advance(ms: number): Promise<void>;
  /** Records published since the last time, once nothing is left to do; undefined where they cannot be seen. */
  records?(): Promise<SeenRecord[]>;
  /** Gives a command that has no RPC; answers with the refusal, if there is one. Absent where that is not possible. */
  command?(command: GivenCommand): Promise<string | undefined>;
  /** Why a scenario cannot run here. */
  cannot?(steps: readonly object[]): string | undefined;
  /** Which feature an answer says is not known here. */
  lacks?(answer: string): string | undefined;
  /** Jobs may appear a moment after the answer that made them. */
  readonly settles?: () => Promise<void>;
  /** Its answers to ActivateJobs are in no order: they are told in the order of keys. */
  readonly shufflesJobs?: boolean;
  /** What the broker calls the tenant of those who name none. */
  readonly defaultTenant: string;
  close(): Promise<void>;
}
