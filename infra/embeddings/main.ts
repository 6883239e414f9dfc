// Composition root of the thread that turns texts into vectors: hears its parent, answers each question.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { loadMiniLm } from './miniLm.ts';

/** Texts of one batch. */
export type EmbeddingQuestion = readonly string[];
export type EmbeddingAnswer = { ok: true; vectors: Float32Array[] } | { ok: false; why: string };

const { model } = workerData as { model: string };
// A runtime that is not there for this machine, or a file that is missing, is an answer.
const loaded = loadMiniLm((file) => readFileSync(new URL(file, model))).then(
  (embed) => ({ ok: true as const, embed }),
  (error: Error) => ({ ok: false as const, why: error.message }),
);

parentPort?.on('message', async (texts: EmbeddingQuestion) => {
  const runtime = await loaded;
  const answer: EmbeddingAnswer = runtime.ok ? { ok: true, vectors: await runtime.embed(texts) } : runtime;
  parentPort?.postMessage(answer);
});
