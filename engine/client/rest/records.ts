import type { EngineClientOptions, EngineRecords, StreamedRecord } from '../ports.ts';
import type { RestApi } from './api.ts';
import { identityOf, newestDate, recordsSince } from './searchedRecords.ts';

/** First and longest pause between attempts, ms. */
const RETRY_PAUSE = { first: 100, longest: 2000 };

/** The engine sends a sign of life more often than this, ms; silence means that the connection is dead. */
const SILENCE_LIMIT = 30_000;

/** From where a cluster is followed that has nothing yet. */
const BEGINNING = new Date(0).toISOString();

/** What a server answers that knows no `/baton/records`. */
const NO_STREAM = 404;

/** One line of `/baton/records`: a record, or how far the stream has come when there is nothing to tell. */
type Line = StreamedRecord | { heartbeat: number };

/** A cluster is asked for changes this often, ms, and about this much of the past: its searches lag behind. */
const POLLING = { interval: 2000, overlap: 30_000 };

export function createRecords(options: EngineClientOptions, api: RestApi): EngineRecords & { close(): void } {
  const { schedule } = options;
  const base = options.restAddress.replace(/\/$/, '');
  const closing = new AbortController();

  return {
    subscribe(start, onRecords) {
      let position = start;
      let pause = RETRY_PAUSE.first;
      const stopped = new AbortController();
      const stop = AbortSignal.any([closing.signal, stopped.signal]);

      async function follow(): Promise<void> {
        while (!stop.aborted) {
          const status = await read().catch(() => undefined);
          if (status === NO_STREAM) {
            await poll();
            continue;
          }
          await wait(pause, stop);
          pause = Math.min(pause * 2, RETRY_PAUSE.longest);
        }
      }

      /** Returns when the cluster keeps no history, or cannot be reached: something else may stand there next time. */
      async function poll(): Promise<void> {
        const newest = await newestDate(api);
        if (!newest.ok) return wait(RETRY_PAUSE.longest, stop);
        let since = newest.value === undefined ? BEGINNING : before(newest.value);
        let delivered: Set<string> | undefined;
        while (!stop.aborted) {
          const found = await recordsSince(api, since);
          if (!found.ok) return wait(RETRY_PAUSE.longest, stop);
          const known = delivered;
          const fresh = known ? found.value.filter((record) => !known.has(identityOf(record))) : [];
          delivered = new Set(found.value.map(identityOf));
          const last = found.value.at(-1);
          if (last) since = before(new Date(last.timestamp).toISOString());
          if (fresh.length > 0 && !stop.aborted) onRecords(fresh);
          await wait(POLLING.interval, stop);
        }
      }

      async function read(): Promise<number | undefined> {
        const silence = new AbortController();
        let cancelSilence = schedule(SILENCE_LIMIT, () => silence.abort());
        try {
          const after = position === undefined ? '' : `?after=${position}`;
          const response = await options.fetch(`${base}/baton/records${after}`, {
            signal: AbortSignal.any([stop, silence.signal]),
          });
          if (!response.ok || !response.body) return response.status;
          pause = RETRY_PAUSE.first;
          const decoder = new TextDecoder();
          let rest = '';
          for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
            cancelSilence();
            cancelSilence = schedule(SILENCE_LIMIT, () => silence.abort());
            const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
            rest = lines.pop()!;
            deliver(lines);
          }
          return undefined;
        } finally {
          cancelSilence();
        }
      }

      function deliver(lines: string[]): void {
        const records: StreamedRecord[] = [];
        for (const line of lines) {
          if (line === '') continue;
          const entry = JSON.parse(line) as Line;
          if ('heartbeat' in entry) {
            position ??= entry.heartbeat;
            continue;
          }
          position = entry.position;
          records.push(entry);
        }
        if (records.length > 0 && !stop.aborted) onRecords(records);
      }

      function wait(ms: number, signal: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
          if (signal.aborted) {
            resolve();
            return;
          }
          const done = () => {
            cancel();
            signal.removeEventListener('abort', done);
            resolve();
          };
          const cancel = schedule(ms, done);
          signal.addEventListener('abort', done);
        });
      }

      void follow();
      return () => stopped.abort();
    },
    close: () => closing.abort(),
  };
}

/** The date from which changes are asked for again. */
function before(date: string): string {
  return new Date(Date.parse(date) - POLLING.overlap).toISOString();
}
