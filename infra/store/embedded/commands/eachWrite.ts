import type { Document } from 'bson';
import { CommandRefusal } from '../errors.ts';

/**
 * Runs the statements of a write command. A refused one is reported at its place, those before it stay; `ordered`
 * (the default) ends there.
 */
export function eachWrite(
  command: Document,
  statements: readonly Document[],
  run: (statement: Document, index: number) => { n: number },
): Document {
  const writeErrors: Document[] = [];
  let n = 0;
  for (const [index, statement] of statements.entries()) {
    try {
      n += run(statement, index).n;
    } catch (error) {
      if (!(error instanceof CommandRefusal)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.data });
      if (command.ordered !== false) break;
    }
  }
  return writeErrors.length > 0 ? { n, writeErrors } : { n };
}
