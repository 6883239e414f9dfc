import { type McpFault, McpFaulted } from './fault.ts';
import { MESSAGE_BYTES, megabytes } from './wireLimits.ts';

/** The same requests; of an answer one message is bounded: all of it, or each event where it is a stream of events. */
export function boundedFetch(
  inner: typeof fetch,
  server: string,
  heard: (fault: McpFault) => void = () => {},
): typeof fetch {
  const tooLarge = () => {
    const fault: McpFault = {
      kind: 'tooLarge',
      message: `Expected messages of at most ${megabytes(MESSAGE_BYTES)} from '${server}', but it sent a larger one`,
    };
    heard(fault);
    return new McpFaulted(fault);
  };
  return async (input, init) => {
    const answer = await inner(input, init);
    const { status, statusText, headers, body } = answer;
    if (!body) return answer;
    const events = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    return new Response(body.pipeThrough(events ? eachEvent(tooLarge) : inAll(tooLarge)), {
      status,
      statusText,
      headers,
    });
  };
}

function inAll(tooLarge: () => Error): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > MESSAGE_BYTES) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
}

const LF = 10;
const CR = 13;

/** Events end with an empty line. */
function eachEvent(tooLarge: () => Error): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  let lineIsEmpty = true;
  return new TransformStream({
    transform(chunk, controller) {
      for (const byte of chunk) {
        size++;
        if (byte === LF) {
          if (lineIsEmpty) size = 0;
          lineIsEmpty = true;
        } else if (byte !== CR) lineIsEmpty = false;
        if (size > MESSAGE_BYTES) return controller.error(tooLarge());
      }
      controller.enqueue(chunk);
    },
  });
}
