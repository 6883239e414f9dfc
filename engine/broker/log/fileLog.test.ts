import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openFileLog } from './fileLog.ts';
import { batch, logSuite } from './log.suite.ts';
import { type LogDisk, realDisk } from './logDisk.ts';

const root = mkdtempSync(join(tmpdir(), 'baton-log-'));
let folders = 0;
const newFolder = () => join(root, `${folders++}`);

afterAll(() => rmSync(root, { recursive: true, force: true }));

logSuite('the log on disk', () => openFileLog({ directory: newFolder() }));

describe('the log on disk, opened again', () => {
  let directory: string;
  const open = (options: { segmentSize?: number; disk?: LogDisk } = {}) =>
    openFileLog({ directory, ...options });
  const files = () => readdirSync(directory).map((name) => join(directory, name));
  const positions = (log = open()) =>
    [...log.read(0)].flatMap(({ records }) => records.map((r) => r.position));

  /** A log of `count` batches of two records in segments of that size; where each batch begins. */
  async function write(count: number, options = {}): Promise<number[]> {
    const log = open(options);
    const offsets: number[] = [];
    for (let index = 0; index < count; index++) {
      const { address, durable } = log.append(batch(index * 2, 2));
      offsets.push(address.offset);
      await durable;
    }
    await log.close();
    return offsets;
  }

  function damage(file: string, offset: number): void {
    const bytes = readFileSync(file);
    bytes[offset]! ^= 0xff;
    writeFileSync(file, bytes);
  }

  beforeEach(() => {
    directory = newFolder();
  });

  it('goes on where it ended', async () => {
    await write(3);
    const log = open();
    expect(log.lastPosition).toBe(5);
    await log.append(batch(6)).durable;
    expect(positions(log)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await log.close();
    expect(positions()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('spreads over segments and reads across them', async () => {
    await write(20, { segmentSize: 2_000 });
    expect(files().length).toBeGreaterThan(2);
    const log = open({ segmentSize: 2_000 });
    expect(positions(log)).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect([...log.read(31)][0]!.records[0]!.position).toBe(31);
    expect([...log.read(30)].map(({ address, records }) => [log.at(address), records])).toEqual(
      [...log.read(30)].map(({ records }) => [records, records]),
    );
  });

  it('takes away a last batch that a crash cut short, at whatever byte', async () => {
    const offsets = await write(3);
    const [file] = files();
    const whole = readFileSync(file!);
    for (let length = offsets[2]! + 1; length < whole.length; length += 7) {
      writeFileSync(file!, whole.subarray(0, length));
      const log = open();
      expect(log.lastPosition).toBe(3);
      await log.append(batch(4, 2)).durable;
      await log.close();
      expect(positions()).toEqual([0, 1, 2, 3, 4, 5]);
    }
  });

  it('takes away a segment that a crash left without its header', async () => {
    await write(3);
    writeFileSync(join(directory, '0000000002.log'), 'BATON');
    expect(positions()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(files()).toHaveLength(1);
  });

  it.each(['header', 'payload'])(
    'refuses to start when the %s of a batch is damaged, and says where',
    async (part) => {
      const offsets = await write(3);
      const [file] = files();
      const offset = offsets[1]!;
      damage(file!, offset + (part === 'header' ? 2 : 40));
      const size = statSync(file!).size;

      expect(() => open()).toThrow(
        expect.objectContaining({
          code: 'LOG_CORRUPTED',
          data: { file, offset },
          message: expect.stringContaining(`Expected intact records in '${file}', but at byte ${offset}`),
        }),
      );
      expect(statSync(file!).size).toBe(size);
    },
  );

  it('refuses a complete last batch that is damaged: it may have been acknowledged', async () => {
    const offsets = await write(3);
    damage(files()[0]!, offsets[2]! + 40);
    expect(() => open()).toThrow(expect.objectContaining({ code: 'LOG_CORRUPTED' }));
  });

  it('refuses a missing segment, and meets a shortened one where it is read', async () => {
    await write(20, { segmentSize: 2_000 });
    const [, second, third] = files();
    const content = readFileSync(second!);
    const offsetOfLast = [...open().read(0)].filter(({ address }) => address.segment === 2).at(-1)!
      .address.offset;
    truncateSync(second!, offsetOfLast);
    expect(() => positions()).toThrow(
      expect.objectContaining({ code: 'LOG_CORRUPTED', data: { file: third, offset: 32 } }),
    );

    writeFileSync(second!, content);
    rmSync(second!);
    expect(() => open()).toThrow(expect.objectContaining({ code: 'LOG_CORRUPTED' }));
  });

  it('acknowledges nothing on a full disk, takes nothing more, and keeps what was durable', async () => {
    let room = 1_000;
    const log = open({
      disk: {
        ...realDisk,
        async write(file, bytes, position) {
          const fits = bytes.subarray(0, Math.max(0, room));
          room -= bytes.length;
          await realDisk.write(file, fits, position);
          if (fits.length < bytes.length) throw new Error('ENOSPC: no space left on device, write');
        },
      },
    });
    await log.append(batch(0, 2)).durable;
    const failing = log.append(batch(2, 20)).durable;
    const sameGroup = log.append(batch(22)).durable;

    await expect(failing).rejects.toMatchObject({ code: 'LOG_WRITE_FAILED' });
    await expect(sameGroup).rejects.toMatchObject({ code: 'LOG_WRITE_FAILED' });
    expect(() => log.append(batch(23))).toThrow('no space left on device');
    await log.close();
    expect(positions()).toEqual([0, 1]);
  });

  it('writes batches that come during a sync with the next one', async () => {
    let syncs = 0;
    const log = open({
      disk: {
        ...realDisk,
        sync(file) {
          syncs++;
          return realDisk.sync(file);
        },
      },
    });
    const first = log.append(batch(0));
    await Promise.resolve();
    const others = [1, 2, 3, 4].map((position) => log.append(batch(position)).durable);
    await first.durable;
    await Promise.all(others);
    expect(syncs).toBe(2);
    expect(positions(log)).toEqual([0, 1, 2, 3, 4]);
  });
});
