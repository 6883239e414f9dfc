// Composition root of the thread that checks types: hears its parent, answers each question.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { createTypeCheck } from './check.ts';

const check = createTypeCheck(createRequire(import.meta.url).resolve('typescript'));

parentPort?.on(
  'message',
  ({ id, source, declarations }: { id: number; source: string; declarations: string }) => {
    parentPort?.postMessage({ id, problems: check(source, declarations) });
  },
);
