import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function sessionsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('ended sessions are remembered for a day: one by one, or all of before', async () => {
    const at = new Date('2026-03-01T09:00:00Z');
    const later = new Date('2026-03-01T10:00:00Z');
    expect(await store.sessions.ends('sessions', 'u1')).toEqual({ before: undefined, sessions: [] });
    await store.sessions.end('sessions', 'u1', { at, sessionId: 's1' });
    await store.sessions.end('sessions', 'u1', { at: later });
    await store.sessions.end('sessions', 'u1', { at });
    expect(await store.sessions.ends('sessions', 'u1')).toEqual({ before: later, sessions: ['s1'] });
    expect(await store.sessions.ends('other', 'u1')).toEqual({ before: undefined, sessions: [] });
    await store.sessions.end('sessions', 'u1', { at: new Date('2026-03-02T09:30:00Z'), sessionId: 's2' });
    expect(await store.sessions.ends('sessions', 'u1')).toEqual({ before: later, sessions: ['s2'] });
  });
}
