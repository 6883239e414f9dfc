import type { ModelMessage } from '@baton/engine/llm';
import { type CallContext, failed, ok, type Result } from '@baton/engine/protocol';
import type { AgentDefinition } from './definitions.ts';
import type { BudgetExceeded } from './failures.ts';
import { tokensOfMessages } from './requestTokens.ts';

/**
 * The messages of a run that grows: what it begins with (the system prompt, what was said before, the question), and one loop
 * after the other, each a model's answer with all that answers it. A loop is left out whole: no call is without its result.
 * What becomes of them depends on nothing but themselves, so a run that goes on from its record sees the same.
 */
export interface Conversed {
  messages: ModelMessage[];
  /** How many it began with; the last of them is the question. */
  begin: number;
}

const leftOutNote = 'Earlier steps of yours were left out here, because the conversation is too long.';
const shortenedTo = (characters: number) =>
  `(a result of ${characters} characters, left out because the conversation is too long)`;

type Options = Pick<AgentDefinition, 'context' | 'limits'>;

/** Tokens a request may have. */
export const mostTokens = ({ context, limits }: Options): number => context.maxTokens ?? limits.maxTokens;

export function isTooLong({ messages }: Conversed, agent: Options): boolean {
  return tokensOfMessages(messages) > mostTokens(agent);
}

/** Where each loop begins. */
function loopsOf({ messages, begin }: Conversed): number[] {
  return messages.flatMap(({ role }, index) => (index >= begin && role === 'assistant' ? [index] : []));
}

/**
 * Shortens it in place: old results of tools, then what was said before the question, then the oldest loops. The system prompt,
 * the question and the last loop stay as they are.
 */
export function trim(conversed: Conversed, agent: Options): Result<CallContext, BudgetExceeded> {
  const { messages } = conversed;
  const fitted = { shortened: 0, leftOut: 0 };
  const tooLong = () => isTooLong(conversed, agent);
  const last = loopsOf(conversed).at(-1) ?? messages.length;
  for (let index = conversed.begin; index < last && tooLong(); index += 1) {
    const message = messages[index]!;
    const short = shortenedTo(message.text.length);
    if (message.role !== 'tool' || message.text.length <= short.length) continue;
    messages[index] = { ...message, text: short };
    fitted.shortened += 1;
  }
  // What was asked goes with what was answered: a conversation begins with a question.
  while (conversed.begin > 2 && (tooLong() || (fitted.leftOut > 0 && messages[1]?.role === 'assistant'))) {
    messages.splice(1, 1);
    conversed.begin -= 1;
    fitted.leftOut += 1;
  }
  for (let starts = loopsOf(conversed); tooLong() && starts.length > 1; starts = loopsOf(conversed)) {
    const [oldest = 0, next = 0] = starts;
    messages.splice(oldest, next - oldest);
    fitted.leftOut += next - oldest;
    // Said once, right after the question.
    if (messages[conversed.begin]?.text !== leftOutNote)
      messages.splice(conversed.begin, 0, { role: 'user', text: leftOutNote });
  }
  if (!tooLong() || agent.context.maxTokens === undefined) return ok(fitted);
  return tooLongFor(conversed, agent);
}

export function tooLongFor({ messages }: Conversed, agent: Options) {
  return failed<BudgetExceeded>({
    code: 'BUDGET_EXCEEDED',
    limit: 'context',
    message: `Expected a request of at most ${mostTokens(agent)} tokens, but it has about ${tokensOfMessages(messages)}`,
  });
}

const summarizing =
  'You keep the notes of an agent at work. Put what follows into words as short as can be: what was found out, what was done ' +
  'and what is open. Leave out no fact, name or number that may still be needed. Answer with the notes alone.';

/** What a summary opens with, among the messages. */
const summaryNote = 'Your notes on the steps so far, which stand for them:\n';

/** Characters of one result that a summary is made of. */
const longestResult = 8_000;

/**
 * What a model is asked to put the oldest loops into words, all but the last one.
 * @returns nothing while there are none
 */
export function summaryRequest(
  conversed: Conversed,
  agent: Options,
): { ask: ModelMessage[]; until: number } | undefined {
  const { messages, begin } = conversed;
  const until = loopsOf(conversed).at(-1) ?? begin;
  if (until <= begin) return undefined;
  const said = messages.slice(begin - 1, until).map((message) => {
    const text = message.text.slice(0, longestResult);
    if (message.role === 'tool') return `${message.toolName} answered: ${text}`;
    if (message.role !== 'assistant') return `${message.role}: ${text}`;
    const calls = message.toolCalls.map(
      ({ name, arguments: given }) => `calls ${name} with ${JSON.stringify(given)}`,
    );
    return [`agent: ${text}`, ...calls].join('\n');
  });
  // Four characters a token, and half of it for the notes themselves.
  const most = 2 * mostTokens(agent);
  const whole = said.join('\n\n');
  const text = whole.length > most ? whole.slice(-most) : whole;
  return {
    ask: [
      { role: 'system', text: summarizing },
      { role: 'user', text },
    ],
    until,
  };
}

/** Notes stand for the loops they were made of. */
export function replaceBySummary({ messages, begin }: Conversed, until: number, text: string): void {
  messages.splice(begin, until - begin, { role: 'user', text: `${summaryNote}${text}` });
}
