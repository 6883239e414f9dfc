import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { platformTenant, roles } from '../access/roles.ts';
import { errorBody, type Route, table } from '../api/index.ts';
import { apiClient } from '../test/apiClient.ts';
import { agent, bodies, task, tool, xml } from '../test/bodies.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';
import { bodyLimit, depthLimit } from './jsonBody.ts';

/** What finds everything when it reaches a query as it is. */
const operator = { $gt: '' };

/** Requests; these are no tests of limits. */
const many = 100_000;

let running: Running;
let adminToken: string;
let platformToken: string;

beforeAll(async () => {
  running = await startGateway({
    limits: { burstPerSecond: many, rates: { 'address.auth': many, 'user.write': many } },
  });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  adminToken = await token({ roles: ['admin'] });
  platformToken = await token({ tenant: platformTenant, roles: ['platform'] });
});
afterAll(() => running.stop());

const rows = Object.entries(table).flatMap(([resource, named]) =>
  Object.entries(named as Record<string, Route>).map(([name, row]) => ({
    name: `${row.method} ${row.path}`,
    row,
    sample: (bodies as Record<string, Record<string, object>>)[resource]![name],
  })),
);
const withBody = rows.filter(({ row }) => row.body);

async function send(row: Route, parts: { params?: string; query?: string; body?: string } = {}) {
  const path = row.path.replace(/:kind\b/, parts.params ?? 'prompt').replace(/:\w+/g, parts.params ?? '404');
  const isAdmins = ['public', 'signedIn', ...roles.admin].includes(row.permission);
  const response = await fetch(`${running.url}/api${path}${parts.query ?? ''}`, {
    method: row.method,
    headers: {
      authorization: `Bearer ${isAdmins ? adminToken : platformToken}`,
      'content-type': 'application/json',
      'if-match': '*',
    },
    ...(parts.body === undefined ? {} : { body: parts.body }),
  });
  const text = await response.text();
  return { status: response.status, answer: text === '' ? undefined : JSON.parse(text) };
}

/** The one error shape, or the test fails. */
function refusal({ status, answer }: { status: number; answer: unknown }) {
  const { error_code, message } = errorBody.strict().parse(answer);
  expect(message).toMatch(/^Expected .+, but /);
  return [status, error_code];
}

interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}
const jsonSchemaOf = (schema: z.ZodType | undefined) =>
  (schema ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {}) as JsonSchema;

/** An object of whatever names. */
const isAnyObject = ({ type, properties }: JsonSchema) => type === 'object' && !properties;

