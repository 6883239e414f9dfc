import { failed } from '@baton/engine/protocol';
import type { AgentRun, AgentRunResult, HearRun, RunAgent, RunDependencies } from '../runner.ts';
import { beginAgain, endedWith, type ThreadFailure } from './afterThread.ts';
import { createLink, type Link } from './link.ts';
import type { AgentThread, FromThread, StartAgentThread } from './messages.ts';
import { sentPorts } from './ports.ts';
import { toldOnce } from './toldOnce.ts';

export interface RunPoolOptions {
  start: StartAgentThread;
  /** Threads at once; agents beyond that share one with others. */
  threads: number;
  /** Bytes of heap with which `start` ends a thread: told to who looks. */
  memory: number;
  /** ms without a run after which a thread is collected. */
  idleAfter: number;
  /** ms in which a thread with runs has to answer. */
  patience: number;
  /** epoch ms. */
  now(): number;
  /** Calls after `ms`; answers the cancellation. */
  schedule(ms: number, call: () => void): () => void;
  /** A thread ended with runs in it. */
  crashed?(crash: ThreadCrash & { tenantId: string; agentId: string }): void;
}

export interface ThreadCrash extends Pick<ThreadFailure, 'code' | 'message'> {
  /** epoch ms. */
  at: number;
  /** Ids of the runs that were at work in it, and failed. */
  runs: string[];
}

/** How an agent's runs go on in this process. */
export interface AgentRuntimeState {
  runs: {
    /** Of a run on request, or key of the element instance whose job it is. */
    id: string;
    kind: 'request' | 'job';
    instanceKey: string | undefined;
    startedAt: number;
  }[];
  thread: { startedAt: number; memory: number; limit: number; shared: boolean } | undefined;
  restarts: number;
  lastCrash: ThreadCrash | undefined;
}

/** Runs of agents in threads: those of one agent together, so that its crash or endless loop is nobody else's. */
export interface RunPool {
  /** Does runs, with these for what they ask of the world. */
  running(dependencies: RunDependencies): RunAgent;
  state(tenantId: string, agentId: string): AgentRuntimeState;
  /** Ends the agent's thread: its runs go on from their records in another one. */
  restart(tenantId: string, agentId: string): void;
  /** Ends the agent's thread as soon as there is no run in it. */
  rest(tenantId: string, agentId: string): void;
  /** Cancels what still runs. */
  close(): Promise<void>;
}

/** How a run came out of a thread. */
type Left =
  | { left: 'ended'; result: AgentRunResult }
  | { left: 'threw'; error: Error }
  /** Its thread ended before it; `failure` when the run was at work there and fails with it. */
  | { left: 'thread'; failure: ThreadFailure | undefined; end: ThreadFailure | undefined };

interface Going {
  run: AgentRun;
  startedAt: number;
}

interface InThread {
  key: string;
  going: Going;
  link: Link;
  leave(left: Left): void;
}

interface Thread {
  self: AgentThread;
  startedAt: number;
  /** Agents whose runs it is for. */
  keys: Set<string>;
  runs: Map<number, InThread>;
  heap: number;
  /** It has said something: before, it reads its program. */
  begun: boolean;
  /** Looks since which it owes an answer. */
  owes: number;
  cancelCollection(): void;
}

interface Remembered {
  restarts: number;
  lastCrash: ThreadCrash | undefined;
}

/** Looks at a thread within its patience; more while it begins. */
const LOOKS = 10;
const LOOKS_AT_BEGINNING = 60;
/** Threads that a run may lose through no fault of its own before it is to blame after all. */
const MOST_THREADS = 3;
/** Agents of which is remembered how their threads ended. */
const MOST_REMEMBERED = 1_000;

const keyOf = (tenantId: string, agentId: string) => JSON.stringify([tenantId, agentId]);

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) >>> 0;
  return hash;
}

