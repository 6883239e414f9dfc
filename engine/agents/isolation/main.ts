// Composition root of a thread of agents: it has the clock itself, and asks its parent for everything else.
import { randomUUID } from 'node:crypto';
import { runAgent } from '../runner.ts';
import { hostRuns } from './hostRuns.ts';

hostRuns(runAgent, {
  now: Date.now,
  newId: randomUUID,
  schedule(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
});
