import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { LogCorruptedError } from '../errors.ts';
import { decodeHeader, FRAME_HEADER, type FrameHeader, isIntact } from './frame.ts';

/** `BATONLOG | format u32 | segment number u32 | first position f64 | CRC-32 of these 24 bytes u32 | 4 bytes unused`. */
export const SEGMENT_HEADER = 32;
const MAGIC = 'BATONLOG';
const FORMAT = 1;
/** Bytes between two entries of the index from position to offset. */
const INDEX_STEP = 256 * 1024;
const READ_CHUNK = 256 * 1024;

export interface Frame extends FrameHeader {
  offset: number;
  payload: Buffer;
}

/** One file of the log. */
export class Segment {
  readonly path: string;
  readonly number: number;
  readonly firstPosition: number;
  /** Bytes handed to the log, including those that still wait to be written. */
  end = SEGMENT_HEADER;
  /** Bytes that can be read. */
  written = 0;
  private readonly marks: { position: number; offset: number }[] = [];
  private file: number | undefined;
  private writable = false;

  constructor(path: string, number: number, firstPosition: number) {
    this.path = path;
    this.number = number;
    this.firstPosition = firstPosition;
  }

  /** Reads the header of an existing file; `undefined` when the file is shorter than that. */
  static open(path: string, number: number): Segment | undefined {
    const size = statSync(path).size;
    if (size < SEGMENT_HEADER) return undefined;
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(SEGMENT_HEADER);
      readSync(file, header, 0, SEGMENT_HEADER, 0);
      if (
        header.toString('latin1', 0, 8) !== MAGIC ||
        crc32(header.subarray(0, 24)) !== header.readUInt32LE(24)
      ) {
        throw new LogCorruptedError(path, 0, 'its header is damaged');
      }
      if (header.readUInt32LE(8) !== FORMAT) {
        throw new LogCorruptedError(path, 8, `its format ${header.readUInt32LE(8)} is not known`);
      }
      if (header.readUInt32LE(12) !== number) {
        throw new LogCorruptedError(path, 12, `it says it is segment ${header.readUInt32LE(12)}`);
      }
      const segment = new Segment(path, number, header.readDoubleLE(16));
      segment.end = size;
      segment.written = size;
      return segment;
    } finally {
      closeSync(file);
    }
  }

  /** Makes the file, or opens it for writing; the file number to write to. */
  openForWriting(): number {
    if (this.file !== undefined && this.writable) return this.file;
    this.close();
    const isNew = this.written === 0;
    this.file = openSync(this.path, isNew ? 'wx+' : 'r+');
    this.writable = true;
    if (isNew) {
      const header = Buffer.alloc(SEGMENT_HEADER);
      header.write(MAGIC, 0, 'latin1');
      header.writeUInt32LE(FORMAT, 8);
      header.writeUInt32LE(this.number, 12);
      header.writeDoubleLE(this.firstPosition, 16);
      header.writeUInt32LE(crc32(header.subarray(0, 24)), 24);
      writeSync(this.file, header, 0, SEGMENT_HEADER, 0);
      this.written = SEGMENT_HEADER;
    }
    return this.file;
  }

  /** Forgets everything from `offset` on. */
  truncate(offset: number): void {
    const file = this.openForWriting();
    ftruncateSync(file, offset);
    fsyncSync(file);
    this.end = offset;
    this.written = offset;
  }

  /** Notes where a batch lies, so that reading can begin near it. */
  mark(position: number, offset: number): void {
    const last = this.marks.at(-1);
    if (last && (offset - last.offset < INDEX_STEP || position <= last.position)) return;
    this.marks.push({ position, offset });
  }

  /** Frames from `position` on; a damaged one throws. Frames written meanwhile are met too. */
  *frames(position: number): Generator<Frame> {
    let offset = this.offsetBefore(position);
    let next = offset === SEGMENT_HEADER ? this.firstPosition : undefined;
    let chunk: Buffer = Buffer.alloc(0);
    let chunkStart = offset;
    while (offset < this.written) {
      if (offset + FRAME_HEADER > chunkStart + chunk.length) {
        chunk = this.bytes(offset, READ_CHUNK);
        chunkStart = offset;
      }
      const header =
        chunk.length - (offset - chunkStart) < FRAME_HEADER
          ? undefined
          : decodeHeader(chunk, offset - chunkStart);
      if (!header) throw new LogCorruptedError(this.path, offset, 'the header of a batch is damaged');
      next ??= header.firstPosition;
      if (header.firstPosition !== next) {
        throw new LogCorruptedError(
          this.path,
          offset,
          `position ${header.firstPosition} follows where ${next} is due`,
        );
      }
      const end = offset + FRAME_HEADER + header.length;
      if (end > this.written) throw new LogCorruptedError(this.path, offset, 'the file ends within a batch');
      if (end > chunkStart + chunk.length) {
        chunk = this.bytes(offset, Math.max(READ_CHUNK, end - offset));
        chunkStart = offset;
      }
      const payload = chunk.subarray(offset - chunkStart + FRAME_HEADER, end - chunkStart);
      if (!isIntact(header, payload)) throw new LogCorruptedError(this.path, offset, 'a batch is damaged');
      this.mark(header.firstPosition, offset);
      next += header.count;
      if (next > position) yield { ...header, offset, payload };
      offset = end;
    }
  }

  /** The frame at an offset. */
  frameAt(offset: number): Frame {
    let chunk: Buffer = this.bytes(offset, 8 * 1024);
    const header = chunk.length < FRAME_HEADER ? undefined : decodeHeader(chunk, 0);
    if (!header) throw new LogCorruptedError(this.path, offset, 'the header of a batch is damaged');
    const end = FRAME_HEADER + header.length;
    if (end > chunk.length) chunk = this.bytes(offset, end);
    const payload = chunk.subarray(FRAME_HEADER, end);
    if (!isIntact(header, payload)) throw new LogCorruptedError(this.path, offset, 'a batch is damaged');
    return { ...header, offset, payload };
  }

  /**
   * Where a write that was cut short begins, if the file ends in one: less than a header, or an intact header whose batch is
   * longer than the file. Any other damage is not the trace of a crash before the batch was acknowledged.
   */
  tornTail(): number | undefined {
    let offset = SEGMENT_HEADER;
    while (offset < this.written) {
      if (offset + FRAME_HEADER > this.written) return offset;
      const header = decodeHeader(this.bytes(offset, FRAME_HEADER), 0);
      if (!header) return undefined;
      offset += FRAME_HEADER + header.length;
      if (offset > this.written) return offset - FRAME_HEADER - header.length;
    }
    return undefined;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.writable = false;
  }

  private offsetBefore(position: number): number {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.marks[middle]!.position <= position) low = middle + 1;
      else high = middle;
    }
    return this.marks[low - 1]?.offset ?? SEGMENT_HEADER;
  }

  private bytes(offset: number, length: number): Buffer {
    this.file ??= openSync(this.path, 'r');
    const buffer = Buffer.allocUnsafe(Math.min(length, this.written - offset));
    const read = readSync(this.file, buffer, 0, buffer.length, offset);
    return buffer.subarray(0, read);
  }
}
