import { Worker } from 'node:worker_threads';
import type { TypeProblem } from './check.ts';

/** ms a check may take; a type can be written that takes for ever. */
const LIMIT = 15_000;
/** ms without a question after which the thread is given up: the compiler holds some 90 MB. */
const IDLE = 300_000;
const RESOURCES = { maxOldGenerationSizeMb: 512, stackSizeMb: 8 };

export interface TypeChecker {
  /** @returns the problems; one that says so when the check could not be carried out */
  check(source: string, declarations: string): Promise<TypeProblem[]>;
  close(): Promise<void>;
}

export interface CheckerWorld {
  /** Compiled `authoring/types/main.js`. */
  script: URL;
  schedule(ms: number, callback: () => void): () => void;
}

/** Checks types in a thread of its own, which starts with the first question and goes when nobody asks any more. */
export function createTypeChecker({ script, schedule }: CheckerWorld): TypeChecker {
  let worker: Worker | undefined;
  let nextId = 0;
  let rest = () => {};
  const waiting = new Map<number, (problems: TypeProblem[]) => void>();

  async function end(why?: string) {
    const ended = worker;
    worker = undefined;
    for (const answer of [...waiting.values()]) answer([unchecked(why ?? 'the check was stopped')]);
    await ended?.terminate();
  }

  function started(): Worker {
    const made = new Worker(script, { resourceLimits: RESOURCES });
    made.unref();
    made.on('message', ({ id, problems }: { id: number; problems: TypeProblem[] }) =>
      waiting.get(id)?.(problems),
    );
    made.once('error', (error: Error) => {
      if (worker === made) void end(error.message);
    });
    return made;
  }

  return {
    check(source, declarations) {
      rest();
      worker ??= started();
      const asked = worker;
      const id = nextId++;
      return new Promise((resolve) => {
        const late = schedule(LIMIT, () => void end(`it took longer than ${LIMIT / 1000} s`));
        waiting.set(id, (problems) => {
          waiting.delete(id);
          late();
          if (waiting.size === 0) rest = schedule(IDLE, () => void end());
          resolve(problems);
        });
        asked.postMessage({ id, source, declarations });
      });
    },
    close() {
      rest();
      return end();
    },
  };
}

function unchecked(why: string): TypeProblem {
  return {
    severity: 'warning',
    code: 'tool(unchecked)',
    message: `Expected to check the types, but ${why}`,
    line: 1,
    column: 1,
  };
}
