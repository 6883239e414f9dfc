import type { EngineClient } from '@baton/engine/client';
import {
  type AskedQuestion,
  QUESTION_PROCESS,
  type QuestionAnswer,
  type QuestionStore,
} from '@baton/engine/protocol';

/** Processes tell each other what was answered, and hear it themselves. */
export interface QuestionNews {
  publish(tenantId: string, id: string): Promise<void>;
  /** @param id `undefined`: something may have been missed. Answers how to stop. */
  subscribe(heard: (id: string | undefined) => void): () => void;
}

export interface QuestionsOptions {
  store: QuestionStore;
  engine: {
    commands: Pick<EngineClient['commands'], 'publishMessage' | 'cancelInstance'>;
    jobs: Pick<EngineClient['jobs'], 'updateTimeout'>;
  };
  news: QuestionNews;
}

/** Where calls ask people, and how the answers come back to them. */
export interface Questions {
  ofElement(tenantId: string, elementInstanceKey: string): Promise<AskedQuestion[]>;
  /**
   * Asks it, once however often it is told; throws while the engine cannot be reached.
   * @param attempt another one is told to the engine anew, which may have missed the one before
   */
  ask(asked: AskedQuestion, attempt?: string): Promise<void>;
  /** What was answered: now, or when it is. `cancel` when nobody asks it any more; `undefined` once the signal aborts. */
  answered(tenantId: string, id: string, signal: AbortSignal): Promise<QuestionAnswer | undefined>;
  /** The first answer counts, and wakes the job that waits for it. */
  answer(tenantId: string, id: string, answer: QuestionAnswer): Promise<void>;
  /** The call is recorded. */
  done(tenantId: string, ids: readonly string[]): Promise<void>;
  /** Whoever waits for them is gone: nobody is asked them any more. */
  withdraw(tenantId: string, ids: readonly string[]): Promise<void>;
  /**
   * The job is kept until one of the questions is answered.
   * @returns whether that has happened already, and the job is to go on here
   */
  sleep(job: SleepingJob, ids: readonly string[]): Promise<boolean>;
  /** The job is at work: nobody has to wake it. */
  awake(tenantId: string, elementInstanceKey: string): Promise<void>;
}

export interface SleepingJob {
  tenantId: string;
  elementInstanceKey: string;
  jobKey: string;
}

/** ms the engine remembers that it was asked: a question that is asked again after a crash is the same one. */
const REMEMBERED = 7 * 24 * 3_600_000;

export function createQuestions({ store, engine, news }: QuestionsOptions): Questions {
  /** A job that slept is there for its worker at once. */
  async function wake({ tenantId, elementInstanceKey, jobKey }: AskedQuestion): Promise<void> {
    if (jobKey === '' || !(await store.wake(tenantId, elementInstanceKey))) return;
    await engine.jobs.updateTimeout(jobKey, 1);
  }

  return {
    ofElement: store.ofElement,

    async ask(asked, attempt = '') {
      const { tenantId, question } = asked;
      await store.add(asked);
      const published = await engine.commands.publishMessage(tenantId, {
        name: QUESTION_PROCESS,
        correlationKey: question.id,
        messageId: `${question.id}${attempt}`,
        timeToLive: REMEMBERED,
        variables: {
          question: { ...question },
          // A run on request is no instance that one could look at.
          ...(asked.jobKey !== '' && { askingInstance: asked.processInstanceKey }),
        },
      });
      if (published.ok || published.failure.code === 'ALREADY_EXISTS') return;
      throw new Error(`Expected the engine to ask a person, but it did not: ${published.failure.message}`);
    },

    async answered(tenantId, id, signal) {
      let heard = () => {};
      let missed = false;
      const stopHearing = news.subscribe((answered) => {
        if (answered !== undefined && answered !== id) return;
        missed = true;
        heard();
      });
      const aborted = () => heard();
      signal.addEventListener('abort', aborted);
      try {
        while (!signal.aborted) {
          missed = false;
          const asked = await store.get(tenantId, id);
          if (!asked) return { action: 'cancel' };
          if (asked.answer) return asked.answer;
          await new Promise<void>((resolve) => {
            heard = resolve;
            if (missed || signal.aborted) resolve();
          });
        }
        return undefined;
      } finally {
        stopHearing();
        signal.removeEventListener('abort', aborted);
      }
    },

    async answer(tenantId, id, answer) {
      await store.answer(tenantId, id, answer);
      const asked = await store.get(tenantId, id);
      if (!asked) return;
      await news.publish(tenantId, id);
      await wake(asked);
    },

    async done(tenantId, ids) {
      await Promise.all(ids.map((id) => store.remove(tenantId, id)));
    },

    async withdraw(tenantId, ids) {
      for (const id of ids) {
        const removed = await store.remove(tenantId, id);
        if (!removed) continue;
        await store.wake(tenantId, removed.elementInstanceKey);
        await news.publish(tenantId, id);
        // One that has not begun finds that nobody asks, and ends by itself.
        if (removed.askedBy !== '' && !removed.answer) await engine.commands.cancelInstance(removed.askedBy);
      }
    },

    async sleep({ tenantId, elementInstanceKey, jobKey }, ids) {
      await store.sleep(tenantId, elementInstanceKey, jobKey);
      const now = await Promise.all(ids.map((id) => store.get(tenantId, id)));
      const waits = now.every((asked) => asked && !asked.answer);
      return waits ? false : store.wake(tenantId, elementInstanceKey);
    },

    async awake(tenantId, elementInstanceKey) {
      await store.wake(tenantId, elementInstanceKey);
    },
  };
}
