import { expect, it } from 'vitest';
import { createSentences } from './sentences.ts';

function said(...bits: string[]): string[] {
  const heard: string[] = [];
  const sentences = createSentences((sentence) => heard.push(sentence));
  for (const bit of bits) sentences.add(bit);
  sentences.finish();
  return heard;
}

it('says each sentence once, when it is over', () => {
  expect(said('I am so', 'rry, Mira. Your par', 'cel is late! Half of 84.90 ', 'EUR')).toEqual([
    'I am sorry, Mira.',
    'Your parcel is late!',
    'Half of 84.90 EUR',
  ]);
});

it('takes the end of a line for the end of a sentence, and says nothing of empty lines', () => {
  expect(said('First\n', '\n', '- one\n- two')).toEqual(['First', '- one', '- two']);
});
