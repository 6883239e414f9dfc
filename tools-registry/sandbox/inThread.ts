import { createIsolates, type Isolates } from './isolates.ts';
import type { StartThread } from './thread.ts';

/** Isolates in the calling thread, which stands still meanwhile: for tests and the command line. */
export function startInThread(now: () => number): StartThread {
  return (done, gone) => {
    let ended = false;
    const isolates: Promise<Isolates> = createIsolates(now);
    return {
      post(message) {
        void isolates
          .then(({ hear }) => {
            const slice = ended ? undefined : hear(message);
            if (slice) done(slice);
          })
          .catch((error: Error) => {
            if (!ended) gone(error.message);
            ended = true;
          });
      },
      async end() {
        ended = true;
      },
    };
  };
}