/** Where the schema takes text and no object in its place. */
function textFields(schema: JsonSchema, path: string[] = []): string[][] {
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (alternatives.some(isAnyObject)) return [];
  const variants = [...alternatives, ...(schema.allOf ?? [])];
  return [
    ...(schema.type === 'string' || typeof schema.const === 'string' ? [path] : []),
    ...variants.flatMap((variant) => textFields(variant, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => textFields(each, [...path, name])),
    ...(schema.items ? textFields(schema.items, [...path, '0']) : []),
  ];
}

function withOperator(sample: object | undefined, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return operator;
  const inner = (sample as Record<string, object> | undefined)?.[name];
  const value = withOperator(inner, rest);
  return name === '0' ? [value] : { ...sample, [name]: value };
}

const fields = withBody.flatMap(({ name, row, sample }) =>
  textFields(jsonSchemaOf(row.body)).map((path) => ({ name, row, sample, path })),
);
const queries = rows.flatMap(({ name, row }) =>
  Object.keys(jsonSchemaOf(row.query).properties ?? {}).map((parameter) => ({ name, row, parameter })),
);

/** What was found is nothing, in the form of the row. */
function nothingAs(path: string): object {
  if (path.startsWith('/registry/')) return { servers: [] };
  if (path === '/documents/search') return { hits: [] };
  if (path === '/documents/symbols') return { symbols: [] };
  return { items: [], total: 0 };
}

describe('an operator of the store', () => {
  it('has fields to be tried in', () => {
    expect(fields.length).toBeGreaterThan(40);
    expect(queries.length).toBeGreaterThan(20);
  });

  it.each(fields.map((field) => ({ ...field, place: field.path.join('.') })))(
    'in place of text: $place of $name',
    async ({ row, sample, path }) => {
      const answer = await send(row, { body: JSON.stringify(withOperator(sample, path)) });
      expect(refusal(answer)).toEqual([400, 'VALIDATION_FAILED']);
    },
  );

  it.each(queries)('in a query: $parameter of $name', async ({ row, parameter }) => {
    for (const query of [`${parameter}[$gt]=`, `${parameter}[$ne][x]=1`, `${parameter}=1&${parameter}=2`]) {
      expect(refusal(await send(row, { query: `?${query}` }))).toEqual([400, 'VALIDATION_FAILED']);
    }
    // As text it is text: at most nothing is found by it.
    const found = await send(row, { query: `?${parameter}=${encodeURIComponent('{"$gt":""}')}` });
    if (found.status === 200) expect(found.answer).toMatchObject(nothingAs(row.path));
    else expect(refusal(found)[0]).toBeOneOf([400, 404]);
  });

  it.each(rows.filter(({ row }) => row.params))('in a path: $name', async ({ row, sample }) => {
    const body = sample && JSON.stringify(sample);
    for (const params of ['{"$gt":""}', '[object Object]', '$where', '__proto__']) {
      const answer = await send(row, { params: encodeURIComponent(params), ...(body ? { body } : {}) });
      expect(refusal(answer)[0]).toBeOneOf([400, 404]);
    }
  });
});

describe('the body of', () => {
  it.each(withBody)('$name: too deep, reaching prototypes, too large', async ({ row, sample }) => {
    const deep = `${'{"a":'.repeat(depthLimit + 1)}1${'}'.repeat(depthLimit + 1)}`;
    expect(refusal(await send(row, { body: deep }))).toEqual([400, 'VALIDATION_FAILED']);
    const text = JSON.stringify(sample);
    const comma = text === '{}' ? '' : ',';
    for (const polluting of ['"__proto__":{"admin":true}', '"constructor":{"prototype":{"admin":true}}']) {
      const body = `${text.slice(0, -1)}${comma}${polluting}}`;
      expect(refusal(await send(row, { body }))).toEqual([400, 'VALIDATION_FAILED']);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect(await announcing(row, bodyLimit + 1)).toEqual([413, 'BODY_TOO_LARGE']);
  });

  /** Says how much is to come, and sends none of it. */
  function announcing(row: Route, size: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const isAdmins = ['public', 'signedIn', ...roles.admin].includes(row.permission);
      const sent = request(`${running.url}/api${row.path.replace(/:\w+/g, '404')}`, {
        method: row.method,
        headers: {
          authorization: `Bearer ${isAdmins ? adminToken : platformToken}`,
          'content-type': 'application/json',
          'content-length': size,
        },
      });
      sent.on('error', reject);
      sent.on('response', async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        sent.destroy();
        resolve(refusal({ status: response.statusCode!, answer: JSON.parse(text) }));
      });
      sent.flushHeaders();
    });
  }
});

describe('a stale If-Match', () => {
  const saved = (content: object) => ({ name: 'stale', content });
  it.each([
    ['workflows', table.workflows.createWorkflow, table.workflows.updateWorkflow, { name: 'Stale', xml }],
    ['agents', table.agents.create, table.agents.update, saved(agent)],
    ['tools', table.tools.create, table.tools.update, saved(tool)],
    ['tasks', table.tasks.create, table.tasks.update, saved(task)],
  ] as const)('of %s is told what was saved since', async (_, create: Route, update: Route, body) => {
    const admin = apiClient(running.url, adminToken);
    const made = await admin(create, { body });
    const params = { id: (made.body as unknown as { id: string }).id };
    const save = (name: string, ifMatch: string) =>
      admin(update, { params, body: { ...body, name }, headers: { 'if-match': ifMatch } });
    const first = made.headers.get('etag')!;
    expect((await save('stale-two', first)).status).toBe(200);
    const late = await save('stale-three', first);
    expect(refusal({ status: late.status, answer: late.error })).toEqual([412, 'VERSION_CONFLICT']);
    expect(late.error.details).toMatchObject({ theirs: { name: 'stale-two', version: 2 } });
    const none = await admin(update, { params, body });
    expect(refusal({ status: none.status, answer: none.error })).toEqual([428, 'IF_MATCH_REQUIRED']);
  });
});
