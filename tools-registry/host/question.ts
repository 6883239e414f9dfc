import {
  checkSchema,
  type JsonSchema,
  type JsonValue,
  type ToolAnswer,
  type ToolQuestion,
  validateAgainst,
} from '../contract/index.ts';
import { type HostAnswer, WAITS } from '../sandbox/runner.ts';
import { type HostService, refused } from './service.ts';

const LONGEST_MESSAGE = 4_000;

/** `ask({message, schema, proposed})`: what a person answers; the call ends with the question and goes on with the answer. */
export const questionService: HostService = {
  kind: 'question',
  what: ({ message }) => String(message).slice(0, 200),
  async answer({ message, schema = { type: 'object' }, proposed }, place, _signal, call) {
    const { capabilities, declared, answers, questions } = place;
    if (!capabilities.questions) return refused('asking people', declared.questions);
    if (typeof message !== 'string' || message.trim() === '' || message.length > LONGEST_MESSAGE)
      return invalid(
        `Expected a message of 1 to ${LONGEST_MESSAGE} characters to ask with, but it is another one`,
      );
    if (!isObject(schema)) return invalid('Expected a JSON Schema of the answer, but it is none');
    const wrong = checkSchema(schema).find(({ severity }) => severity === 'error');
    if (wrong) return invalid(wrong.message);
    if (proposed !== undefined && !isObject(proposed))
      return invalid('Expected an object of proposed values, but it is none');
    const id = `q${call + 1}`;
    const answer = answers[id];
    const question = (problem?: string): ToolQuestion => ({
      id,
      kind: 'input',
      message: problem === undefined ? message : `${message}\n\n${problem}`,
      schema: schema as JsonSchema,
      ...(proposed !== undefined && { proposed: proposed as { [name: string]: JsonValue } }),
    });
    if (!answer) {
      questions.push(question());
      return WAITS;
    }
    const problem = problemOf(answer, schema);
    if (problem === undefined) return { ok: true, value: answer as unknown as JsonValue };
    questions.push(question(problem));
    return WAITS;
  },
  outcome: (value) => (value as unknown as ToolAnswer).action,
};

function problemOf(answer: ToolAnswer, schema: JsonSchema): string | undefined {
  return answer.action === 'accept' ? validateAgainst(schema, answer.content)[0]?.message : undefined;
}

function invalid(message: string): HostAnswer {
  return { ok: false, code: 'REQUEST_INVALID', message };
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
