import type { AskedQuestion } from '@baton/engine/protocol';
import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

/** Request, question, resume and answer are JSON text; '' = not answered. */
export interface StoredQuestion extends Omit<AskedQuestion, 'request' | 'question' | 'resume' | 'answer'> {
  _id: string;
  request: string;
  question: string;
  resume: string;
  answer: string;
}

/** An element instance whose job is kept until an answer. */
export interface StoredSleeper {
  _id: string;
  tenantId: string;
  elementInstanceKey: string;
  jobKey: string;
}

const options = {
  id: false,
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
} as const;
const text = { type: String, default: '' } as const;
const given = { type: String, required: true } as const;

const questions = new Schema<StoredQuestion>(
  {
    _id: given,
    processInstanceKey: given,
    elementInstanceKey: given,
    elementId: text,
    jobKey: text,
    sequence: { type: Number, required: true },
    requestHash: given,
    request: given,
    question: given,
    asks: given,
    resume: given,
    answer: text,
    askedBy: text,
    askedAt: { type: Number, required: true },
  },
  { collection: 'questions', ...options },
);
questions.plugin(tenantOwned);
questions.index({ tenantId: 1, elementInstanceKey: 1 });
questions.index({ tenantId: 1, processInstanceKey: 1 });
questions.index({ tenantId: 1, askedBy: 1 });

const sleepers = new Schema<StoredSleeper>(
  { _id: given, elementInstanceKey: given, jobKey: given },
  { collection: 'sleepers', ...options },
);
sleepers.plugin(tenantOwned);

export const questionModel = (connection: Connection): Model<StoredQuestion> =>
  connection.model<StoredQuestion>('Question', questions);

export const sleeperModel = (connection: Connection): Model<StoredSleeper> =>
  connection.model<StoredSleeper>('Sleeper', sleepers);
