import { expect, it } from 'vitest';
import { passwordProblem } from './passwordRule.ts';

const user = { username: 'dana.reyes', email: 'dana@acme.example' };

it.each(['correct horse', 'Grüße aus Köln', '🦉🦊🐢🐟 und 🐍🐘'])('takes %s', (password) => {
  expect(passwordProblem(password, user)).toBeUndefined();
});

it.each([
  ['short', 'Expected a password of 10 to 200 characters, but it has 5'],
  ['x'.repeat(201), 'Expected a password of 10 to 200 characters, but it has 201'],
  ['Dana.Reyes', expect.stringContaining('it is the user name')],
  ['dana@ACME.example', expect.stringContaining('it is the user name or the e-mail address')],
  ['abababababab', expect.stringContaining('the same few characters')],
])('refuses %s', (password, problem) => {
  expect(passwordProblem(password, user)).toEqual(problem);
});
