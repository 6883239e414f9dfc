import { type Document, deserialize, serialize } from 'bson';

/** A command as the driver sent it: OP_MSG, or the OP_QUERY a driver greets with before it knows the server. */
export interface Request {
  requestId: number;
  command: Document;
  /** The sender wants no answer (`moreToCome`). */
  silent: boolean;
  legacy: boolean;
}

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerSize = 16;
const moreToCome = 1 << 1;
const checksumPresent = 1;
/** What `hello` announces; a longer frame ends the connection. */
export const longestMessage = 48_000_000;

/** Cuts a byte stream into whole messages. */
export function messageFrames(): (chunk: Buffer) => Buffer[] {
  let pending: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    pending.push(chunk);
    size += chunk.length;
    const frames: Buffer[] = [];
    while (size >= 4) {
      if (pending[0]!.length < 4) pending = [Buffer.concat(pending)];
      const length = pending[0]!.readInt32LE(0);
      if (length < headerSize || length > longestMessage)
        throw new RangeError(
          `Expected a message of ${headerSize} to ${longestMessage} bytes, but got ${length}`,
        );
      if (size < length) break;
      const bytes = pending.length === 1 ? pending[0]! : Buffer.concat(pending);
      frames.push(bytes.subarray(0, length));
      pending = bytes.length > length ? [bytes.subarray(length)] : [];
      size -= length;
    }
    return frames;
  };
}

export function readRequest(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === opMsg) return { requestId, legacy: false, ...readOpMsg(frame) };
  if (opCode === opQuery) return { requestId, legacy: true, silent: false, command: readOpQuery(frame) };
  throw new RangeError(`Expected OP_MSG or OP_QUERY, but got operation ${opCode}`);
}

function readOpMsg(frame: Buffer): { command: Document; silent: boolean } {
  const flags = frame.readUInt32LE(headerSize);
  const end = flags & checksumPresent ? frame.length - 4 : frame.length;
  let command: Document = {};
  const sequences: Document = {};
  let at = headerSize + 4;
  while (at < end) {
    const kind = frame[at]!;
    const length = frame.readInt32LE(at + 1);
    const section = frame.subarray(at + 1, at + 1 + length);
    if (kind === 0) command = deserialize(section);
    else {
      const nameEnd = section.indexOf(0, 4);
      const documents: Document[] = [];
      for (let offset = nameEnd + 1; offset < section.length; ) {
        const size = section.readInt32LE(offset);
        documents.push(deserialize(section.subarray(offset, offset + size)));
        offset += size;
      }
      sequences[section.toString('utf8', 4, nameEnd)] = documents;
    }
    at += 1 + length;
  }
  return { command: { ...command, ...sequences }, silent: (flags & moreToCome) !== 0 };
}

function readOpQuery(frame: Buffer): Document {
  const nameEnd = frame.indexOf(0, headerSize + 4);
  const database = frame.toString('utf8', headerSize + 4, nameEnd).split('.')[0];
  const query = deserialize(frame.subarray(nameEnd + 1 + 8));
  return { ...((query.$query as Document | undefined) ?? query), $db: database };
}

export function answer(request: Request, body: Document): Buffer {
  const document = serialize(body, { ignoreUndefined: true });
  const opening = request.legacy ? Buffer.alloc(20) : Buffer.alloc(5);
  if (request.legacy) opening.writeInt32LE(1, 16);
  const header = Buffer.alloc(headerSize);
  header.writeInt32LE(headerSize + opening.length + document.length, 0);
  header.writeInt32LE(0, 4);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  return Buffer.concat([header, opening, document]);
}
