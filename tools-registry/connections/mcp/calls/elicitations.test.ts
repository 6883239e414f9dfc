import { describe, expect, it } from 'vitest';
import type { ToolQuestion } from '../../../contract/index.ts';
import { type AskedCall, createElicitations } from './elicitations.ts';

const schema = { type: 'object', properties: {} };

function call(): AskedCall & { questions: ToolQuestion[]; unclear: number } {
  const state = {
    answers: {},
    asked: 0,
    questions: [] as ToolQuestion[],
    unclear: 0,
    ask: (question: ToolQuestion) => void state.questions.push(question),
    ambiguous: () => {
      state.unclear++;
    },
  };
  return state;
}

describe('a question that does not say which call it is of', () => {
  it('is of the only call there is, and has the same id when the call is made again', async () => {
    const elicitations = createElicitations();
    const first = call();
    elicitations.began(first);
    const answer = elicitations.asked('Who?', schema);
    first.waits?.answer({ action: 'accept', content: { name: 'Ada' } });
    expect(await answer).toEqual({ action: 'accept', content: { name: 'Ada' } });
    elicitations.ended(first);

    const id = first.questions[0]?.id ?? '';
    const again = { ...call(), answers: { [id]: { action: 'decline' as const } } };
    elicitations.began(again);
    expect(await elicitations.asked('Who?', schema)).toEqual({ action: 'decline' });
  });

  it('waits until the other calls have ended', async () => {
    const elicitations = createElicitations();
    const [asking, other] = [call(), call()];
    elicitations.began(asking);
    elicitations.began(other);

    void elicitations.asked('Who?', schema);
    expect(asking.questions).toEqual([]);
    elicitations.ended(other);

    expect(asking.questions).toMatchObject([{ message: 'Who?' }]);
  });

  it('is not of a call that waits for an answer itself', () => {
    const elicitations = createElicitations();
    const [first, second] = [call(), call()];
    elicitations.began(first);
    void elicitations.asked('Who?', schema);
    elicitations.began(second);
    void elicitations.asked('When?', schema);

    expect([first, second].map(({ questions }) => questions.map(({ message }) => message))).toEqual([
      ['Who?'],
      ['When?'],
    ]);
  });

  it('is answered by nobody when it may be of several: an answer for one must not reach another', async () => {
    const elicitations = createElicitations();
    const [first, second] = [call(), call()];
    elicitations.began(first);
    elicitations.began(second);

    const answers = [elicitations.asked('Delete A?', schema), elicitations.asked('Delete B?', schema)];

    expect(await Promise.all(answers)).toEqual([{ action: 'cancel' }, { action: 'cancel' }]);
    expect([first.unclear, second.unclear]).toEqual([1, 1]);
    expect([first.questions, second.questions]).toEqual([[], []]);
  });

  it('is cancelled outside of any call', async () => {
    expect(await createElicitations().asked('Who?', schema)).toEqual({ action: 'cancel' });
  });
});
