import type { Request, Response } from 'express';
import type { Clock } from '../dependencies.ts';

/** ms between comments, so that no proxy takes a model's thinking for a dead connection. */
const heartbeat = 15_000;

export interface EventStream {
  /** Whether events were sent: the answer has to be one too. */
  readonly begun: boolean;
  send(event: string, data: unknown): void;
  end(): void;
}

export const asksForEvents = (request: Request) =>
  request
    .get('accept')
    ?.split(',')
    .some((type) => type.trim().toLowerCase().startsWith('text/event-stream')) ?? false;

/** Server-sent events (the WHATWG's HTML standard, 9.2). The head is sent with the first, so what is refused before keeps its status. */
export function eventStream(
  response: Response,
  headers: { readonly [name: string]: string },
  after: Clock['after'],
): EventStream {
  let begun = false;
  let stopBeat = () => {};
  const beat = () => {
    stopBeat = after(heartbeat, () => {
      response.write(':\n\n');
      beat();
    });
  };
  const stop = () => stopBeat();
  response.once('close', stop);
  return {
    get begun() {
      return begun;
    },
    send(event, data) {
      if (response.destroyed || response.writableEnded) return;
      if (!begun) {
        begun = true;
        response.statusCode = 200;
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
        response.setHeader('Cache-Control', 'no-store');
        // nginx collects what it passes on, unless told not to.
        response.setHeader('X-Accel-Buffering', 'no');
        response.flushHeaders();
        beat();
      }
      // JSON has no line feeds of its own, so one line takes it.
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end() {
      stop();
      response.end();
    },
  };
}
