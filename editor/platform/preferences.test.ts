import { failed, ok } from '@baton/engine/protocol';
import { type Preferences, table } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { manualTimers, settled } from '../test/manualTimers.ts';
import type { Api } from './api.ts';
import { type KeyValueStorage, memoryStorage } from './host.ts';
import { createPreferences } from './preferences.ts';

let there: { preferences: Preferences; hash: string };
let reachable: boolean;
let time: ReturnType<typeof manualTimers>;

beforeEach(() => {
  there = { preferences: {}, hash: '0' };
  reachable = true;
  time = manualTimers();
});

/** A server of one document. */
const api = {
  async call(row: unknown, request: { body: Preferences; ifMatch: string }) {
    if (!reachable) return failed({ code: 'UNREACHABLE', status: 0, message: '' });
    if (row === table.preferences.get) return ok(there);
    if (request.ifMatch !== there.hash) return failed({ code: 'VERSION_CONFLICT', status: 412, message: '' });
    there = { preferences: request.body, hash: `${Number(there.hash) + 1}` };
    return ok(there);
  },
} as unknown as Api;

const opened = (storage: KeyValueStorage = memoryStorage()) => createPreferences(api, storage, time.timers);
const set = (name: string, value: number) => (before: Preferences) => ({
  ...before,
  settings: { ...before.settings, [name]: value },
});
const pass = async () => {
  time.advance(15_000);
  await settled();
};

it('a change is in force at once, and at the server soon after', async () => {
  const preferences = opened();
  await preferences.refresh();
  preferences.change(set('size', 14));

  expect(preferences.getState().settings).toEqual({ size: 14 });
  expect(there.preferences).toEqual({});
  await pass();
  expect(there.preferences.settings).toEqual({ size: 14 });
});

it('what two windows change goes together; where both changed the same, the later one wins', async () => {
  const [one, other] = [opened(), opened()];
  await Promise.all([one.refresh(), other.refresh()]);
  one.change(set('size', 14));
  await one.flush();
  other.change(set('wrap', 1));
  await other.flush();
  await pass();
  await one.refresh();

  expect(there.preferences.settings).toEqual({ size: 14, wrap: 1 });
  expect(one.getState()).toEqual(other.getState());
});

it('what is changed without a connection goes when it is back, even after a reload', async () => {
  const storage = memoryStorage();
  const before = opened(storage);
  await before.refresh();
  reachable = false;
  before.change(set('size', 18));
  await before.flush();

  const after = opened(storage);
  expect(after.getState().settings).toEqual({ size: 18 });
  reachable = true;
  await after.refresh();
  await pass();
  expect(there.preferences.settings).toEqual({ size: 18 });
});

it('what is taken back is gone at the server, too', async () => {
  there = { preferences: { settings: { size: 14 }, kept: { by: 'another client' } }, hash: '7' };
  const preferences = opened();
  await preferences.refresh();
  preferences.change(({ settings, ...rest }) => ({ ...rest, settings: {} }));
  await pass();
  expect(there.preferences).toEqual({ settings: {}, kept: { by: 'another client' } });
});
