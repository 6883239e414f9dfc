import {
  type ConnectionKind,
  connectionKindNames,
  connectionNamePattern,
} from '@baton/tools-registry/contract';
import { z } from 'zod';
import { instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';

export { type ConnectionKind, connectionKindNames };

/** What each kind is, and how its addresses begin. */
export const connectionKinds = {
  postgres: {
    title: 'PostgreSQL',
    protocols: ['postgres:', 'postgresql:'],
    example: 'postgres://user@db.example.com:5432/shop',
  },
  mysql: {
    title: 'MySQL',
    protocols: ['mysql:', 'mariadb:'],
    example: 'mysql://user@db.example.com:3306/shop',
  },
  mongodb: {
    title: 'MongoDB',
    protocols: ['mongodb:', 'mongodb+srv:'],
    example: 'mongodb://user@db.example.com:27017/shop',
  },
  smtp: {
    title: 'Mail (SMTP)',
    protocols: ['smtp:', 'smtps:'],
    example: 'smtp://user@mail.example.com:587?from=shop@example.com',
  },
} satisfies { [K in ConnectionKind]: { title: string; protocols: readonly string[]; example: string } };

const name = z
  .string()
  .regex(connectionNamePattern, 'Expected a name of 1 to 63 lower-case letters, digits and -');
const params = z.object({ name });
const settings = z.object({
  kind: z.enum(connectionKindNames),
  description: z.string().max(1_000).default(''),
  /** With its user, without its password. */
  url: z.string().max(1_000),
  /** Left out, the saved one stays; `null` takes it away. */
  password: z.string().min(1).max(4_000).nullish(),
  /** Tools only read by it, whatever they say of themselves. */
  readOnly: z.boolean().default(true),
});
/** An address that the kind takes, and whose password is not in it, where it would be shown. */
function fitting<T extends z.ZodType<{ kind: ConnectionKind; url: string }>>(body: T): T {
  return body.superRefine(({ kind, url }, context) => {
    const problem = addressProblem(kind, url);
    if (problem) context.addIssue({ code: 'custom', path: ['url'], message: problem });
  }) as T;
}

function addressProblem(kind: ConnectionKind, url: string): string | undefined {
  const { protocols, example } = connectionKinds[kind];
  const expected = `Expected an address like ${example}`;
  if (!URL.canParse(url)) return expected;
  const { protocol, password, hostname } = new URL(url);
  if (!(protocols as readonly string[]).includes(protocol))
    return `${expected}, but it begins with ${protocol}`;
  if (hostname === '') return `${expected}, but it names no host`;
  return password === '' ? undefined : `${expected}, with the password in a field of its own, but it has one`;
}

/** A way to a database or to mail that tools may be granted, without its password. */
export const connection = z.object({
  name,
  kind: z.enum(connectionKindNames),
  description: z.string(),
  url: z.string(),
  hasPassword: z.boolean(),
  readOnly: z.boolean(),
  changedAt: instant,
  changedBy: z.string(),
});
export type Connection = z.infer<typeof connection>;

const createBody = fitting(settings.extend({ name }));
const replaceBody = fitting(settings);
export type ConnectionSettings = z.infer<typeof replaceBody>;

export const connectionRoutes = {
  list: route({
    method: 'GET',
    path: '/connections',
    summary: 'The tenant’s connections to databases and mail, by name',
    permission: 'connections:read',
    query: page,
    response: listOf(connection),
    status: 200,
    errors: [],
  }),
  get: route({
    method: 'GET',
    path: '/connections/:name',
    summary: 'One connection, without its password',
    permission: 'connections:read',
    params,
    response: connection,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  create: route({
    method: 'POST',
    path: '/connections',
    summary:
      'Connect a database or a mail server for tools that it is granted to; the password is stored encrypted',
    permission: 'connections:write',
    body: createBody,
    response: connection,
    status: 201,
    errors: ['ALREADY_EXISTS'],
  }),
  replace: route({
    method: 'PUT',
    path: '/connections/:name',
    summary: 'Change a connection; without a password it keeps the one it has',
    permission: 'connections:write',
    params,
    body: replaceBody,
    response: connection,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/connections/:name',
    summary: 'Delete a connection; tools that use it fail from then on',
    permission: 'connections:write',
    params,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
  test: route({
    method: 'POST',
    path: '/connections/:name/test',
    summary: 'Connect and sign in, as tools would',
    permission: 'connections:write',
    params,
    body: z.object({}).optional(),
    response: z.object({
      ok: z.boolean(),
      /** What the other side says it is, or why it could not be reached. */
      message: z.string(),
      /** ms */
      duration: z.number(),
    }),
    status: 200,
    errors: ['NOT_FOUND'],
    question: true,
  }),
};
