import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { requestLog } from './requestLog.ts';

function answer(statusCode: number) {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const times = [100, 130];
  const request = {
    method: 'GET',
    originalUrl: '/signed-in?code=secret-code',
    headers: { authorization: 'Bearer secret-token' },
  } as unknown as Request;
  const response = Object.assign(new EventEmitter(), {
    statusCode,
    locals: { requestId: 'r', tenantId: 'acme' },
  });
  requestLog(log, () => times.shift()!)(request, response as unknown as Response, () => {});
  response.emit('finish');
  return lines;
}

it('writes one line about the request, without its secrets', () => {
  const [line, ...more] = answer(200);
  expect(more).toEqual([]);
  expect(JSON.parse(line!)).toMatchObject({
    requestId: 'r',
    method: 'GET',
    path: '/signed-in',
    status: 200,
    duration: 30,
    tenantId: 'acme',
  });
  expect(line).not.toContain('secret');
});

it('marks faults of ours', () => {
  expect(JSON.parse(answer(503)[0]!).level).toBe(pino.levels.values.error);
});
