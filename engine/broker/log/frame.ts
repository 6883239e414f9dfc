import { crc32 } from 'node:zlib';
import type { AnyRecord } from '@baton/engine/protocol';
import { createEncoding } from '../encoding.ts';

/**
 * How a batch lies in a segment: a header with its own checksum, so that a damaged length is never taken for a write that
 * was cut short, then the records as MessagePack. Little-endian:
 * `payload length u32 | payload CRC-32 u32 | first position f64 | record count u32 | CRC-32 of these 20 bytes u32 | payload`
 */
export const FRAME_HEADER = 24;

// records of one batch share their shapes; each batch stands for itself, so that it can be read alone
const encoding = createEncoding({ sharedShapes: true });

export interface FrameHeader {
  length: number;
  checksum: number;
  firstPosition: number;
  count: number;
}

export function encodeFrame(records: readonly AnyRecord[]): { header: Buffer; payload: Buffer } {
  const payload = encoding.encode(records);
  const header = Buffer.allocUnsafe(FRAME_HEADER);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload), 4);
  header.writeDoubleLE(records[0]!.position, 8);
  header.writeUInt32LE(records.length, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 20)), 20);
  return { header, payload };
}

/** `undefined` when the header does not agree with its checksum. */
export function decodeHeader(bytes: Buffer, offset: number): FrameHeader | undefined {
  if (crc32(bytes.subarray(offset, offset + 20)) !== bytes.readUInt32LE(offset + 20)) return undefined;
  return {
    length: bytes.readUInt32LE(offset),
    checksum: bytes.readUInt32LE(offset + 4),
    firstPosition: bytes.readDoubleLE(offset + 8),
    count: bytes.readUInt32LE(offset + 16),
  };
}

export function isIntact(header: FrameHeader, payload: Buffer): boolean {
  return crc32(payload) === header.checksum;
}

export function decodePayload(payload: Buffer): AnyRecord[] {
  return encoding.decode(payload) as AnyRecord[];
}
