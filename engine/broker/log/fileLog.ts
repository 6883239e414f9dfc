import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyRecord } from '@baton/engine/protocol';
import { BrokerError, LogCorruptedError } from '../errors.ts';
import { decodePayload, encodeFrame, FRAME_HEADER } from './frame.ts';
import type { Log, LogAddress, LoggedBatch } from './log.ts';
import { type LogDisk, realDisk } from './logDisk.ts';
import { type Frame, SEGMENT_HEADER, Segment } from './segment.ts';

export interface FileLogOptions {
  directory: string;
  /** Bytes after which a new segment begins. */
  segmentSize?: number;
  disk?: LogDisk;
}

/** Batches that one sync makes durable. */
interface Group {
  parts: { segment: Segment; offset: number; buffers: Buffer[]; length: number }[];
  durable: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

/** Files open for reading beside the one written to. */
const OPEN_SEGMENTS = 16;

/** The log in segment files of a folder. Throws `LogCorruptedError` where the files are not what was written. */
export function openFileLog(options: FileLogOptions): Log {
  return new FileLog(options);
}

class FileLog implements Log {
  lastPosition: number;
  private readonly directory: string;
  private readonly segmentSize: number;
  private readonly disk: LogDisk;
  private readonly segments: Segment[];
  private readonly recentlyRead: Segment[] = [];
  private current: Segment;
  private waiting: Group | undefined;
  private flushing: Promise<void> | undefined;
  private failure: BrokerError | undefined;

  constructor({ directory, segmentSize = 64 * 1024 * 1024, disk = realDisk }: FileLogOptions) {
    this.directory = directory;
    this.segmentSize = segmentSize;
    this.disk = disk;
    mkdirSync(directory, { recursive: true });
    this.segments = openSegments(directory);
    const last = this.segments.at(-1);
    if (last) {
      this.current = last;
      this.lastPosition = checkLastSegment(last);
    } else {
      this.current = this.addSegment(1, 0);
      this.lastPosition = -1;
    }
  }

  get firstPosition(): number {
    return this.segments[0]!.firstPosition;
  }

  append(records: readonly AnyRecord[]): { address: LogAddress; durable: Promise<void> } {
    if (this.failure) throw this.failure;
    const { header, payload } = encodeFrame(records);
    const length = FRAME_HEADER + payload.length;
    if (this.current.end + length > this.segmentSize && this.current.end > SEGMENT_HEADER) {
      this.current = this.addSegment(this.current.number + 1, records[0]!.position);
    }
    const segment = this.current;
    const offset = segment.end;
    segment.end += length;
    segment.mark(records[0]!.position, offset);
    this.lastPosition = records.at(-1)!.position;

    this.waiting ??= createGroup();
    const group = this.waiting;
    const part = group.parts.at(-1);
    if (part?.segment === segment) {
      part.buffers.push(header, payload);
      part.length += length;
    } else {
      group.parts.push({ segment, offset, buffers: [header, payload], length });
    }
    // batches appended in the same turn share one write
    this.flushing ??= Promise.resolve().then(() => this.flush());
    return { address: { segment: segment.number, offset }, durable: group.durable };
  }

  *read(position: number): Generator<LoggedBatch> {
    const begin = this.segments.findLastIndex((segment) => segment.firstPosition <= position);
    let next = Math.max(position, this.firstPosition);
    for (let index = Math.max(begin, 0); index < this.segments.length; index++) {
      const segment = this.segments[index]!;
      this.noteRead(segment);
      for (const frame of segment.frames(position)) {
        if (frame.firstPosition > next) {
          throw new LogCorruptedError(segment.path, frame.offset, `positions from ${next} on are missing`);
        }
        next = frame.firstPosition + frame.count;
        yield {
          records: recordsFrom(frame, position),
          address: { segment: segment.number, offset: frame.offset },
        };
      }
    }
  }

  at({ segment: number, offset }: LogAddress): AnyRecord[] {
    const segment = this.segments[number - this.segments[0]!.number];
    if (!segment || offset >= segment.written) {
      throw new RangeError(
        `Expected an address in the log, but segment ${number} offset ${offset} is not written`,
      );
    }
    this.noteRead(segment);
    return decodePayload(segment.frameAt(offset).payload);
  }

