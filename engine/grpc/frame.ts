import { gunzipSync } from 'node:zlib';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { Code, type Status } from './status.ts';

/** Largest message in either direction, as on a Zeebe gateway. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

const PREFIX_BYTES = 5;

/** One gRPC message: a byte for compression, four for the length, the message. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

export interface FrameReader {
  /** The message once it is complete; `undefined` while more bytes are needed. */
  push(chunk: Buffer): Result<Buffer | undefined, Status>;
  /** Bytes that the request will take in all, as far as it has told. */
  readonly size: number;
  /** What the end of the request means while there is no message. */
  end(): Status;
}

const GZIPPED = 1;

/** Reads the single message of a unary or server-streaming request; `encoding` is the header `grpc-encoding`. */
export function readFrame(encoding: string | undefined): FrameReader {
  let received: Buffer = Buffer.alloc(0);
  return {
    get size() {
      return received.length < PREFIX_BYTES ? received.length : PREFIX_BYTES + received.readUInt32BE(1);
    },
    push(chunk) {
      received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
      if (received.length < PREFIX_BYTES) return ok(undefined);
      const flag = received[0]!;
      if (flag > GZIPPED) return failed(internal('gRPC frame header malformed: reserved bits not zero'));
      const length = received.readUInt32BE(1);
      if (length > MAX_MESSAGE_BYTES) return failed(tooLarge(length));
      if (received.length < PREFIX_BYTES + length) return ok(undefined);
      if (received.length > PREFIX_BYTES + length) return failed(internal('Too many requests'));
      const message = received.subarray(PREFIX_BYTES);
      return flag === GZIPPED ? decompress(message, encoding) : ok(message);
    },
    end: () =>
      internal(received.length > 0 ? 'Encountered end-of-stream mid-frame' : 'Half-closed without a request'),
  };
}

function decompress(message: Buffer, encoding: string | undefined): Result<Buffer, Status> {
  if (encoding === undefined || encoding === 'identity') {
    return failed(internal("Can't decode compressed gRPC message as compression not configured"));
  }
  try {
    return ok(gunzipSync(message, { maxOutputLength: MAX_MESSAGE_BYTES }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return failed(tooLarge(MAX_MESSAGE_BYTES + 1));
    }
    return failed({
      code: Code.UNKNOWN,
      message: 'Expected a gzip-compressed message, but it does not decompress',
    });
  }
}

/** Why a request with this header `grpc-encoding` cannot be read at all. */
export function encodingFault(encoding: string | undefined): Status | undefined {
  if (encoding === undefined || encoding === 'identity' || encoding === 'gzip') return undefined;
  return { code: Code.UNIMPLEMENTED, message: `Can't find decompressor for ${encoding}` };
}

function internal(message: string): Status {
  return { code: Code.INTERNAL, message };
}

export function tooLarge(bytes: number): Status {
  return {
    code: Code.RESOURCE_EXHAUSTED,
    message: `gRPC message exceeds maximum size ${MAX_MESSAGE_BYTES}: ${bytes}`,
  };
}
