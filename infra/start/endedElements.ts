import type { EngineRecords } from '@baton/engine/client';
import type { EndedElements } from '@baton/engine/worker';

/** Elements that were ended before they came to their end, told to all workers of all tenants by one stream of records. */
export function followEndedElements(records: Pick<EngineRecords, 'subscribe'>): EndedElements {
  const listeners = new Set<(keys: readonly string[]) => void>();
  let stop = () => {};
  return (heard) => {
    if (listeners.size === 0) {
      stop = records.subscribe(undefined, (batch) => {
        const keys = batch
          .filter(
            ({ valueType, intent }) => valueType === 'PROCESS_INSTANCE' && intent === 'ELEMENT_TERMINATED',
          )
          .map(({ key }) => key);
        if (keys.length > 0) for (const listener of listeners) listener(keys);
      });
    }
    listeners.add(heard);
    return () => {
      listeners.delete(heard);
      if (listeners.size === 0) stop();
    };
  };
}
