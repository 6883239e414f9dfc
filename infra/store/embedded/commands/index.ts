import { aggregate } from './aggregate.ts';
import { buildInfo } from './buildInfo.ts';
import type { Command } from './command.ts';
import { count } from './count.ts';
import { create } from './create.ts';
import { createIndexes } from './createIndexes.ts';
import { delete as deleteDocuments } from './delete.ts';
import { distinct } from './distinct.ts';
import { drop } from './drop.ts';
import { dropDatabase } from './dropDatabase.ts';
import { dropIndexes } from './dropIndexes.ts';
import { endSessions } from './endSessions.ts';
import { find } from './find.ts';
import { findAndModify } from './findAndModify.ts';
import { getMore } from './getMore.ts';
import { hello } from './hello.ts';
import { insert } from './insert.ts';
import { killCursors } from './killCursors.ts';
import { listCollections } from './listCollections.ts';
import { listDatabases } from './listDatabases.ts';
import { listIndexes } from './listIndexes.ts';
import { ping } from './ping.ts';
import { update } from './update.ts';

/** Every command the embedded server answers, by the name it travels under; any other is refused as CommandNotFound. */
export const commands = {
  aggregate,
  buildInfo,
  buildinfo: buildInfo,
  count,
  create,
  createIndexes,
  delete: deleteDocuments,
  distinct,
  drop,
  dropDatabase,
  dropIndexes,
  endSessions,
  find,
  findAndModify,
  findandmodify: findAndModify,
  getMore,
  hello,
  isMaster: hello,
  ismaster: hello,
  insert,
  killCursors,
  listCollections,
  listDatabases,
  listIndexes,
  ping,
  update,
} satisfies { [name: string]: Command };
