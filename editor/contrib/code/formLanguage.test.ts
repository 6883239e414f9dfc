import { expect, it } from 'vitest';
import { formLanguage } from './formLanguage.ts';

const foundIn = async (form: object) => {
  const text = JSON.stringify(form, null, 2);
  const found = (await formLanguage.findings!({ path: '/1.form', text })) ?? [];
  return found.map(({ from, to, code, severity }) => [text.slice(from, to), code, severity]);
};

it('an expression of a form that cannot be read is found where it stands', async () => {
  expect(
    await foundIn({
      components: [
        { type: 'text', text: '= "Dear " + ' },
        { key: 'age', conditional: { hide: '=age >= 18' } },
      ],
    }),
  ).toEqual([[JSON.stringify('= "Dear " + ').slice(1, -1), 'feel(syntax)', 'warning']]);
});

it('a value somebody may choose is a text, even if it begins like an expression', async () => {
  expect(await foundIn({ values: [{ label: 'equals', value: '=' }] })).toEqual([]);
});
