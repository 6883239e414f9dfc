import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { hostName } from './hostName.ts';

function answers(host: string | undefined, listensOn = '127.0.0.1', publicUrl?: string): number {
  let status = 200;
  const response = {
    locals: { requestId: 'r' },
    status(code: number) {
      status = code;
      return this;
    },
    set() {
      return this;
    },
    json() {},
  } as unknown as Response;
  hostName(listensOn, publicUrl)({ headers: { host } } as unknown as Request, response, () => {});
  return status;
}

it.each(['127.0.0.1:3000', 'localhost:3000', 'localhost', '[::1]:3000', 'baton.localhost:3000'])(
  'answers to %s',
  (host) => expect(answers(host)).toBe(200),
);

it.each([
  'elsewhere.example:3000',
  '127.0.0.1.elsewhere.example',
  'localhost.elsewhere.example',
  '',
  undefined,
])('does not answer to %s', (host) => expect(answers(host)).toBe(421));

it('leaves names to whoever stands in front, when there is somebody', () => {
  expect(answers('baton.example', '127.0.0.1', 'https://baton.example')).toBe(200);
  expect(answers('baton.example', '0.0.0.0')).toBe(200);
});
