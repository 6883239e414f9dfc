import type { ElicitResult } from '@modelcontextprotocol/client';
import type { JsonSchema, ToolAnswer, ToolQuestion } from '../../../contract/index.ts';
import { hashOf } from '../contracts/contractHash.ts';
import { currentSchema } from '../contracts/currentSchema.ts';

/** A call that may be asked about; of one connection. */
export interface AskedCall {
  answers: { readonly [questionId: string]: ToolAnswer };
  /** Questions asked so far. */
  asked: number;
  /** Waits for an answer. */
  waits?: { id: string; answer: (answer: ToolAnswer) => void };
  /** A person is to be asked. */
  ask(question: ToolQuestion): void;
  /** Nobody can tell which call was asked about. */
  ambiguous(): void;
}

interface Asking {
  message: string;
  schema: JsonSchema;
  answer(result: ElicitResult): void;
}

/**
 * Questions of servers of the older generation. They do not say which call they are of, so one is taken for the only call it
 * can be of; where there are several, it waits until the others have ended.
 */
export function createElicitations() {
  const calls = new Set<AskedCall>();
  let asking: Asking[] = [];

  function match(): void {
    if (asking.length === 0) return;
    const free = [...calls].filter(({ waits }) => !waits);
    if (free.length > asking.length) return;
    const taken = asking;
    asking = [];
    const [call, ...others] = free;
    const [question, ...more] = taken;
    if (call && question && others.length === 0 && more.length === 0) {
      put(call, question);
      return;
    }
    // As many calls as questions, or a question outside of calls: any answer might be of the wrong one.
    for (const each of taken) each.answer({ action: 'cancel' });
    for (const each of free) each.ambiguous();
  }

  function put(call: AskedCall, { message, schema, answer }: Asking): void {
    const id = questionId(call.asked++, message, schema);
    const known = call.answers[id];
    if (known) {
      answer(asResult(known));
      return;
    }
    call.waits = {
      id,
      answer(given) {
        delete call.waits;
        answer(asResult(given));
      },
    };
    call.ask({ id, kind: 'input', message, schema: currentSchema(schema) });
  }

  return {
    began: (call: AskedCall) => void calls.add(call),
    ended(call: AskedCall) {
      calls.delete(call);
      match();
    },
    /** A server's `elicitation/create`. */
    asked: (message: string, schema: JsonSchema) =>
      new Promise<ElicitResult>((answer) => {
        asking.push({ message, schema, answer });
        match();
      }),
  };
}

/** The same question at the same place of a call has the same id, also when the call is made again. */
export function questionId(place: number | string, message: string, schema: JsonSchema): string {
  return `${place}-${hashOf({ message, schema }).slice(0, 16)}`;
}

export function asResult(answer: ToolAnswer): ElicitResult {
  return answer.action === 'accept'
    ? { action: 'accept', content: answer.content as NonNullable<ElicitResult['content']> }
    : { action: answer.action };
}
