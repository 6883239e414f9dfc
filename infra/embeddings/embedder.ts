import { Worker } from 'node:worker_threads';
import type { Embedder } from '@baton/tools-registry/contract';
import type { EmbeddingAnswer, EmbeddingQuestion } from './main.ts';

/** Texts the thread is given at once: a few milliseconds each, so that an urgent one does not wait long. */
const BATCH = 8;

export interface EmbedderWorld {
  /** Compiled `infra/embeddings/main.js`. */
  script: URL;
  /** Folder of `model.onnx` and `tokenizer.json`. */
  model: URL;
  /** Told once, when the model cannot be run here. */
  unavailable(why: string): void;
}

interface Asked {
  texts: readonly string[];
  soon: boolean;
  vectors: Float32Array[];
  resolve(vectors: Float32Array[] | undefined): void;
}

/** all-MiniLM-L6-v2 in a thread of its own, which starts with the first text. */
export function createEmbedder({ script, model, unavailable }: EmbedderWorld): Embedder & {
  close(): Promise<void>;
} {
  /** What somebody waits for goes before what is computed in advance. */
  const urgent: Asked[] = [];
  const patient: Asked[] = [];
  let worker: Worker | undefined;
  let current: Asked | undefined;
  let gone = false;

  async function end() {
    gone = true;
    for (const { resolve } of [...(current ? [current] : []), ...urgent, ...patient]) resolve(undefined);
    current = undefined;
    await worker?.terminate();
  }

  function giveUp(why: string) {
    if (gone) return;
    unavailable(why);
    void end();
  }

  function started(): Worker {
    const made = new Worker(script, { workerData: { model: model.href } });
    made.unref();
    made.on('message', (answer: EmbeddingAnswer) => {
      if (!answer.ok) return giveUp(answer.why);
      const asked = current;
      current = undefined;
      if (asked) {
        asked.vectors.push(...answer.vectors);
        if (asked.vectors.length === asked.texts.length) asked.resolve(asked.vectors);
        else (asked.soon ? urgent : patient).unshift(asked);
      }
      next();
    });
    made.once('error', (error: Error) => giveUp(error.message));
    return made;
  }

  function next() {
    if (current || gone) return;
    current = urgent.shift() ?? patient.shift();
    if (!current) return;
    const { texts, vectors } = current;
    worker ??= started();
    const question: EmbeddingQuestion = texts.slice(vectors.length, vectors.length + BATCH);
    worker.postMessage(question);
  }

  return {
    model: 'all-MiniLM-L6-v2-int8',
    dimensions: 384,
    embed(texts, { soon = false } = {}) {
      if (gone) return Promise.resolve(undefined);
      if (texts.length === 0) return Promise.resolve([]);
      return new Promise((resolve) => {
        (soon ? urgent : patient).push({ texts, soon, vectors: [], resolve });
        next();
      });
    },
    close: end,
  };
}