  async close(): Promise<void> {
    await this.flushing;
    for (const segment of this.segments) segment.close();
  }

  private addSegment(number: number, firstPosition: number): Segment {
    const name = `${String(number).padStart(10, '0')}.log`;
    const segment = new Segment(join(this.directory, name), number, firstPosition);
    this.segments.push(segment);
    return segment;
  }

  private async flush(): Promise<void> {
    while (this.waiting) {
      const group: Group = this.waiting;
      this.waiting = undefined;
      try {
        for (const { segment, offset, buffers, length } of group.parts) {
          const isNew = segment.written === 0;
          const file = segment.openForWriting();
          if (isNew) {
            syncDirectory(this.directory);
            this.segments[this.segments.indexOf(segment) - 1]?.close();
          }
          await this.disk.write(file, Buffer.concat(buffers, length), offset);
          await this.disk.sync(file);
          segment.written = offset + length;
        }
      } catch (error) {
        this.fail(error as Error, group);
        break;
      }
      group.resolve();
    }
    this.flushing = undefined;
  }

  private fail(error: Error, group: Group): void {
    const { segment } =
      group.parts.find(({ segment, offset }) => segment.written <= offset) ?? group.parts[0]!;
    this.failure = new BrokerError(
      'LOG_WRITE_FAILED',
      `Expected to write to '${segment.path}', but: ${error.message}. Nothing unwritten was acknowledged; ` +
        'make room or repair the disk, and start the broker again',
      { file: segment.path },
      error,
    );
    try {
      segment.truncate(Math.max(segment.written, SEGMENT_HEADER));
    } catch {
      // the next start finds the write that was cut short, and takes it away
    }
    group.reject(this.failure);
    this.waiting?.reject(this.failure);
    this.waiting = undefined;
  }

  /** Keeps few files open, however long the log grows. */
  private noteRead(segment: Segment): void {
    if (segment === this.current || this.recentlyRead.at(-1) === segment) return;
    const known = this.recentlyRead.indexOf(segment);
    if (known >= 0) this.recentlyRead.splice(known, 1);
    this.recentlyRead.push(segment);
    if (this.recentlyRead.length > OPEN_SEGMENTS) {
      const oldest = this.recentlyRead.shift()!;
      if (oldest !== this.current) oldest.close();
    }
  }
}

function recordsFrom(frame: Frame, position: number): AnyRecord[] {
  const records = decodePayload(frame.payload);
  return frame.firstPosition >= position ? records : records.filter((record) => record.position >= position);
}

function createGroup(): Group {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const durable = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // the failure is also thrown by the next append: nobody has to wait for it
  durable.catch(() => {});
  return { parts: [], durable, resolve, reject };
}

function openSegments(directory: string): Segment[] {
  const names = readdirSync(directory)
    .filter((name) => /^\d{10}\.log$/.test(name))
    .sort();
  const segments: Segment[] = [];
  for (const [index, name] of names.entries()) {
    const path = join(directory, name);
    const number = Number.parseInt(name, 10);
    const previous = segments.at(-1);
    if (previous && number !== previous.number + 1) {
      throw new LogCorruptedError(previous.path, previous.end, `segment ${previous.number + 1} is missing`);
    }
    const segment = Segment.open(path, number);
    if (segment) {
      segments.push(segment);
    } else if (index === names.length - 1) {
      // a crash while the segment was being made: nothing in it can have been acknowledged
      unlinkSync(path);
    } else {
      throw new LogCorruptedError(path, 0, 'its header is cut short');
    }
  }
  return segments;
}

/** Takes away what a crash left half written, checks the rest, and returns the last position. */
function checkLastSegment(segment: Segment): number {
  const torn = segment.tornTail();
  if (torn !== undefined) segment.truncate(torn);
  let last = segment.firstPosition - 1;
  for (const frame of segment.frames(segment.firstPosition)) last = frame.firstPosition + frame.count - 1;
  return last;
}

/** A new file is durable when its folder is; Windows keeps folders by itself, and opens none. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(directory, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
