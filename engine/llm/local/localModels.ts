import { failed, ok, type Result } from '@baton/engine/protocol';
import type { HearText, ModelFailure, ModelRequest, ModelResponse } from '../provider.ts';
import type { LaunchLocalProgram, LocalProgram, ModelFile } from './localProgram.ts';

/** Why no model can be had here: "Expected …, but …", with what to do. */
export interface LocalFailure {
  code: 'LOCAL_RUNTIME_MISSING' | 'LOCAL_MODEL_MISSING';
  message: string;
}

export interface LocalModelsOptions {
  /** Models there are now. */
  inventory(): Promise<Result<ModelFile[], LocalFailure>>;
  launch: LaunchLocalProgram;
  /** Calls back after `ms`; the result cancels. */
  schedule(ms: number, callback: () => void): () => void;
  /** ms without a question after which the program ends and its memory is free. */
  idleAfter: number;
  /** ms the program may take to leave off when it is told to. */
  patience: number;
  /** Questions that may wait for their turn. */
  longestQueue: number;
}

/** Models that run on this machine: one question at a time, the others in a queue. */
export interface LocalModels {
  names(): Promise<Result<string[], LocalFailure>>;
  ask(
    owner: string,
    request: ModelRequest,
    signal: AbortSignal,
    heard?: HearText,
  ): Promise<Result<ModelResponse, ModelFailure>>;
  close(): void;
}

interface Question {
  id: number;
  owner: string;
  file: ModelFile;
  request: ModelRequest;
  heard: HearText | undefined;
  /** Takes the first answer only. */
  answer(result: Result<ModelResponse, ModelFailure>): void;
}

const unavailable = (but: string, retryable: boolean) =>
  failed<ModelFailure>({
    code: 'MODEL_UNAVAILABLE',
    message: `Expected an answer of a model on this machine, but ${but}`,
    retryable,
  });

export function createLocalModels(options: LocalModelsOptions): LocalModels {
  const { inventory, launch, schedule, idleAfter, patience, longestQueue } = options;
  const waiting: Question[] = [];
  let atWork: Question | undefined;
  let program: LocalProgram | undefined;
  let stopTimer = () => {};
  let closed = false;
  let lastId = 0;

  function begin(): LocalProgram {
    const begun = launch({
      told(message) {
        if (begun !== program || message.id !== atWork?.id) return;
        if (message.kind === 'heard') atWork.heard?.({ text: message.text });
        else {
          atWork.answer(message.result);
          next();
        }
      },
      ended(because) {
        if (begun !== program) return;
        program = undefined;
        atWork?.answer(unavailable(`the program that runs it ${because}`, true));
        next();
      },
    });
    return begun;
  }

  function end() {
    const ending = program;
    program = undefined;
    ending?.end();
  }

  /** The one at work is through. */
  function next() {
    stopTimer();
    atWork = waiting.shift();
    if (!atWork) {
      stopTimer = program ? schedule(idleAfter, end) : () => {};
      return;
    }
    const { id, owner, file, request, heard } = atWork;
    program ??= begin();
    program.tell({ kind: 'ask', id, owner, file, request, heard: heard !== undefined });
  }

  /** Nobody waits for it any more. */
  function leave(question: Question) {
    question.answer(
      failed({
        code: 'MODEL_TIMEOUT',
        message: `Expected the model '${question.file.name}' to answer in time, but it did not`,
        retryable: true,
      }),
    );
    if (atWork !== question) {
      const place = waiting.indexOf(question);
      if (place >= 0) waiting.splice(place, 1);
      return;
    }
    program?.tell({ kind: 'abort', id: question.id });
    stopTimer();
    stopTimer = schedule(patience, () => {
      end();
      next();
    });
  }

  return {
    async names() {
      const found = await inventory();
      return found.ok ? ok(found.value.map(({ name }) => name)) : found;
    },
    async ask(owner, request, signal, heard) {
      const found = await inventory();
      if (!found.ok)
        return failed({ code: 'MODEL_REFUSED', message: found.failure.message, retryable: false });
      const file = found.value.find(({ name }) => name === request.model);
      if (!file) {
        const names = found.value.map(({ name }) => `'${name}'`).join(', ');
        return failed({
          code: 'MODEL_REFUSED',
          message: `Expected a model of this machine (${names}), but there is no '${request.model}'`,
          retryable: false,
        });
      }
      if (closed) return unavailable('it is being stopped', false);
      if (waiting.length >= longestQueue)
        return unavailable(`${waiting.length} questions wait for their turn already`, true);
      return new Promise((resolve) => {
        const id = ++lastId;
        const left = () => leave(question);
        const question: Question = {
          id,
          owner,
          file,
          request,
          heard: heard && ((part) => !signal.aborted && heard(part)),
          answer(result) {
            signal.removeEventListener('abort', left);
            resolve(result);
          },
        };
        signal.addEventListener('abort', left, { once: true });
        waiting.push(question);
        if (signal.aborted) leave(question);
        else if (!atWork) next();
      });
    },
    close() {
      closed = true;
      stopTimer();
      end();
      for (const question of [atWork, ...waiting.splice(0)])
        question?.answer(unavailable('it was stopped', false));
      atWork = undefined;
    },
  };
}
