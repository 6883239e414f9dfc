import { fdatasync, write } from 'node:fs';

/** The two calls on which durability stands; a test passes a disk that is full. */
export interface LogDisk {
  /** Writes all bytes at the position of the file. */
  write(file: number, bytes: Buffer, position: number): Promise<void>;
  /** Resolves when what was written survives a loss of power. */
  sync(file: number): Promise<void>;
}

export const realDisk: LogDisk = {
  write: (file, bytes, position) =>
    new Promise((resolve, reject) => {
      const writeFrom = (start: number) => {
        write(file, bytes, start, bytes.length - start, position + start, (error, written) => {
          if (error) reject(error);
          else if (start + written < bytes.length) writeFrom(start + written);
          else resolve();
        });
      };
      writeFrom(0);
    }),
  sync: (file) =>
    new Promise((resolve, reject) => {
      fdatasync(file, (error) => (error ? reject(error) : resolve()));
    }),
};
