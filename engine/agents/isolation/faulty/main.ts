// A thread for tests: its agents do what they do in the product, and once they have been answered what their names say.
import { randomUUID } from 'node:crypto';
import { runAgent } from '../../runner.ts';
import { hostRuns } from '../hostRuns.ts';

const faults: { readonly [name: string]: () => void } = {
  loops() {
    for (;;);
  },
  matches() {
    /^(a+)+$/.test(`${'a'.repeat(60)}!`);
  },
  eats() {
    const eaten: number[][] = [];
    for (;;) eaten.push(Array.from({ length: 10_000 }, (_, index) => index));
  },
  crashes() {
    process.nextTick(() => {
      throw new Error('a bug in the thread');
    });
  },
  exits: () => process.exit(3),
};

hostRuns(
  (run, dependencies, signal, heard) => {
    const fault = faults[String(run.variables.fault)];
    const { calls } = dependencies;
    return runAgent(
      run,
      {
        ...dependencies,
        calls: {
          ...calls,
          async append(record) {
            await calls.append(record);
            if (record.kind === 'tool') fault?.();
          },
        },
      },
      signal,
      heard,
    );
  },
  {
    now: Date.now,
    newId: randomUUID,
    schedule(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  },
);
