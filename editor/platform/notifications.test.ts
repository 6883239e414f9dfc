import { expect, it } from 'vitest';
import { manualTimers } from '../test/manualTimers.ts';
import { createNotifications } from './notifications.ts';

const { clock, timers } = manualTimers();

/** Work that ends when the test says so. */
function unfinished<T>() {
  let end!: (value: T) => void;
  const promise = new Promise<T>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

it('says how far something is until it has ended', async () => {
  const notifications = createNotifications(clock, timers);
  const work = unfinished<string>();
  let tell!: (progress: number) => void;
  const answer = notifications.during('Importing…', (told) => {
    tell = told;
    return work.promise;
  });
  tell(0.5);
  expect(notifications.getState()).toMatchObject([{ message: 'Importing…', progress: 0.5, toast: true }]);
  work.end('done');
  expect(await answer).toBe('done');
  expect(notifications.getState()).toEqual([]);
});

it('cancels once, and says so until what goes on has ended', async () => {
  const notifications = createNotifications(clock, timers);
  const work = unfinished<void>();
  let signal!: AbortSignal;
  const answer = notifications.during('Importing…', (_told, cancelled) => {
    signal = cancelled;
    return work.promise;
  });
  notifications.getState()[0]!.cancel?.();
  expect(signal.aborted).toBe(true);
  expect(notifications.getState()).toMatchObject([
    { message: 'Importing… Cancelling…', cancel: undefined, progress: 0 },
  ]);
  work.end();
  await answer;
  expect(notifications.getState()).toEqual([]);
});

it('leaves nothing behind where the work throws', async () => {
  const notifications = createNotifications(clock, timers);
  await expect(notifications.during('Importing…', () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  );
  expect(notifications.getState()).toEqual([]);
});
