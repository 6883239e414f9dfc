import { expect, it } from 'vitest';
import { problemsOf } from './secretDraft.ts';

const fieldsOf = (name: string, value: string, taken: string[] = []) =>
  Object.keys(problemsOf({ name, value }, taken));

it('takes a name that tools can ask for, and a value worth keeping', () => {
  expect(fieldsOf('SHOP_TOKEN', 's3cr')).toEqual([]);
  expect(fieldsOf('', 's3cr')).toEqual(['name']);
  expect(fieldsOf('9LIVES', 's3cr')).toEqual(['name']);
  expect(fieldsOf('with space', 's3cr')).toEqual(['name']);
  expect(fieldsOf('SHOP_TOKEN', 's3cr', ['SHOP_TOKEN'])).toEqual(['name']);
});

it('says how long a value may be', () => {
  expect(problemsOf({ name: 'A', value: '' }, []).value).toBe(
    'Expected at least 4 characters, but there are none.',
  );
  expect(problemsOf({ name: 'A', value: 'x' }, []).value).toBe(
    'Expected at least 4 characters, but there is 1.',
  );
  expect(problemsOf({ name: 'A', value: 'x'.repeat(16_001) }, []).value).toBe(
    'Expected at most 16,000 characters, but there are 16,001.',
  );
});
