import type { AskedQuestion, JsonValue, QuestionAnswer, QuestionStore } from '@baton/engine/protocol';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type { JobHandler, JobOutcome } from '@baton/engine/worker';
import { validateAgainst } from '@baton/tools-registry/contract';
import { variablesOf } from '../jobInput.ts';
import type { Questions } from './questions.ts';

export interface QuestionWorkerDependencies {
  store: Pick<QuestionStore, 'get' | 'begin'>;
  questions: Pick<Questions, 'answer'>;
}

/** An answer as a person gave it, checked by the schema that was asked with; else a sentence for the person. */
export function readAnswer(
  { question: { schema } }: Pick<AskedQuestion, 'question'>,
  given: JsonValue | undefined,
): Result<QuestionAnswer, string> {
  const said = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  if (said.action === 'decline' || said.action === 'cancel') return ok({ action: said.action });
  if (said.action !== 'accept') {
    const but = said.action === undefined ? 'there is none' : `its action is ${JSON.stringify(said.action)}`;
    return failed(
      `Expected an answer like {"action": "accept", "content": {…}} or {"action": "decline"}, but ${but}`,
    );
  }
  const { content } = said;
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    return failed(`Expected the answer's content to be an object, but it is ${JSON.stringify(content)}`);
  const violations = validateAgainst(schema, content);
  if (violations.length > 0) return failed(violations.map(({ message }) => message).join('\n'));
  return ok({ action: 'accept', content });
}

/** Handles the one job of the process that asks: takes the question on, then the person's answer, or says what is wrong with it. */
export function createQuestionHandler({ store, questions }: QuestionWorkerDependencies): JobHandler {
  const settled = { kind: 'complete', variables: { settled: true } } as const;
  return async (job): Promise<JobOutcome> => {
    const { tenantId, processInstanceKey: askedBy } = job;
    const { question, answer, taken } = variablesOf(job);
    const id = (question as { id?: unknown } | undefined)?.id;
    if (typeof id !== 'string' || !(await store.begin(tenantId, id, askedBy))) return settled;
    const asked = await store.get(tenantId, id);
    if (!asked) return settled;
    if (taken !== true) return { kind: 'complete', variables: { taken: true, settled: false } };
    const read = readAnswer(asked, answer);
    if (!asked.answer && !read.ok)
      return { kind: 'complete', variables: { settled: false, answer: null, problem: read.failure } };
    // Answered before by the same person, or left by an earlier try of this job: whoever waits is woken again.
    await questions.answer(tenantId, id, asked.answer ?? (read.ok ? read.value : { action: 'cancel' }));
    return settled;
  };
}
