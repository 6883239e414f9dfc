import { failed, ok, type Result } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { manualTimers, settled } from '../test/manualTimers.ts';
import { createServerCheck } from './serverCheck.ts';
import type { ContentProblem } from './textDocument.ts';

const unknown = (path: readonly string[]): ContentProblem => ({
  severity: 'warning',
  code: 'MODEL_UNKNOWN',
  path,
  message: 'Expected one of the models, but it is another',
});

function setUp() {
  const { timers, advance } = manualTimers();
  const asked: JsonValue[] = [];
  const answers: ((answer: Result<{ problems: ContentProblem[] }, unknown>) => void)[] = [];
  let answered = 0;
  const check = createServerCheck({
    timers,
    ask: (content) => {
      asked.push(content);
      return new Promise<Result<{ problems: ContentProblem[] }, unknown>>((resolve) => answers.push(resolve));
    },
    answered: () => answered++,
  });
  const answer = async (at: number, result: Result<{ problems: ContentProblem[] }, unknown>) => {
    answers[at]!(result);
    await settled();
  };
  return { check, asked, advance, answer, answered: () => answered };
}

it('asks once the keys rest, and says of what is as it was what the gateway said', async () => {
  const { check, asked, advance, answer } = setUp();
  check.changed({ model: 'gpt' });
  advance(200);
  check.changed({ model: 'gpt-9' });
  advance(299);
  expect(asked).toEqual([]);
  advance(1);
  expect(asked).toEqual([{ model: 'gpt-9' }]);

  await answer(0, ok({ problems: [unknown(['content', 'model']), unknown(['name'])] }));
  expect(check.beside([], { model: 'gpt-9', description: 'x' })).toEqual([
    { ...unknown(['model']), message: 'Expected one of the models, but it is another.' },
  ]);
  expect(check.beside([], { model: 'gpt-4.1' })).toEqual([]);
  expect(check.beside([unknown(['model'])], { model: 'gpt-9' })).toEqual([]);
});

it('takes no answer about a draft that is no more, and none from a gateway that cannot be asked', async () => {
  const { check, advance, answer, answered } = setUp();
  check.changed({ model: 'a' });
  advance(300);
  check.changed({ model: 'b' });
  advance(300);
  await answer(0, ok({ problems: [unknown(['content', 'model'])] }));
  expect(answered()).toBe(0);

  await answer(1, failed(undefined));
  expect(check.beside([], { model: 'b' })).toEqual([]);
});
