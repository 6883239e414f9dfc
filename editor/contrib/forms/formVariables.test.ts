import { expect, it } from 'vitest';
import { formVariables } from './formVariables.ts';

it('expressions of a form read its fields by their keys, those in groups with a path within it', () => {
  const form = {
    components: [
      { type: 'text', text: 'Hello {{customer}}' },
      { type: 'textfield', key: 'reply', label: 'Your answer' },
      { type: 'group', components: [{ type: 'number', key: 'order.total', label: 'Total' }] },
      { type: 'group', path: 'order', components: [{ type: 'checkbox', key: 'late' }] },
      { type: 'dynamiclist', path: 'lines', components: [{ type: 'select', key: 'item' }] },
    ],
  };
  expect(formVariables(form, ['customer', 'reply'])).toEqual([
    { name: 'reply', description: 'Field “Your answer”.', type: 'string' },
    {
      name: 'order',
      description: 'Field of the form.',
      type: 'context',
      members: [
        { name: 'total', description: 'Field “Total”.', type: 'number' },
        { name: 'late', description: 'Field of the form.', type: 'boolean' },
      ],
    },
    {
      name: 'lines',
      description: 'Field of the form.',
      type: 'list',
      members: [{ name: 'item', description: 'Field of the form.' }],
    },
    { name: 'customer', description: 'Given to the form.' },
  ]);
});
