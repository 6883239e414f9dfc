import type { AnyRecord } from '@baton/engine/protocol';
import type { Store, Table } from '../state/store.ts';

/**
 * Commands processed as one batch; what follows beyond makes a chain of batches, so that a loop in a process keeps neither
 * other commands nor its own cancellation from their turn. Part of the log's format: replay finds by it which commands of a
 * batch were left over.
 */
export const COMMANDS_PER_BATCH = 250;

/**
 * Commands that are in the log, but not processed yet. They make chains, named by the position of the command each began
 * with; the next commands of a chain are written again at the head of the batch that processes them.
 */
export class LeftOverCommands {
  private readonly table: Table<readonly [number, number], AnyRecord>;

  constructor(store: Store) {
    this.table = store.table('leftOverCommands');
  }

  chains(): Iterable<number> {
    const chains = new Set<number>();
    for (const { key } of this.table.range()) chains.add(key[0]);
    return chains;
  }

  /** Those that the next batch of the chain processes. */
  *next(chain: number): Iterable<AnyRecord> {
    const range = { start: [chain, 0], end: [chain + 1, 0], limit: COMMANDS_PER_BATCH } as const;
    for (const { value } of this.table.range(range)) yield value;
  }

  /**
   * Notes what a finished batch took from a chain and what it left over, live and in replay alike. Returns the chain, if
   * anything is left of it.
   */
  keep(records: readonly AnyRecord[]): number | undefined {
    const first = records[0]!;
    const goesOn = first.sourcePosition >= 0;
    if (!goesOn && records.length <= COMMANDS_PER_BATCH) return undefined;
    const chain = goesOn ? first.sourcePosition : first.position;
    const all = { start: [chain, 0], end: [chain + 1, 0] } as const;
    if (goesOn) {
      const taken = records.findIndex(
        (each) => each.recordType !== 'COMMAND' || each.sourcePosition !== chain,
      );
      for (const { key } of this.table.range({ ...all, limit: taken < 0 ? records.length : taken })) {
        this.table.delete(key);
      }
    }
    let commands = 0;
    for (const record of records) {
      if (record.recordType !== 'COMMAND' || ++commands <= COMMANDS_PER_BATCH) continue;
      this.table.put([chain, record.position], record);
    }
    for (const _ of this.table.range({ ...all, limit: 1 })) return chain;
    return undefined;
  }
}
