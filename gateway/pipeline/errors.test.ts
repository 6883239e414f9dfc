import express from 'express';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { answerRefusal, unexpectedErrors, unknownRoute } from './errors.ts';
import { requestId } from './requestId.ts';

const lines: string[] = [];
const app = express();
app.use(requestId(() => 'made'));
app.get('/refused', (_request, response) =>
  answerRefusal(response, {
    code: 'IN_USE',
    message: 'Expected it to be unused, but it is not',
    details: { by: 'somebody' },
    headers: { 'X-Extra': 'yes' },
  }),
);
app.get('/bug', async () => {
  throw new Error('inner workings');
});
app.get('/malformed/:name', (_request, response) => response.end());
app.use(unknownRoute);
app.use(unexpectedErrors(pino({}, { write: (line: string) => lines.push(line) })));
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
afterAll(() => server.close());

const get = async (path: string) => {
  const { port } = server.address() as { port: number };
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, extra: response.headers.get('x-extra'), body: await response.json() };
};

it('answers a refusal with its code, sentence, data and headers', async () => {
  expect(await get('/refused')).toEqual({
    status: 409,
    extra: 'yes',
    body: {
      error_code: 'IN_USE',
      message: 'Expected it to be unused, but it is not',
      details: { by: 'somebody' },
      request_id: 'made',
    },
  });
});

it('keeps what went wrong inside to the log', async () => {
  const { status, body } = await get('/bug');
  expect([status, JSON.stringify(body).includes('inner workings')]).toEqual([500, false]);
  expect(lines.join('')).toContain('inner workings');
});

it('tells an unknown path and one that cannot be decoded apart', async () => {
  expect(await get('/elsewhere')).toMatchObject({ status: 404, body: { error_code: 'ROUTE_NOT_FOUND' } });
  expect(await get('/malformed/%E0')).toMatchObject({
    status: 400,
    body: { error_code: 'VALIDATION_FAILED' },
  });
});
