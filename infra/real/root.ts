import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function climb(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : climb(dirname(folder));
}

/** The repository's folder, from the sources as from what is built of them. */
export const root = climb(dirname(fileURLToPath(import.meta.url)));
