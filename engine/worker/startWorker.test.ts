import type { EngineFailure, EngineJobs } from '@baton/engine/client';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Interceptor, Job, JobOutcome, WorkerOptions } from './index.ts';
import { startWorker } from './index.ts';

function job(key: string, given: Partial<Job> = {}): Job {
  return {
    key,
    type: 'pay',
    tenantId: 'acme',
    processInstanceKey: '1',
    processDefinitionKey: '2',
    bpmnProcessId: 'order',
    elementId: 'charge',
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    elementInstanceKey: '3',
    headers: {},
    variables: {},
    retries: 3,
    deadline: 60_000,
    ...given,
  };
}

/** An engine played by the test: it pushes jobs, keeps a pile for polls, and answers as told. */
class PlayedEngine implements EngineJobs {
  push: (job: Job) => void = () => {};
  breakStream: () => void = () => {};
  pile: Job[] = [];
  told: string[] = [];
  polls = 0;
  streams = 0;
  paused = false;
  answers: Result<void, EngineFailure>[] = [];

  async activate({ maxJobs }: { maxJobs: number }) {
    this.polls++;
    return ok(this.pile.splice(0, maxJobs));
  }

  stream(_: unknown, onJob: (job: Job) => void, onEnd: (failure: EngineFailure) => void) {
    this.streams++;
    this.push = onJob;
    this.breakStream = () => onEnd({ code: 'UNAVAILABLE', message: 'gone' });
    return {
      pause: () => {
        this.paused = true;
      },
      resume: () => {
        this.paused = false;
      },
      close: () => {},
    };
  }

  complete = (key: string, variables: object) => this.tell(`complete ${key} ${JSON.stringify(variables)}`);
  fail = (key: string, { retries, errorMessage }: { retries: number; errorMessage: string }) =>
    this.tell(`fail ${key} retries ${retries}: ${errorMessage}`);
  throwError = (key: string, { errorCode }: { errorCode: string }) => this.tell(`error ${key} ${errorCode}`);

  updateTimeout = (key: string, timeout: number) => this.tell(`keep ${key} ${timeout}`);

  private async tell(what: string): Promise<Result<void, EngineFailure>> {
    this.told.push(what);
    return this.answers.shift() ?? ok();
  }
}

/** Time that passes when the test says so. */
class PlayedTime {
  private time = 0;
  private readonly pending = new Set<{ at: number; callback: () => void }>();
  now = () => this.time;
  schedule = (ms: number, callback: () => void) => {
    const entry = { at: this.time + ms, callback };
    this.pending.add(entry);
    return () => void this.pending.delete(entry);
  };
  async pass(ms: number): Promise<void> {
    this.time += ms;
    for (const entry of [...this.pending]) {
      if (entry.at <= this.time && this.pending.delete(entry)) entry.callback();
    }
    await settle();
  }
}

