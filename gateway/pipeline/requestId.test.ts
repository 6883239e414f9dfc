import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { requestId, requestIdOf } from './requestId.ts';

function pass(given: string | undefined) {
  const headers: Record<string, string> = {};
  const response = {
    locals: {},
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
  } as unknown as Response;
  let passed = false;
  requestId(() => 'made')({ get: () => given } as unknown as Request, response, () => {
    passed = true;
  });
  return { passed, answered: headers['X-Request-Id'], kept: requestIdOf(response) };
}

it.each([
  ['trace-1.a_B', 'trace-1.a_B'],
  [undefined, 'made'],
  ['', 'made'],
  ['two words', 'made'],
  ['x'.repeat(65), 'made'],
])('answers %s with %s', (given, id) => {
  expect(pass(given)).toEqual({ passed: true, answered: id, kept: id });
});
