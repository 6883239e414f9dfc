import { Worker } from 'node:worker_threads';
import type { Evaluation, TextFailure } from '@baton/engine/feel';
import type { TriedDecision } from '@baton/engine/model';
import { failed, type JsonObject, type Result, readJson } from '@baton/engine/protocol';
import type { TrialQuestion } from './answer.ts';

/** ms one trial may take; the steps of an evaluation end it long before, unless the machine is busy. */
const LIMIT = 10_000;
/** ms without a question after which the thread is given up. */
const IDLE = 300_000;
const RESOURCES = { maxOldGenerationSizeMb: 512, stackSizeMb: 4 };

export interface TrialsWorld {
  /** Compiled `infra/trials/main.js`. */
  script: URL;
  schedule(ms: number, callback: () => void): () => void;
}

export interface Trials {
  feel(expression: string, context: JsonObject): Promise<Result<Evaluation, TextFailure>>;
  decision(
    xml: string,
    decisionId: string,
    variables: JsonObject,
  ): Promise<Result<TriedDecision, { message: string }>>;
  close(): Promise<void>;
}

interface Asked {
  question: TrialQuestion;
  /** @param answer a `Result` as JSON */
  resolve(answer: string): void;
}

/**
 * What people try out, in a thread of its own and one after the other: whatever it takes, it holds nobody up who does something
 * else. The thread starts with the first question and goes when nobody asks any more.
 */
export function createTrials({ script, schedule }: TrialsWorld): Trials {
  const waiting: Asked[] = [];
  let current: Asked | undefined;
  let worker: Worker | undefined;
  let cancel = () => {};

  function end(): Promise<number> | undefined {
    cancel();
    const ended = worker;
    worker = undefined;
    return ended?.terminate();
  }

  function answered(answer: string) {
    cancel();
    const asked = current;
    current = undefined;
    asked?.resolve(answer);
    next();
  }

  function giveUp(why: string) {
    void end();
    answered(JSON.stringify(failed({ message: `Expected a value, but the evaluation ${why}` })));
  }

  function started(): Worker {
    const made = new Worker(script, { execArgv: [], resourceLimits: RESOURCES });
    made.unref();
    made.on('message', answered);
    made.once('error', (error: Error & { code?: string }) => {
      if (worker !== made) return;
      giveUp(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `takes more than ${RESOURCES.maxOldGenerationSizeMb} MB of memory`
          : `ended: ${error.message}`,
      );
    });
    return made;
  }

  function next() {
    if (current) return;
    cancel();
    current = waiting.shift();
    if (!current) {
      cancel = schedule(IDLE, () => void end());
      return;
    }
    worker ??= started();
    cancel = schedule(LIMIT, () => giveUp(`takes longer than ${LIMIT / 1000} s`));
    worker.postMessage(current.question);
  }

  const ask = async <T, F>(question: TrialQuestion): Promise<Result<T, F>> => {
    const answer = await new Promise<string>((resolve) => {
      waiting.push({ question, resolve });
      next();
    });
    return readJson(answer) as unknown as Result<T, F>;
  };

  return {
    feel: (expression, context) => ask({ kind: 'feel', expression, context }),
    decision: (xml, decisionId, variables) => ask({ kind: 'decision', xml, decisionId, variables }),
    async close() {
      const left = [...(current ? [current] : []), ...waiting.splice(0)];
      current = undefined;
      await end();
      const stopped = JSON.stringify(failed({ message: 'Expected a value, but the product is stopping' }));
      for (const { resolve } of left) resolve(stopped);
    },
  };
}