export function createRunPool(options: RunPoolOptions): RunPool {
  const { start, now, schedule, idleAfter, patience } = options;
  const threads = new Set<Thread>();
  const going = new Map<string, Set<Going>>();
  const remembered = new Map<string, Remembered>();
  const resting = new Set<string>();
  let numbers = 0;
  let cancelLook: (() => void) | undefined;
  let closed = false;

  function remember(key: string, change: (known: Remembered) => void): void {
    const known = remembered.get(key) ?? { restarts: 0, lastCrash: undefined };
    change(known);
    remembered.delete(key);
    remembered.set(key, known);
    if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  }

  const threadOf = (key: string) => [...threads].find(({ keys }) => keys.has(key));

  function threadFor(key: string): Thread {
    const known = threadOf(key);
    if (known) return known;
    if (threads.size < options.threads) return startThread(key);
    const idle = [...threads].find(({ runs }) => runs.size === 0);
    if (idle) endThread(idle);
    if (idle) return startThread(key);
    const shared = [...threads][hashOf(key) % threads.size]!;
    shared.keys.add(key);
    return shared;
  }

  function startThread(key: string): Thread {
    const thread: Thread = {
      self: start(
        (message) => hear(thread, message),
        (end) => lost(thread, { ...end, retryable: true }),
      ),
      startedAt: now(),
      keys: new Set([key]),
      runs: new Map(),
      heap: 0,
      begun: false,
      owes: 0,
      cancelCollection() {},
    };
    threads.add(thread);
    return thread;
  }

  function endThread(thread: Thread): void {
    threads.delete(thread);
    thread.cancelCollection();
    void thread.self.end();
  }

  function hear(thread: Thread, message: FromThread): void {
    thread.owes = 0;
    thread.begun = true;
    switch (message.did) {
      case 'pong':
        thread.heap = message.heap;
        break;
      case 'link':
        thread.runs.get(message.run)?.link.hear(message.message);
        break;
      case 'end':
        thread.runs.get(message.run)?.leave({ left: 'ended', result: message.result });
        break;
      case 'throw': {
        const error = Object.assign(new Error(message.message), { name: message.name });
        thread.runs.get(message.run)?.leave({ left: 'threw', error });
        break;
      }
    }
  }

  /** The thread is gone, or has to go: the run that was at work fails, the others begin again from their records. */
  function lost(thread: Thread, end: ThreadFailure | undefined): void {
    if (!threads.has(thread)) return;
    const guilty = end && thread.runs.get(thread.self.atWork());
    endThread(thread);
    if (end && guilty) {
      const { code, message } = end;
      const { tenantId, elementInstanceKey } = guilty.going.run.owner;
      const crash = { code, message, at: now(), runs: [elementInstanceKey] };
      remember(guilty.key, (known) => {
        known.lastCrash = crash;
      });
      options.crashed?.({ ...crash, tenantId, agentId: guilty.going.run.agent.id });
    }
    for (const key of new Set([...thread.runs.values()].map((each) => each.key)))
      remember(key, (known) => {
        known.restarts += 1;
      });
    for (const each of thread.runs.values())
      each.leave({ left: 'thread', failure: each === guilty ? end : undefined, end });
  }

  /** Asks each thread with runs whether it answers; one that does not for long computes without end. */
  function look(): void {
    cancelLook ??= schedule(patience / LOOKS, () => {
      cancelLook = undefined;
      for (const thread of [...threads].filter(({ runs }) => runs.size > 0)) {
        if (thread.owes > (thread.begun ? LOOKS : LOOKS_AT_BEGINNING))
          lost(thread, {
            code: 'AGENT_UNRESPONSIVE',
            message: `Expected the agent's thread to answer within ${patience} ms, but it computes without end`,
            retryable: true,
          });
        else {
          if (thread.owes === 0) thread.self.post({ do: 'ping' });
          thread.owes += 1;
        }
      }
      if ([...threads].some(({ runs }) => runs.size > 0)) look();
    });
  }

  function collectLater(thread: Thread): void {
    if (thread.runs.size > 0 || !threads.has(thread)) return;
    if ([...thread.keys].some((key) => resting.delete(key))) {
      endThread(thread);
      return;
    }
    thread.cancelCollection();
    thread.cancelCollection = schedule(idleAfter, () => {
      if (thread.runs.size === 0 && threads.has(thread)) endThread(thread);
    });
  }

  /** One run in one thread, until one of them ends. */
  function inThread(
    each: Going,
    run: AgentRun,
    dependencies: RunDependencies,
    signal: AbortSignal,
    heard: HearRun | undefined,
  ): Promise<Left> {
    const key = keyOf(run.owner.tenantId, run.agent.id);
    const thread = threadFor(key);
    thread.cancelCollection();
    numbers = (numbers % 0x7fff_ffff) + 1;
    const number = numbers;
    const { ports, end } = sentPorts(run, dependencies);
    const link = createLink((message) => thread.self.post({ do: 'link', run: number, message }));
    const cancel = () => thread.self.post({ do: 'cancel', run: number });
    return new Promise((resolve) => {
      thread.runs.set(number, {
        key,
        going: each,
        link,
        leave(left) {
          thread.runs.delete(number);
          signal.removeEventListener('abort', cancel);
          link.end();
          collectLater(thread);
          end().then(
            () => resolve(left),
            (error: Error) => resolve({ left: 'threw', error }),
          );
        },
      });
      const lent = link.lend({ ...ports, ...(heard && { heard }) });
      thread.self.post({ do: 'begin', run: number, what: run, hears: heard !== undefined, ports: lent });
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel, { once: true });
      look();
    });
  }

  async function doRun(
    each: Going,
    dependencies: RunDependencies,
    signal: AbortSignal,
    heard: HearRun | undefined,
  ): Promise<AgentRunResult> {
    const once = heard && toldOnce(heard);
    let run = each.run;
    let threadsLost = 0;
    for (;;) {
      if (closed) return endedWith(cancelled, run, dependencies);
      const left = await inThread(each, run, dependencies, signal, once?.hear);
      if (left.left === 'ended') return left.result;
      if (left.left === 'threw') throw left.error;
      const { failure, end } = left;
      if (signal.aborted) return endedWith(cancelled, run, dependencies);
      if (failure) return endedWith(failure, run, dependencies);
      if (end) threadsLost += 1;
      if (end && threadsLost >= MOST_THREADS) return endedWith(end, run, dependencies);
      run = await beginAgain(run, dependencies.calls);
      once?.again();
    }
  }

  return {
    running: (dependencies) => async (run, signal, heard) => {
      const key = keyOf(run.owner.tenantId, run.agent.id);
      const each = { run, startedAt: now() };
      const all = going.get(key) ?? new Set();
      going.set(key, all);
      all.add(each);
      resting.delete(key);
      try {
        return await doRun(each, dependencies, signal, heard);
      } finally {
        all.delete(each);
        if (all.size === 0 && going.get(key) === all) going.delete(key);
      }
    },

    state(tenantId, agentId) {
      const key = keyOf(tenantId, agentId);
      const thread = threadOf(key);
      return {
        runs: [...(going.get(key) ?? [])].map(({ run: { owner }, startedAt }) => ({
          id: owner.elementInstanceKey,
          kind: owner.jobKey === '' ? 'request' : 'job',
          instanceKey: owner.jobKey === '' ? undefined : owner.processInstanceKey,
          startedAt,
        })),
        thread: thread && {
          startedAt: thread.startedAt,
          memory: thread.heap,
          limit: options.memory,
          shared: thread.keys.size > 1,
        },
        ...(remembered.get(key) ?? { restarts: 0, lastCrash: undefined }),
      };
    },

    restart(tenantId, agentId) {
      const thread = threadOf(keyOf(tenantId, agentId));
      if (thread) lost(thread, undefined);
    },

    rest(tenantId, agentId) {
      const key = keyOf(tenantId, agentId);
      const thread = threadOf(key);
      if (!thread) return;
      resting.add(key);
      collectLater(thread);
    },

    async close() {
      closed = true;
      cancelLook?.();
      const all = [...threads];
      for (const thread of all) lost(thread, undefined);
      await Promise.all(all.map(({ self }) => self.end()));
    },
  };
}

const cancelled = failed({
  code: 'RUN_CANCELLED' as const,
  message: 'Expected the run to be waited for, but it was cancelled',
}).failure;
