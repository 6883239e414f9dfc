import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Route, table } from '../api/index.ts';
import { type Running, startGateway } from '../test/startGateway.ts';

let running: Running;
beforeAll(async () => {
  running = await startGateway();
});
afterAll(() => running.stop());

const rows = Object.values(table).flatMap((resource) => Object.values(resource) as Route[]);

describe('/docs', () => {
  it('describes every row of the table as OpenAPI', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a document by its nature, looked into by name
    const document: any = await (await fetch(`${running.url}/docs/openapi.json`)).json();
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: `${running.url}/api` }] });
    for (const row of rows) {
      const operation = document.paths[row.path.replace(/:(\w+)/g, '{$1}')][row.method.toLowerCase()];
      expect(operation.summary).toBe(row.summary);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining([String(row.status), '500']));
      expect(Boolean(operation.requestBody)).toBe(Boolean(row.body));
    }
    const { content } = document.paths['/agents/{id}/run'].post.responses['200'];
    expect(Object.keys(content)).toEqual(['application/json', 'text/event-stream']);
    const update = document.paths['/workflows/{id}'].put;
    expect(update.parameters.map(({ name }: { name: string }) => name)).toEqual([
      'id',
      'If-Match',
      'Idempotency-Key',
    ]);
    expect(update.responses['412'].description).toBe('VERSION_CONFLICT');
  });

  it('says how one signs in: people by token, programs by token or key', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a document by its nature, looked into by name
    const document: any = await (await fetch(`${running.url}/docs/openapi.json`)).json();
    expect(document.components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY' },
    });
    expect(document.paths['/v1/agents/{id}/run'].post.security).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(document.paths['/configuration'].get.security).toEqual([]);
  });

  it('shows every row to people, in one document that loads nothing', async () => {
    const html = await (await fetch(`${running.url}/docs`)).text();
    for (const row of rows) expect(html).toContain(`<code>${row.path}</code>`);
    expect(html).not.toMatch(/<script|src=|@import|url\(/);
  });
});
