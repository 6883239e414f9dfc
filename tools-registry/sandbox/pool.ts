import type { JsonValue, ToolFailureCode } from '../contract/index.ts';
import {
  type AskHost,
  type CallRecording,
  type HostReply,
  type SandboxJob,
  type SandboxOutcome,
  type SandboxRunner,
  WAITS,
} from './runner.ts';
import type { SandboxThread, SliceDone, StartThread, ToThread } from './thread.ts';

/** ms a slice may compute before what waits behind it goes elsewhere. */
const STALL = 30;
/** ms a call that computes has beyond its time before its thread is ended. */
const GRACE = 500;
/** Calls that may wait for a thread. */
const QUEUE = 2_000;
/** Bytes of heap with which a thread begins nothing new: what isolates took is never given back. */
const WORN = 256 * 1024 * 1024;

export interface PoolWorld {
  start: StartThread;
  /** Threads that stay, and how many there may be while some of them are kept busy. */
  threads: number;
  atMost: number;
  /** epoch ms. */
  now(): number;
  /** Calls back once after `ms`; returns the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
  /** 32 hex digits. */
  newSeed(): string;
}

interface Thread {
  self: SandboxThread;
  /** The call whose slice it computes, and since when. */
  busy: { call: Call; since: number } | undefined;
  calls: Set<Call>;
  /** Its heap is large: it begins nothing new. */
  worn: boolean;
}

interface Call {
  id: number;
  job: SandboxJob;
  ask: AskHost;
  /** Where its isolate is; nowhere while it waits to begin. */
  thread: Thread | undefined;
  seed: string;
  startedAt: number;
  /** By the tool's own count; one that nobody has answered before a resumed call is asked again. */
  asked: { name: string; arguments: string }[];
  /** Those only a person can answer. */
  waits: Set<number>;
  replies: HostReply[];
  /** How many of the replies its isolate has. */
  delivered: number;
  logs: string[];
  /** Logs of an earlier beginning, which come again. */
  heard: number;
  ending: AbortController;
  over: boolean;
  cancel(): void;
  finish(outcome: SandboxOutcome): void;
}

const refusal = (code: ToolFailureCode, message: string, logs: string[] = []): SandboxOutcome => ({
  ok: false,
  code,
  message,
  logs,
});

function recordingOf({ seed, startedAt, asked, replies }: Call): CallRecording {
  const calls = asked.flatMap((each, call) => (each ? [{ call, ...each }] : []));
  return { seed, startedAt, calls, replies };
}

/** What a call that is made again has asked already; a resumed one asks what it waits for again. */
function askedBefore({ replay, resume }: SandboxJob): Call['asked'] {
  const asked: Call['asked'] = [];
  const answered = new Set(resume?.replies.map((reply) => reply.call));
  for (const { call, name, arguments: json } of (replay ?? resume)?.calls ?? [])
    if (replay || answered.has(call)) asked[call] = { name, arguments: json };
  return asked;
}

function isSame(job: SandboxJob, recorded: string, asked: string): boolean {
  return recorded === asked || job.isSame?.(recorded, asked) === true;
}

/**
 * Runs calls on a few threads. A thread computes one slice at a time, and a call that waits for its host takes none. Who waits
 * behind a slice that takes long goes to another thread: a call is a function of its record, so it is begun again there with the
 * answers it had, and nothing is asked twice. What cannot be stopped from inside is stopped with its thread.
 */
