import type { EngineClientOptions, EngineRecords, StreamedRecord } from '../ports.ts';

/** First and longest pause between attempts, ms. */
const RETRY_PAUSE = { first: 100, longest: 2000 };

/** The engine sends a sign of life more often than this, ms; silence means that the connection is dead. */
const SILENCE_LIMIT = 30_000;

/** One line of `/baton/records`: a record, or how far the stream has come when there is nothing to tell. */
type Line = StreamedRecord | { heartbeat: number };

export function createRecords(options: EngineClientOptions): EngineRecords & { close(): void } {
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
          await read().catch(() => {});
          await wait(pause, stop);
          pause = Math.min(pause * 2, RETRY_PAUSE.longest);
        }
      }

      async function read(): Promise<void> {
        const silence = new AbortController();
        let cancelSilence = schedule(SILENCE_LIMIT, () => silence.abort());
        try {
          const after = position === undefined ? '' : `?after=${position}`;
          const response = await options.fetch(`${base}/baton/records${after}`, {
            signal: AbortSignal.any([stop, silence.signal]),
          });
          if (!response.ok || !response.body) return;
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
