import type { JsonObject, JsonValue } from './json.ts';

/** What a call asks a person, as the variable `question` of the user task has it. */
export interface Question {
  /** The same for the same question of the same call, however often the call is begun again. */
  id: string;
  /** `approval`: whether the call may be made, with `proposed` as its arguments; they may be changed. */
  kind: 'input' | 'approval';
  /** Name of the tool that asks, or is to be called. */
  tool: string;
  message: string;
  /** JSON Schema of the answer's content, an object. */
  schema: JsonObject;
  /** What the form begins with. */
  proposed?: JsonObject;
}

/** The variable `answer` of the user task: answered, refused, or left. */
export type QuestionAnswer =
  | { action: 'accept'; content: JsonObject }
  | { action: 'decline' }
  | { action: 'cancel' };

/** Process that asks, one instance a question: its user task has the variables `question`, and `problem` once an answer did not fit. */
export const QUESTION_PROCESS = 'baton-question';

/** Which call asks. */
export interface AskingCall {
  tenantId: string;
  processInstanceKey: string;
  elementInstanceKey: string;
  elementId: string;
  /** '' for a run on request. */
  jobKey: string;
  /** 1-based place of the call in its element instance. */
  sequence: number;
  /** Of the call's record. */
  requestHash: string;
  /** As the call is recorded. */
  request: JsonValue;
}

/** A question while a call waits for its answer, or has not gone on with it. */
export interface AskedQuestion extends AskingCall {
  question: Question;
  /** The call's own id of the question; it goes on by it. */
  asks: string;
  /** What the call goes on from; `null` = from its beginning. */
  resume: JsonValue;
  answer: QuestionAnswer | null;
  /** Instance of the process that asks; '' until it has begun. */
  askedBy: string;
  /** epoch ms. */
  askedAt: number;
}

/** Where questions are kept until their calls are recorded; durable when a call resolves. Both forms pass one suite. */
export interface QuestionStore {
  /** Nothing when it is there already. */
  add(question: AskedQuestion): Promise<void>;
  get(tenantId: string, id: string): Promise<AskedQuestion | undefined>;
  /** All of one element instance, in the order in which they were asked. */
  ofElement(tenantId: string, elementInstanceKey: string): Promise<AskedQuestion[]>;
  /** Those of the element and process instances with these keys, and those that these instances ask. */
  touchedBy(tenantId: string, keys: readonly string[]): Promise<AskedQuestion[]>;
  all(tenantId: string): Promise<AskedQuestion[]>;
  /** The instance that asks it: the first one that comes, again and again. `false` for any other, and when nobody asks it. */
  begin(tenantId: string, id: string, askedBy: string): Promise<boolean>;
  /** The first answer counts. `false` for any other, and when nobody asks it. */
  answer(tenantId: string, id: string, answer: QuestionAnswer): Promise<boolean>;
  /** What it was; nobody asks it any more. */
  remove(tenantId: string, id: string): Promise<AskedQuestion | undefined>;
  /** The element instance's job is kept until one of its questions is answered. */
  sleep(tenantId: string, elementInstanceKey: string, jobKey: string): Promise<void>;
  /** Whether it slept: of all who wake it, one has to see that its job goes on. */
  wake(tenantId: string, elementInstanceKey: string): Promise<boolean>;
  sleeping(tenantId: string): Promise<{ elementInstanceKey: string; jobKey: string }[]>;
}
