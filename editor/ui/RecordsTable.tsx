import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Callout } from './Callout.tsx';
import { Skeleton } from './Skeleton.tsx';
import { Table, type TableProps } from './Table.tsx';

/** `rows` are those that the filter leaves. */
export interface RecordsTableProps<T> extends TableProps<T> {
  /** All there are; `undefined` until they are read. */
  all: readonly T[] | undefined;
  failure: { message: string } | undefined;
  onRetry(): void;
  /** Shown when there are none. */
  empty: ReactNode;
  /** Said when the filter leaves none. */
  noneFits: string;
}

/** The records of a `RecordsPage`, or why there are none to be seen. */
export function RecordsTable<T>({ all, failure, onRetry, empty, noneFits, ...table }: RecordsTableProps<T>) {
  return (
    <>
      {failure && (
        <div className="pad">
          <Callout tone="error">
            {failure.message}{' '}
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          </Callout>
        </div>
      )}
      {!all && !failure && <Skeleton lines={6} />}
      {all?.length === 0 && empty}
      {table.rows.length > 0 && <Table {...table} />}
      {all && all.length > 0 && table.rows.length === 0 && <p className="pad dim">{noneFits}</p>}
    </>
  );
}
