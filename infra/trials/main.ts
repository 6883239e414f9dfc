// Composition root of the thread that tries out FEEL and decisions: hears its parent, answers each question.
import { parentPort } from 'node:worker_threads';
import { createFeel } from '@baton/engine/feel';
import { answerOf, type TrialQuestion } from './answer.ts';

const feel = createFeel();

parentPort?.on('message', (question: TrialQuestion) => {
  parentPort?.postMessage(answerOf(question, feel, Date.now()));
});
