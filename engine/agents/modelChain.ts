import type { ModelFailure, ModelResponse } from '@baton/engine/llm';
import { type CallRecord, failed, type Result } from '@baton/engine/protocol';
import type { AgentFailure } from './failures.ts';
import { askModel, type ModelCallContext } from './modelCall.ts';
import type { ModelHistory } from './modelHistory.ts';
import { candidateName, type Prepared } from './preparedRun.ts';

/** An agent's model and those that stand in for it. A run stays with the one that could answer. */
export interface ModelChain {
  /** Of the last call. */
  readonly place: number;
  /** The call that says what was offered at this place, if one was made there that need not be made again. */
  madeAt(place: number): CallRecord | undefined;
  /**
   * Asks the model the run is with and, while that cannot answer, the next ones.
   * @param nextPlace of a call that takes the place of one that failed
   */
  ask(context: AskContext, nextPlace: () => number): Promise<Result<ModelResponse, AgentFailure>>;
}

export type AskContext = Omit<ModelCallContext, 'candidate' | 'fallback' | 'known' | 'stays' | 'superseded'>;

/** Statuses of HTTP that say something of the request: whoever is asked it, it is refused. */
const ofTheRequest: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** Whether another model may well answer what this one could not. */
function mends({ code, status }: ModelFailure): boolean {
  return code !== 'MODEL_REFUSED' || (status !== undefined && !ofTheRequest.has(status));
}

/** Codes after which the next model is asked, whatever else is known of the failure. */
const passedOn: ReadonlySet<string> = new Set<ModelFailure['code']>([
  'MODEL_UNAVAILABLE',
  'MODEL_TIMEOUT',
  'MODEL_ANSWER_INVALID',
]);

const isOfModel = (failure: AgentFailure): failure is ModelFailure => failure.code.startsWith('MODEL_');

/** @param place of its first call: whoever answered last before it is asked first */
export function createModelChain(prepared: Prepared, history: ModelHistory, place = 1): ModelChain {
  const { candidates } = prepared;
  const last = candidates.length - 1;
  let fallback = history.answeredBefore(place)?.fallback;
  let at = fallback?.place ?? 0;
  let latest = place;

  /** Whether another model was asked after one had failed there. */
  function followed(place: number, link: number): boolean {
    return (
      history.answered(place + 1)?.fallback?.place === link + 1 ||
      history.failed(place + 1, link + 1).length > 0
    );
  }

  /**
   * Whether the last failed call there was replaced, or is to be: a run that goes on takes the same way. Where the whole chain
   * had failed, an attempt asks it anew from its beginning.
   */
  function staysAt(place: number, link: number, code: string): boolean {
    if (link === last) return false;
    const attempts = history.failed(place, link).length;
    const exhausted = history.failed(place + last - link, last).length >= attempts;
    return !exhausted && (passedOn.has(code) || followed(place, link));
  }

  /** Failed calls there that an attempt made which is over. */
  function superseded(place: number): CallRecord[] {
    const made = history.failed(place, at);
    const error = made.at(-1)?.error;
    const taken = error && !history.answered(place) && staysAt(place, at, error.code);
    return taken ? made.slice(0, -1) : [...made];
  }

  return {
    get place() {
      return latest;
    },

    madeAt(place) {
      const answered = history.answered(place);
      if (answered) return answered;
      const tried = history.failed(place, at).at(-1);
      return tried?.error && staysAt(place, at, tried.error.code) ? tried : undefined;
    },

    async ask(context, nextPlace) {
      const before: string[] = [];
      let retryable = false;
      for (let { place } = context; ; place = nextPlace()) {
        latest = place;
        const candidate = candidates[at]!;
        const link = at;
        const asked = await askModel(prepared, {
          ...context,
          place,
          candidate,
          fallback,
          known: this.madeAt(place),
          superseded: superseded(place),
          stays: ({ code }) => staysAt(place, link, code),
        });
        if (asked.ok || context.signal.aborted || !isOfModel(asked.failure)) return asked;
        const { failure } = asked;
        retryable ||= failure.retryable;
        const next = candidates[at + 1];
        if (!next || !(mends(failure) || followed(place, link))) {
          if (before.length === 0) return asked;
          const message = `${failure.message} (asked after ${before.join(' and ')})`;
          return failed({ ...failure, message, retryable });
        }
        const { code } = failure;
        const from = candidateName(candidate);
        before.push(`${from}: ${code}`);
        context.budget.replaced();
        at += 1;
        fallback = { place: at, after: { model: from, code } };
        context.heard?.({ event: 'model.switched', data: { from, to: candidateName(next), code } });
      }
    },
  };
}
