import type { Command } from './command.ts';
import { completion } from './commands/completion.ts';
import { deploy } from './commands/deploy.ts';
import { feelEvaluate } from './commands/feel.ts';
import { lint } from './commands/lint.ts';
import { get, list } from './commands/list.ts';
import { login, logout, whoami } from './commands/login.ts';
import { open } from './commands/open.ts';
import { publishDraft, publishMessage } from './commands/publish.ts';
import { fork, record, replay } from './commands/recordings.ts';
import { cancel, complete, log, resolve, run, start } from './commands/runs.ts';
import { search } from './commands/search.ts';
import { exportFiles, importFiles } from './commands/transfer.ts';
import { version } from './commands/version.ts';

/** Every command of `baton`, in the order in which help lists them. */
export const commands: readonly Command[] = [
  login,
  logout,
  whoami,
  list,
  get,
  search,
  open,
  deploy,
  run,
  start,
  log,
  cancel,
  resolve,
  complete,
  publishMessage,
  publishDraft,
  lint,
  exportFiles,
  importFiles,
  feelEvaluate,
  replay,
  fork,
  record,
  completion,
  version,
];
