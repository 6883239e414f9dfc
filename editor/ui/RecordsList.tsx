import type { ReactNode } from 'react';
import { Callout } from './Callout.tsx';
import { List, type ListProps } from './List.tsx';
import { Skeleton } from './Skeleton.tsx';

export interface RecordsListProps<T> extends Omit<ListProps<T>, 'items'> {
  /** `undefined` until they are read. */
  items: readonly T[] | undefined;
  failure: { message: string } | undefined;
  /** Shown when there are none. */
  empty: ReactNode;
}

/** Records of a kind in the side bar, or why there are none to be seen. */
export function RecordsList<T>({ items, failure, empty, ...list }: RecordsListProps<T>) {
  if (failure) {
    return (
      <div className="pad">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  }
  if (!items) return <Skeleton lines={4} />;
  return items.length === 0 ? empty : <List {...list} items={items} />;
}
