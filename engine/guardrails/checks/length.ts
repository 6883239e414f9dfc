import type { Check } from '../check.ts';

export interface LengthSettings {
  check: 'length';
  maxCharacters: number;
  action: 'block';
}

export const length: Check<LengthSettings> = {
  check({ text, settings: { maxCharacters } }) {
    if (text.length <= maxCharacters) return { action: 'allow' };
    return {
      action: 'block',
      message: `Expected at most ${maxCharacters} characters, but there are ${text.length}`,
    };
  },

  /** As many as are allowed; what is beyond is never told. */
  settled: ({ text, settings: { maxCharacters } }, told) =>
    Math.min(text.length, Math.max(0, maxCharacters - told)),
};
