import type { JsonValue } from '@baton/gateway/api';

export type JsonObject = { [name: string]: JsonValue };

/** What a tool asks of a person, as its user task carries it. */
export interface Question {
  id: string;
  /** `approval`: whether a call may be made, with `proposed` as its arguments. */
  kind: 'input' | 'approval';
  tool: string;
  /** Who wants to call it, where that is known. */
  agent: string;
  message: string;
  /** Of the answer's content. */
  schema: JsonObject;
  proposed: JsonObject;
  /** Why an answer that was given before was sent back. */
  problem: string;
  /** Key of the instance that waits for the answer; '' for a run on request. */
  askingInstance: string;
}

/** Variables that are the question itself, not what is known beside it. */
export const questionVariables: ReadonlySet<string> = new Set([
  'question',
  'problem',
  'answer',
  'askingInstance',
  'taken',
  'settled',
]);

/** What a question is called where there is room for a line. */
export function questionTitle({ kind, tool }: Question): string {
  return kind === 'approval' ? `Approve ${tool}` : `${tool || 'A tool'} asks`;
}

/** The question of a task; `undefined` for any other task. */
export function questionOf(variables: Readonly<JsonObject>): Question | undefined {
  const { question, problem, askingInstance } = variables;
  if (!isObject(question) || typeof question.id !== 'string' || !isObject(question.schema)) return undefined;
  return {
    id: question.id,
    kind: question.kind === 'approval' ? 'approval' : 'input',
    tool: textOf(question.tool),
    agent: textOf(question.agent),
    message: textOf(question.message),
    schema: question.schema,
    proposed: isObject(question.proposed) ? question.proposed : {},
    problem: textOf(problem),
    askingInstance: textOf(askingInstance),
  };
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
