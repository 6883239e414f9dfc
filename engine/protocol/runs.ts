import type { CallUsage } from './calls.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Question, QuestionAnswer } from './questions.ts';

/** What a run of an agent tells while it goes on, in the order in which it happens. */
export type RunEvent =
  | { event: 'text.delta'; data: { text: string } }
  /** `provider/model` could not answer and another is asked: what was told of its answer so far is void. */
  | { event: 'model.switched'; data: { from: string; to: string; code: string } }
  | { event: 'tool.started'; data: { callId: string; name: string; arguments: JsonObject } }
  | {
      event: 'tool.finished';
      data: {
        callId: string;
        name: string;
        /** ms. */
        duration: number;
      } & ({ ok: true; result: JsonValue } | { ok: false; error: { code: string; message: string } });
    }
  /** A call waits until a person has answered: in the inbox, where the user task's variable `question` has the same `id`. */
  | { event: 'question.asked'; data: Question & { callId: string } }
  | { event: 'question.answered'; data: { id: string; callId: string; action: QuestionAnswer['action'] } }
  /** The thread it was in has ended, and it goes on from its record: what was told of an answer that has not ended counts no more. */
  | { event: 'run.restarted'; data: Record<string, never> }
  /** All that the run has used so far. */
  | { event: 'usage'; data: CallUsage };

export const runStatuses = ['running', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];
