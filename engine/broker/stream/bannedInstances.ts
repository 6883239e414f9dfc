import type { AnyRecord, Rejection, ValueOf, ValueType } from '@baton/engine/protocol';
import type { Store, Table } from '../state/store.ts';

/** Thrown to take back what a command did with a stopped instance. */
export class BannedInstance extends Error {
  readonly rejection: Rejection;

  constructor(processInstanceKey: number) {
    const reason =
      `Expected to process commands of the process instance with key '${processInstanceKey}', ` +
      'but it was stopped by an error in processing. It can only be cancelled';
    super(reason);
    this.rejection = { type: 'INVALID_STATE', reason };
  }
}

/** Process instances in which an exception was thrown: their commands are refused, so that the others can go on. */
export class BannedInstances {
  private readonly table: Table<number, true>;
  private count = 0;

  constructor(store: Store) {
    this.table = store.table('bannedInstances');
    for (const _ of this.table.range()) this.count++;
  }

  get any(): boolean {
    return this.count > 0;
  }

  has(processInstanceKey: number): boolean {
    return this.table.has(processInstanceKey);
  }

  apply(event: AnyRecord): void {
    if (event.valueType !== 'ERROR' || event.value.processInstanceKey <= 0) return;
    if (!this.table.has(event.value.processInstanceKey)) this.count++;
    this.table.put(event.value.processInstanceKey, true);
  }

  /** Throws `BannedInstance` if the value is about one. */
  refuse(value: ValueOf[ValueType]): void {
    if (!('processInstanceKey' in value) || !this.table.has(value.processInstanceKey)) return;
    throw new BannedInstance(value.processInstanceKey);
  }
}
