import {
  createQuestionHandler,
  createQuestions,
  followQuestions,
  QUESTION_JOB_TYPE,
  type Questions,
  questionProcess,
} from '@baton/engine/agents';
import type { EngineClient, Schedule } from '@baton/engine/client';
import { startWorker } from '@baton/engine/worker';
import type { Notices } from '@baton/infra/coordination';
import type { DocumentStore } from '@baton/infra/store';
import type { EndOfTenant } from './followTenants.ts';

export interface QuestionsOptions {
  store: Pick<DocumentStore, 'questions' | 'agentRuns'>;
  engine: EngineClient;
  notices: Notices;
  now(): number;
  schedule: Schedule;
  failed(error: unknown, what: string): void;
}

export interface OpenQuestions extends Questions {
  /** People of the tenant can be asked: the process is there, and whoever takes its answers. */
  begin(tenantId: string): EndOfTenant;
  close(): void;
}

/** ms a job that takes a question or an answer is ours. */
const TIMEOUT = 30_000;
const MAX_ACTIVE_JOBS = 32;
/** ms between attempts to deploy the process. */
const AGAIN = 5_000;
/** ms between looks for questions whose asker has ended unseen. */
const SWEEP = 600_000;

/** How calls ask people here, in processes of the engine, and hear of answers that other processes of ours took. */
export function openQuestions(options: QuestionsOptions): OpenQuestions {
  const { store, engine, notices, now, schedule, failed } = options;
  const questions = createQuestions({
    store: store.questions,
    engine,
    news: {
      publish: (tenantId, id) => notices.publish({ kind: 'question', tenantId, id }),
      subscribe: (heard) =>
        notices.subscribe(
          ({ kind, id }) => {
            if (kind === 'question') heard(id);
          },
          () => heard(undefined),
        ),
    },
  });
  const followed = followQuestions({
    store: store.questions,
    questions,
    engine,
    running: async (tenantId, runId) => (await store.agentRuns.get(tenantId, runId))?.status === 'running',
    failed: (error) => failed(error, 'questions of what has ended were not withdrawn'),
  });
  const stopHearing = engine.records.subscribe(undefined, (records) => void followed.hear(records));

  return {
    ...questions,
    begin(tenantId) {
      const ending = new AbortController();
      let cancel = () => {};
      const later = (ms: number, call: () => void) => {
        if (!ending.signal.aborted) cancel = schedule(ms, call);
      };
      const sweep = async () => {
        await followed
          .sweep(tenantId)
          .catch((error) => failed(error, 'questions of what has ended were not looked for'));
        later(SWEEP, sweep);
      };
      const deploy = async () => {
        const deployed = await engine.commands.deploy(tenantId, [questionProcess]);
        // A cluster that serves another tenant alone takes nothing of this one, questions included.
        if (deployed.ok || deployed.failure.code === 'PERMISSION_DENIED') return sweep();
        failed(deployed.failure.message, 'the process that asks people could not be deployed');
        later(AGAIN, () => void deploy());
      };
      void deploy();
      const worker = startWorker(
        engine,
        {
          type: QUESTION_JOB_TYPE,
          name: 'baton',
          tenantIds: [tenantId],
          timeout: TIMEOUT,
          maxActiveJobs: MAX_ACTIVE_JOBS,
          handler: createQuestionHandler({ store: store.questions, questions }),
        },
        { now, schedule },
      );
      return async (grace) => {
        ending.abort();
        cancel();
        await worker.close(grace);
      };
    },
    close: stopHearing,
  };
}