export function createSandboxPool(world: PoolWorld): SandboxRunner {
  const threads = new Set<Thread>();
  /** Calls that wait to begin, in order. */
  const queue: Call[] = [];
  let nextId = 0;
  let looking: (() => void) | undefined;
  /** Threads that one owner may keep busy. */
  const share = Math.max(1, Math.floor(world.atMost / 2));

  function startThread(): Thread {
    const thread: Thread = {
      busy: undefined,
      calls: new Set(),
      worn: false,
      self: world.start(
        (slice) => sliceDone(thread, slice),
        (why) => {
          if (!threads.delete(thread)) return;
          const { busy } = thread;
          if (busy)
            end(
              busy.call,
              refusal(
                'TOOL_FAILED',
                `Expected the sandbox to bear the tool, but it gave up: ${why}`,
                busy.call.logs,
              ),
            );
          leave(thread);
          pump();
        },
      ),
    };
    threads.add(thread);
    return thread;
  }

  /** Its calls begin again elsewhere. */
  function leave(thread: Thread) {
    const left = [...thread.calls];
    thread.calls.clear();
    for (const call of left) {
      call.thread = undefined;
      call.delivered = 0;
    }
    queue.unshift(...left);
  }

  function endThread(thread: Thread) {
    threads.delete(thread);
    leave(thread);
    void thread.self.end();
  }

  function tell(thread: Thread, call: Call, message: ToThread) {
    thread.busy = { call, since: world.now() };
    thread.self.post(message);
  }

  function begin(thread: Thread, call: Call) {
    const { job, seed, startedAt, replies } = call;
    call.thread = thread;
    call.delivered = replies.length;
    call.heard = call.logs.length;
    thread.calls.add(call);
    tell(thread, call, {
      do: 'begin',
      id: call.id,
      job: {
        code: job.code,
        input: JSON.stringify(job.input),
        limits: job.limits,
        seed,
        startedAt,
        replies: [...replies],
      },
    });
  }

  const hasNews = (call: Call) => call.delivered < call.replies.length;

  /** Gives every idle thread the next thing to do. */
  function pump() {
    const idle = [...threads].filter(({ busy }) => !busy).sort((a, b) => a.calls.size - b.calls.size);
    for (const thread of idle) {
      const answered = [...thread.calls].find(hasNews);
      if (!answered) continue;
      const reply = answered.replies[answered.delivered++] as HostReply;
      tell(thread, answered, { do: 'answer', id: answered.id, reply });
    }
    for (let at = 0; at < queue.length; ) {
      const call = queue[at] as Call;
      if (busyOf(call.job.owner) >= share) {
        at += 1;
        continue;
      }
      let thread = idle.find(({ busy, worn }) => !busy && !worn);
      if (!thread && [...threads].filter(({ worn }) => !worn).length < world.threads) thread = startThread();
      if (!thread) break;
      queue.splice(at, 1);
      begin(thread, call);
    }
    if (queue.length > 0 || [...threads].some(({ calls }) => [...calls].some(hasNews))) look();
  }

  function busyOf(owner: string | undefined): number {
    if (owner === undefined) return 0;
    let count = 0;
    for (const { busy } of threads) if (busy?.call.job.owner === owner) count += 1;
    return count;
  }

  /** After a while: whoever waits behind a slice that takes long is helped elsewhere. */
  function look() {
    looking ??= world.schedule(STALL, () => {
      looking = undefined;
      const stalled = [...threads].filter(({ busy }) => busy && world.now() - busy.since >= STALL);
      for (const thread of stalled) {
        for (const call of [...thread.calls].filter((each) => each !== thread.busy?.call && hasNews(each))) {
          thread.calls.delete(call);
          thread.self.post({ do: 'drop', id: call.id });
          call.thread = undefined;
          // Its old isolate is dropped by this id later, and must not take the new one with it.
          call.id = nextId++;
          queue.unshift(call);
        }
      }
      const startable = queue.some(({ job }) => busyOf(job.owner) < share);
      if (startable && stalled.length > 0 && threads.size < world.atMost) startThread();
      pump();
    });
  }

  function sliceDone(thread: Thread, { id, asks, end: ended, logs, heap, broken }: SliceDone) {
    const call = thread.busy?.call;
    thread.busy = undefined;
    if (call && call.id === id && !call.over) {
      call.logs.push(...logs.slice(call.heard));
      call.heard = Math.max(0, call.heard - logs.length);
      const diverged = asks.find(
        (each) =>
          call.asked[each.call] &&
          (call.asked[each.call]?.name !== each.name ||
            !isSame(call.job, call.asked[each.call]?.arguments ?? '', each.arguments)),
      );
      if (diverged)
        end(
          call,
          refusal(
            'TOOL_FAILED',
            `Expected the call to ask again what it asked before, but question ${diverged.call + 1} is another one`,
            call.logs,
          ),
        );
      else if (ended) end(call, outcomeOf(call, ended));
      else {
        for (const each of asks) {
          const before = call.asked[each.call];
          if (before) before.arguments = each.arguments;
          else ask(call, each);
        }
        endIfWaiting(call);
      }
    } else if (!ended) thread.self.post({ do: 'drop', id });
    thread.worn = heap > WORN;
    const idle = thread.calls.size === 0;
    if (threads.has(thread) && (broken || (idle && (thread.worn || threads.size > world.threads))))
      endThread(thread);
    pump();
  }

  function outcomeOf(call: Call, ended: NonNullable<SliceDone['end']>): SandboxOutcome {
    const { logs } = call;
    if (!ended.ok) return { ...ended, logs };
    return { ok: true, value: JSON.parse(ended.json) as JsonValue, logs, recording: recordingOf(call) };
  }

  /** Ends a call that has nothing left to do but to wait for a person. */
  function endIfWaiting(call: Call) {
    const { thread, waits, asked, replies, logs } = call;
    if (call.over || waits.size === 0 || !thread || thread.busy?.call === call || hasNews(call)) return;
    const answered = new Set(replies.map((reply) => reply.call));
    if (asked.some((_, index) => !answered.has(index) && !waits.has(index))) return;
    const message = 'Expected somebody to answer what the tool asks, but nobody has yet';
    const recording = recordingOf(call);
    end(call, { ok: false, code: 'TOOL_INPUT_REQUIRED', message, logs, recording });
  }

  function ask(call: Call, { call: index, name, arguments: json }: SliceDone['asks'][number]) {
    call.asked[index] = { name, arguments: json };
    const reply = (ok: boolean, value: unknown) => {
      if (call.over) return;
      call.replies.push({ call: index, ok, json: JSON.stringify(value), at: world.now() });
      pump();
    };
    if (call.job.replay)
      return reply(false, {
        code: 'NOT_RECORDED',
        message: 'Expected a call as it was recorded, but it asks for more',
      });
    call
      .ask({ name, arguments: JSON.parse(json) as JsonValue, call: index }, call.ending.signal)
      .then((answer) => {
        if (answer === WAITS) {
          call.waits.add(index);
          return endIfWaiting(call);
        }
        if (answer.ok) reply(true, answer.value);
        else reply(false, { code: answer.code, message: answer.message });
      })
      .catch((error: unknown) =>
        reply(false, {
          code: 'HOST_FAILED',
          message: error instanceof Error ? error.message : String(error),
        }),
      );
  }

  /** The call is over: its isolate goes, and so does everything the host still does for it. */
  function end(call: Call, outcome: SandboxOutcome) {
    if (call.over) return;
    call.over = true;
    call.cancel();
    const { thread } = call;
    if (thread) {
      thread.calls.delete(call);
      if (thread.busy?.call !== call) thread.self.post({ do: 'drop', id: call.id });
    } else {
      const at = queue.indexOf(call);
      if (at >= 0) queue.splice(at, 1);
    }
    call.ending.abort();
    call.finish(outcome);
  }

  /** Ends a call from outside; if it computes, with its thread. */
  function stop(call: Call, outcome: SandboxOutcome) {
    const { thread } = call;
    end(call, outcome);
    if (thread?.busy?.call === call && threads.has(thread)) {
      endThread(thread);
      pump();
    }
  }

  return {
    run(job, ask, signal) {
      return new Promise((finish) => {
        const cancelled = () =>
          refusal('TOOL_CANCELLED', 'Expected the tool to answer, but the call was stopped');
        if (signal.aborted) return finish(cancelled());
        if (queue.length >= QUEUE)
          return finish(
            refusal(
              'SANDBOX_BUSY',
              `Expected fewer than ${QUEUE} calls to wait for the sandbox, but there are more`,
            ),
          );
        const recorded = job.replay ?? job.resume;
        const onAbort = () => stop(call, cancelled());
        const computesTooLong = () =>
          stop(
            call,
            refusal(
              'TOOL_TIMEOUT',
              `Expected the tool to answer within ${job.limits.timeout / 1000} s, but it was still computing`,
              call.logs,
            ),
          );
        const isOverdue = () => {
          const { thread, asked, replies } = call;
          // It has begun nowhere yet: its time has not begun either.
          if (!thread && asked.length === 0) return arm(job.limits.timeout, isOverdue);
          if (thread?.busy?.call === call) return arm(GRACE, computesTooLong);
          const answered = new Set(replies.map((reply) => reply.call));
          const open = asked.find((_, index) => !answered.has(index));
          const waitsFor = open ? ` for ${open.name}` : '';
          stop(
            call,
            refusal(
              'TOOL_TIMEOUT',
              `Expected the tool to answer within ${job.limits.timeout / 1000} s, but it was still waiting${waitsFor}`,
              call.logs,
            ),
          );
        };
        let disarm = () => {};
        const arm = (ms: number, late: () => void) => {
          disarm = world.schedule(ms, late);
        };
        const call: Call = {
          id: nextId++,
          job,
          ask,
          thread: undefined,
          seed: recorded?.seed ?? world.newSeed(),
          startedAt: recorded?.startedAt ?? world.now(),
          asked: askedBefore(job),
          waits: new Set(),
          replies: [...(recorded?.replies ?? [])],
          delivered: 0,
          logs: [],
          heard: 0,
          ending: new AbortController(),
          over: false,
          cancel() {
            disarm();
            signal.removeEventListener('abort', onAbort);
          },
          finish,
        };
        signal.addEventListener('abort', onAbort, { once: true });
        arm(job.limits.timeout, isOverdue);
        queue.push(call);
        pump();
      });
    },
    warm() {
      while (threads.size < world.threads) startThread();
    },
    async close() {
      looking?.();
      const all = [...threads];
      for (const call of [...queue, ...all.flatMap(({ calls }) => [...calls])])
        end(call, refusal('TOOL_CANCELLED', 'Expected the tool to answer, but the sandbox was closed'));
      threads.clear();
      await Promise.all(all.map(({ self }) => self.end()));
    },
  };
}