/** Lets everything that is due run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

let engine: PlayedEngine;
let time: PlayedTime;

beforeEach(() => {
  engine = new PlayedEngine();
  time = new PlayedTime();
});

function work(handler: WorkerOptions['handler'], options: Partial<WorkerOptions> = {}) {
  return startWorker(
    { jobs: engine },
    {
      type: 'pay',
      name: 'till',
      tenantIds: ['acme'],
      timeout: 60_000,
      maxActiveJobs: 2,
      handler,
      ...options,
    },
    time,
  );
}

const done: JobOutcome = { kind: 'complete', variables: { paid: true } };

describe('a worker', () => {
  it('completes jobs that are pushed and jobs that were there before', async () => {
    engine.pile = [job('1')];
    work(async () => done);
    engine.push(job('2'));
    await settle();
    expect(engine.told.sort()).toEqual(['complete 1 {"paid":true}', 'complete 2 {"paid":true}']);
  });

  it('tells the engine what the handler decided', async () => {
    const outcomes: { [key: string]: JobOutcome } = {
      a: { kind: 'fail', message: 'later', retries: 7 },
      b: { kind: 'fail', message: 'again' },
      c: { kind: 'bpmnError', code: 'BUDGET_EXCEEDED', message: '' },
    };
    work(async ({ key }) => outcomes[key]!, { maxActiveJobs: 3 });
    for (const key of ['a', 'b', 'c']) engine.push(job(key));
    await settle();
    expect(engine.told).toEqual([
      'fail a retries 7: later',
      'fail b retries 2: again',
      'error c BUDGET_EXCEEDED',
    ]);
  });

  it('fails a job whose handler throws, with one retry less', async () => {
    work(async () => {
      throw new Error('no such card');
    });
    engine.push(job('1'));
    await settle();
    expect(engine.told).toEqual(['fail 1 retries 2: no such card']);
  });

  it('wraps the handler, the first interceptor outermost', async () => {
    const seen: string[] = [];
    const noting =
      (name: string): Interceptor =>
      (next) =>
      async (one, signal) => {
        seen.push(`${name} in`);
        const outcome = await next(one, signal);
        seen.push(`${name} out`);
        return outcome;
      };
    work(async () => done, { interceptors: [noting('outer'), noting('inner')] });
    engine.push(job('1'));
    await settle();
    expect(seen).toEqual(['outer in', 'inner in', 'inner out', 'outer out']);
  });

  it('runs no more jobs at once than it may, and asks for those it could not take', async () => {
    const running: (() => void)[] = [];
    work(
      () =>
        new Promise((resolve) => {
          running.push(() => resolve(done));
        }),
    );
    await settle();
    for (const key of ['1', '2', '3']) engine.push(job(key));
    engine.pile = [job('4')];
    expect([running.length, engine.paused]).toEqual([2, true]);
    running[0]!();
    await settle();
    expect([running.length, engine.paused]).toEqual([3, true]);
    running[1]!();
    running[2]!();
    await settle();
    expect([running.length, engine.paused]).toEqual([4, false]);
  });

  it('asks again at once when a poll brought as many jobs as it asked for', async () => {
    engine.pile = ['1', '2', '3', '4', '5'].map((key) => job(key));
    work(async () => done);
    await settle();
    expect(engine.told).toHaveLength(5);
  });

  it('runs a failed job again when the engine gives it back before its reply has come', async () => {
    let runs = 0;
    work(async () => {
      runs++;
      return runs === 1 ? { kind: 'fail', message: 'once' } : done;
    });
    const tell = engine.fail;
    engine.fail = async (key, failure) => {
      engine.push(job(key, { retries: 2 }));
      return tell(key, failure);
    };
    engine.push(job('1'));
    await settle();
    expect(engine.told).toEqual(['fail 1 retries 2: once', 'complete 1 {"paid":true}']);
  });

  it('aborts a handler when the deadline of its job passes, and keeps quiet about it', async () => {
    work(
      (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('stopped'))),
        ),
    );
    engine.push(job('1', { deadline: 5000 }));
    await time.pass(5000);
    expect(engine.told).toEqual([]);
  });
});

describe('a job at work for long', () => {
  const working = () => {
    const state = { aborted: false };
    work(
      (_, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            state.aborted = true;
            reject(new Error('stopped'));
          }),
        ),
      { renews: true },
    );
    engine.push(job('1'));
    return state;
  };

  it('stays ours, whatever its first deadline was', async () => {
    const state = working();
    for (let third = 0; third < 9; third++) await time.pass(20_000);
    expect([state.aborted, engine.told]).toEqual([false, Array(9).fill('keep 1 60000')]);
  });

  it.each(['NOT_FOUND', 'INVALID_STATE'] as const)('is let go once it is not ours: %s', async (code) => {
    engine.answers = [failed({ code, message: 'no' })];
    const state = working();
    await time.pass(20_000);
    expect([state.aborted, engine.told]).toEqual([true, ['keep 1 60000']]);
  });

  it('is let go the moment its element is known to have ended, and no other', async () => {
    let end = (_keys: readonly string[]) => {};
    const aborted: string[] = [];
    work(
      (taken, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            aborted.push(taken.key);
            resolve(done);
          }),
        ),
      {
        ended: (heard) => {
          end = heard;
          return () => {};
        },
      },
    );
    engine.push(job('1', { elementInstanceKey: '3' }));
    engine.push(job('2', { elementInstanceKey: '4' }));
    end(['4', '9']);
    await settle();
    expect(aborted).toEqual(['2']);
  });

  it('is let go at its deadline while the engine is away', async () => {
    engine.answers = Array(5).fill(failed<EngineFailure>({ code: 'UNAVAILABLE', message: 'gone' }));
    const state = working();
    for (let third = 0; third < 3; third++) await time.pass(20_000);
    expect(state.aborted).toBe(true);
  });

  it('is not kept any more once it is done', async () => {
    work(async () => done, { renews: true });
    engine.push(job('1'));
    await settle();
    await time.pass(60_000);
    expect(engine.told).toEqual(['complete 1 {"paid":true}']);
  });
});

describe('a job that waits', () => {
  const wait = (over: () => Promise<boolean> = async () => false): JobOutcome => ({
    kind: 'wait',
    ms: 3_600_000,
    over,
  });

  it('is kept without losing a retry, and takes no place among the running', async () => {
    work(async () => wait(), { maxActiveJobs: 1 });
    engine.push(job('1'));
    await settle();
    engine.push(job('2'));
    await settle();
    expect(engine.told).toEqual(['keep 1 3600000', 'keep 2 3600000']);
  });

  it('is handled again at once when what it needs came before it was kept', async () => {
    let there = false;
    work(async () => (there ? done : wait(async () => there)));
    const keep = engine.updateTimeout;
    engine.updateTimeout = (key, timeout) => {
      there = true;
      return keep(key, timeout);
    };
    engine.push(job('1'));
    await settle();
    expect(engine.told).toEqual(['keep 1 3600000', 'complete 1 {"paid":true}']);
  });

  it('is handled again when the engine gives it back while it is being kept', async () => {
    let runs = 0;
    work(async () => {
      runs++;
      if (runs > 1) return done;
      await settle();
      engine.push(job('1'));
      return wait();
    });
    engine.push(job('1'));
    await settle();
    expect(engine.told).toEqual(['keep 1 3600000', 'complete 1 {"paid":true}']);
  });

  it.each(['NOT_FOUND', 'INVALID_STATE', 'INTERNAL'] as const)(
    'is let go, not failed, when the engine does not keep it: %s',
    async (code) => {
      engine.answers = [failed({ code, message: 'no' })];
      work(async () => wait());
      engine.push(job('1'));
      await settle();
      expect(engine.told).toEqual(['keep 1 3600000']);
    },
  );
});

describe('the engine is away', () => {
  const away = failed<EngineFailure>({ code: 'UNAVAILABLE', message: 'connect ECONNREFUSED' });

  it('sends an answer again until the engine has it', async () => {
    engine.answers = [away, away];
    work(async () => done);
    engine.push(job('1'));
    await time.pass(100);
    await time.pass(200);
    await time.pass(400);
    expect(engine.told).toEqual(Array(3).fill('complete 1 {"paid":true}'));
  });

  it('takes it as done when the engine knows the job no more', async () => {
    engine.answers = [away, failed({ code: 'NOT_FOUND', message: 'no such job' })];
    work(async () => done);
    engine.push(job('1'));
    await time.pass(100);
    await time.pass(10_000);
    expect(engine.told).toHaveLength(2);
  });

  it('opens its stream again and asks for what it missed', async () => {
    work(async () => done);
    await settle();
    engine.breakStream();
    engine.pile = [job('1')];
    await time.pass(100);
    expect([engine.streams, engine.polls, engine.told.length]).toEqual([2, 2, 1]);
  });

  it('fails a job with the engine’s words when its answer is not accepted', async () => {
    engine.answers = [failed({ code: 'INVALID_ARGUMENT', message: 'too large' })];
    work(async () => done);
    engine.push(job('1'));
    await settle();
    expect(engine.told).toEqual(['complete 1 {"paid":true}', 'fail 1 retries 2: too large']);
  });
});

describe('closing a worker', () => {
  it('waits for what runs, and gives back what had not begun', async () => {
    let finish = () => {};
    const worker = work(
      () =>
        new Promise((resolve) => {
          finish = () => resolve(done);
        }),
      { maxActiveJobs: 1 },
    );
    await settle();
    engine.push(job('1'));
    engine.push(job('2'));
    const closed = worker.close(1000);
    finish();
    await closed;
    expect(engine.told).toEqual([
      'fail 2 retries 3: The worker closed before it began with the job',
      'complete 1 {"paid":true}',
    ]);
  });

  it('aborts what runs when its grace is over', async () => {
    let aborted = false;
    const worker = work(
      (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
    );
    engine.push(job('1'));
    await settle();
    const closed = worker.close(1000);
    await time.pass(1000);
    await closed;
    expect(aborted).toBe(true);
  });
});
