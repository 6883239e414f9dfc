import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function settingsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('a signing key is made once: whoever comes later gets the one that is stored', async () => {
    expect(await store.settings.get('keys')).toBeUndefined();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => store.settings.initialise('keys', { kty: 'EC', n })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await store.settings.initialise('keys', { kty: 'other' })).toEqual(answers[0]);
    expect(await store.settings.get('keys')).toEqual(answers[0]);
  });
}
