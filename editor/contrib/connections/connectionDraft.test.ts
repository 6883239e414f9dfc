import type { Connection } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { type ConnectionDraft, draftOf, problemsOf, settingsOf } from './connectionDraft.ts';

const saved: Connection = {
  name: 'shop-database',
  kind: 'postgres',
  description: 'Orders',
  url: 'postgres://reader@db.example.com:5432/shop',
  hasPassword: true,
  readOnly: true,
  changedAt: '2026-01-02T03:04:05Z',
  changedBy: 'admin',
};
const problems = (changes: Partial<ConnectionDraft>, taken: string[] = []) =>
  problemsOf({ ...draftOf(saved), ...changes }, taken);

it('is saved as it was read, and the password that nobody typed stays', () => {
  expect(problems({})).toEqual({});
  const { kind, description, url, readOnly } = saved;
  expect(settingsOf(draftOf(saved))).toEqual({ kind, description, url, readOnly });
});

it('takes a new password, or the saved one away', () => {
  expect(settingsOf({ ...draftOf(saved), password: 's3cret' }).password).toBe('s3cret');
  expect(settingsOf({ ...draftOf(saved), password: 's3cret', withoutPassword: true }).password).toBeNull();
});

it('asks for an address of its kind, without the password in it', () => {
  expect(problems({ url: '' }).url).toMatch(/^Expected an address like postgres:.*, but it is empty\.$/);
  expect(problems({ kind: 'smtp' }).url).toMatch(
    /^Expected an address like smtp:.*, but it begins with postgres:/,
  );
  expect(problems({ url: 'postgres://reader:s3cret@db.example.com/shop' }).url).toContain(
    'a field of its own',
  );
  expect(problems({ kind: 'smtp', url: 'smtp://shop@mail.example.com:587?from=shop@example.com' })).toEqual(
    {},
  );
});

it('asks for a name of its own', () => {
  expect(problems({ name: 'Shop database' }).name).toMatch(/^Expected a name of 1 to 63/);
  expect(problems({}, ['shop-database']).name).toContain('already');
  expect(Object.keys(problemsOf(draftOf(undefined), []))).toEqual(['name', 'url']);
});
