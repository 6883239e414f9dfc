import type { AskedQuestion } from '@baton/engine/protocol';
import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function questionsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  const asked = (id: string, over: Partial<AskedQuestion> = {}): AskedQuestion => ({
    tenantId: 'questions',
    processInstanceKey: '10',
    elementInstanceKey: '11',
    elementId: 'book',
    jobKey: '12',
    sequence: 2,
    requestHash: 'h2',
    request: { tool: 'book', arguments: { 'a.b': 1 } },
    question: { id, kind: 'input', tool: 'book', message: 'Which day?', schema: { $ref: '#/$defs/day' } },
    asks: 'day',
    resume: { replies: [1, null] },
    answer: null,
    askedBy: '',
    askedAt: 1_000,
    ...over,
  });

  test('a question is kept as it was first asked, in the order in which they were asked', async () => {
    await store.questions.add(asked('q2', { askedAt: 2_000, resume: null }));
    await store.questions.add(asked('q1'));
    await store.questions.add(asked('q1', { asks: 'again' }));
    await store.questions.add(asked('q3', { elementInstanceKey: '21', processInstanceKey: '20' }));
    expect(await store.questions.get('questions', 'q1')).toEqual(asked('q1'));
    expect(await store.questions.get('other', 'q1')).toBeUndefined();
    const of = await store.questions.ofElement('questions', '11');
    expect(of.map(({ question }) => question.id)).toEqual(['q1', 'q2']);
    expect((await store.questions.all('questions')).length).toBe(3);
    expect(await store.questions.all('other')).toEqual([]);
  });

  test('one instance asks it, and the first answer counts', async () => {
    expect(await store.questions.begin('questions', 'q1', '50')).toBe(true);
    expect(await store.questions.begin('questions', 'q1', '50')).toBe(true);
    expect(await store.questions.begin('questions', 'q1', '51')).toBe(false);
    expect(await store.questions.begin('other', 'q1', '50')).toBe(false);
    const answer = { action: 'accept' as const, content: { 'd.e': 'Monday' } };
    expect(await store.questions.answer('questions', 'q1', answer)).toBe(true);
    expect(await store.questions.answer('questions', 'q1', { action: 'decline' })).toBe(false);
    expect(await store.questions.get('questions', 'q1')).toEqual(asked('q1', { askedBy: '50', answer }));
  });

  test('questions are found by the instances that wait for them and by those that ask them', async () => {
    const ids = async (...keys: string[]) =>
      (await store.questions.touchedBy('questions', keys)).map(({ question }) => question.id);
    expect(await ids('11')).toEqual(['q1', 'q2']);
    expect((await ids('20', '50')).sort()).toEqual(['q1', 'q3']);
    expect(await ids('12')).toEqual([]);
    expect(await store.questions.touchedBy('other', ['11'])).toEqual([]);
  });

  test('what nobody asks any more is not begun and not answered', async () => {
    expect(await store.questions.remove('other', 'q2')).toBeUndefined();
    expect(await store.questions.remove('questions', 'q2')).toEqual(
      asked('q2', { askedAt: 2_000, resume: null }),
    );
    expect(await store.questions.remove('questions', 'q2')).toBeUndefined();
    expect(await store.questions.begin('questions', 'q2', '60')).toBe(false);
    expect(await store.questions.answer('questions', 'q2', { action: 'cancel' })).toBe(false);
  });

  test('of all who wake a sleeping job, one does', async () => {
    await store.questions.sleep('questions', '11', '12');
    await store.questions.sleep('questions', '11', '13');
    expect(await store.questions.sleeping('questions')).toEqual([{ elementInstanceKey: '11', jobKey: '13' }]);
    expect(await store.questions.sleeping('other')).toEqual([]);
    const woken = await Promise.all([1, 2, 3].map(() => store.questions.wake('questions', '11')));
    expect(woken.filter(Boolean)).toHaveLength(1);
    expect(await store.questions.sleeping('questions')).toEqual([]);
  });
}
