import type { EngineClient, StreamedRecord } from '@baton/engine/client';
import type { AskedQuestion, QuestionStore } from '@baton/engine/protocol';
import type { Questions } from './questions.ts';

export interface FollowQuestionsOptions {
  store: Pick<QuestionStore, 'touchedBy' | 'all' | 'sleeping' | 'wake'>;
  questions: Pick<Questions, 'withdraw' | 'answer'>;
  engine: {
    jobs: Pick<EngineClient['jobs'], 'updateTimeout'>;
    queries: Pick<EngineClient['queries'], 'instance'>;
  };
  /** Whether a run on request goes on. */
  running(tenantId: string, runId: string): Promise<boolean>;
  failed(error: unknown): void;
}

export interface FollowedQuestions {
  /** What has ended takes its questions with it; a question that a person ends is left unanswered. */
  hear(records: readonly StreamedRecord[]): Promise<void>;
  /** What nobody was told of: questions whose asker has ended meanwhile. */
  sweep(tenantId: string): Promise<void>;
}

/** ms a job that waits for an answer is kept, then looked at again. */
export const LOOK_AGAIN = 3_600_000;

const idsOf = (asked: readonly AskedQuestion[]) => asked.map(({ question }) => question.id);

export function followQuestions({
  store,
  questions,
  engine,
  running,
  failed,
}: FollowQuestionsOptions): FollowedQuestions {
  async function ended(tenantId: string, keys: readonly string[]): Promise<void> {
    const touched = await store.touchedBy(tenantId, keys);
    const withdrawn = touched.filter(
      ({ elementInstanceKey, processInstanceKey }) =>
        keys.includes(elementInstanceKey) || keys.includes(processInstanceKey),
    );
    await questions.withdraw(tenantId, idsOf(withdrawn));
    const left = touched.filter((asked) => !withdrawn.includes(asked) && !asked.answer);
    for (const id of idsOf(left)) await questions.answer(tenantId, id, { action: 'cancel' });
  }

  /** Whether whoever asked has ended for sure. */
  async function isOver({ tenantId, processInstanceKey, jobKey }: AskedQuestion): Promise<boolean> {
    if (jobKey === '') return !(await running(tenantId, processInstanceKey));
    const found = await engine.queries.instance(tenantId, processInstanceKey);
    return found.ok && found.value.state !== 'ACTIVE';
  }

  return {
    async hear(records) {
      const byTenant = new Map<string, string[]>();
      for (const { valueType, intent, key, tenantId } of records) {
        if (valueType !== 'PROCESS_INSTANCE' || intent !== 'ELEMENT_TERMINATED') continue;
        byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), key]);
      }
      for (const [tenantId, keys] of byTenant) await ended(tenantId, keys).catch(failed);
    },

    async sweep(tenantId) {
      for (const asked of await store.all(tenantId))
        if (await isOver(asked)) await questions.withdraw(tenantId, [asked.question.id]);
      for (const { elementInstanceKey, jobKey } of await store.sleeping(tenantId)) {
        const kept = await engine.jobs.updateTimeout(jobKey, LOOK_AGAIN);
        const touched = await store.touchedBy(tenantId, [elementInstanceKey]);
        // Answered meanwhile: whoever woke the job may have done so just before it was kept.
        if (kept.ok && touched.some(({ answer }) => answer)) await engine.jobs.updateTimeout(jobKey, 1);
        if (kept.ok || kept.failure.code !== 'NOT_FOUND') continue;
        await questions.withdraw(tenantId, idsOf(touched));
        await store.wake(tenantId, elementInstanceKey);
      }
    },
  };
}
