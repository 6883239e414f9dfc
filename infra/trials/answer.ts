import { evaluateText, type Feel } from '@baton/engine/feel';
import { tryDecision } from '@baton/engine/model';
import { failed, type JsonObject, writeJson } from '@baton/engine/protocol';

export type TrialQuestion =
  | { kind: 'feel'; expression: string; context: JsonObject }
  | { kind: 'decision'; xml: string; decisionId: string; variables: JsonObject };

/** Characters of JSON an answer may have: more than anybody reads, and little work for who passes it on. */
const LONGEST = 1_000_000;

/** The `Result` as JSON: as a text it is handed over between threads at once. */
export function answerOf(question: TrialQuestion, feel: Feel, now: number): string {
  const answer = writeJson(
    question.kind === 'feel'
      ? evaluateText(feel, question.expression, question.context, now)
      : tryDecision(feel, question.xml, question.decisionId, question.variables, now),
  );
  if (answer.length <= LONGEST) return answer;
  const message = `Expected at most ${LONGEST} characters of JSON, but the value has ${answer.length}`;
  return writeJson(failed({ message }));
}
