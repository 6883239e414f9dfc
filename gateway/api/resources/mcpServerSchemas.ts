import { isBuiltInSource, secretNamePattern } from '@baton/tools-registry/contract';
import { z } from 'zod';
import { id, instant, jsonObject, resourceName } from '../common.ts';
import { difference } from './versioned.ts';

/** The server's tools are called `<name>.<tool>`. */
export const mcpServerName = resourceName.refine(
  (name) => !isBuiltInSource(name),
  'Expected a name that no built-in tool begins with',
);

const url = z
  .string()
  .max(2_000)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, hash } = new URL(text);
    return /^https?:$/.test(protocol) && `${username}${password}${hash}` === '';
  }, 'Expected an address like https://host/mcp, without a user or a password');

const line = z
  .string()
  .max(4_000)
  .refine((text) => !text.includes('\0'), 'Expected a text without the character NUL');
const secretName = z
  .string()
  .regex(secretNamePattern, 'Expected the name of a secret: letters, digits, _ . -');
const envName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'Expected a name of letters, digits and _, not a digit first');

/** How the server is reached. */
export const mcpTransport = z.discriminatedUnion('kind', [
  /** Streamable HTTP. */
  z.strictObject({ kind: z.literal('http'), url }),
  /** HTTP with server-sent events, as before 2025-03-26. */
  z.strictObject({ kind: z.literal('sse'), url }),
  /** A program on this machine: it runs only while an admin's approval is of exactly this command. */
  z.strictObject({
    kind: z.literal('stdio'),
    command: line.min(1).max(1_000),
    args: z.array(line).max(100).default([]),
    /** Nothing of our own environment is given on; a secret is one of the tenant's, by name. */
    env: z
      .record(envName, z.union([z.strictObject({ value: line }), z.strictObject({ secret: secretName })]))
      .default({}),
  }),
]);
export type McpTransport = z.infer<typeof mcpTransport>;
export type McpTransportKind = McpTransport['kind'];

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Expected the name of a header')
  .refine(
    (name) =>
      !/^(host|content-.*|accept|connection|transfer-encoding|cookie|mcp-.*|last-event-id)$/i.test(name),
    'Expected a header that the protocol does not use itself',
  );
export const headerValue = z
  .string()
  .min(1)
  .max(8_000)
  // A header takes nothing else.
  .regex(
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
    'Expected letters, digits and signs, without line ends',
  );
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'Expected a scope without spaces');

/** What is told of the authorization of a server: never a value, a secret or a token. */
export const mcpAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('header'), name: z.string(), hasValue: z.boolean() }),
  z.object({
    kind: z.literal('oauth'),
    scopes: z.array(z.string()),
    clientId: z.string().optional(),
    hasClientSecret: z.boolean(),
  }),
  /** Everybody has a token of their own, sent in this header. */
  z.object({
    kind: z.literal('user'),
    header: z.string(),
    /** Whether there is one for where nobody in person asks: processes, and whoever has none. */
    hasValue: z.boolean(),
  }),
]);
export type McpAuth = z.infer<typeof mcpAuth>;
export type McpAuthKind = McpAuth['kind'];

const mcpAuthBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('header'),
    name: headerName,
    /** Left out, the saved one stays. */
    value: headerValue.optional(),
  }),
  z.strictObject({
    kind: z.literal('oauth'),
    scopes: z.array(scope).max(50).default([]),
    /** Without it, Baton registers itself with the server's issuer. */
    clientId: z.string().min(1).max(500).optional(),
    /** Left out, the saved one stays; `null` takes it away. */
    clientSecret: z.string().min(1).max(2_000).nullish(),
  }),
  z.strictObject({
    kind: z.literal('user'),
    header: headerName.default('Authorization'),
    /** The server’s own token, for its list of tools and where nobody in person asks. Left out, the saved one stays; `null` takes it away. */
    value: headerValue.nullish(),
  }),
]);
export type McpAuthBody = z.infer<typeof mcpAuthBody>;

export const mcpServerStates = [
  'connected',
  'connecting',
  'error',
  'disabled',
  'needsApproval',
  'needsAuthorization',
] as const;
export type McpServerState = (typeof mcpServerStates)[number];

/** Of the connection as the process that answers has it. */
export const mcpServerStatus = z.object({
  state: z.enum(mcpServerStates),
  /** '' unless there is something to say. */
  message: z.string(),
  checkedAt: instant.nullable(),
  protocolVersion: z.string().optional(),
  serverInfo: z.object({ name: z.string(), version: z.string() }).optional(),
  /** `tools`, `resources`, `prompts`, `logging` … */
  capabilities: z.array(z.string()).optional(),
  /** ms of the last answer. */
  latency: z.number().optional(),
});
export type McpServerStatus = z.infer<typeof mcpServerStatus>;

const toolCounts = z.object({
  locked: z.number().int(),
  quarantined: z.number().int(),
  new: z.number().int(),
  gone: z.number().int(),
});
export type McpToolCounts = z.infer<typeof toolCounts>;

/** An admin's yes to a command. */
const approval = z.object({ hash: z.string(), by: z.string(), at: instant });

export const mcpServer = z.object({
  id,
  name: z.string(),
  description: z.string(),
  transport: mcpTransport,
  auth: mcpAuth,
  /** ms a call may go without progress. */
  timeout: z.number().int(),
  enabled: z.boolean(),
  status: mcpServerStatus,
  /** Of the program as it is named now: what an approval names. `null` unless it is stdio. */
  commandHash: z.string().nullable(),
  /** Of the program as it is named now; `null` until an admin approves it. */
  approval: approval.nullable(),
  tools: toolCounts,
  /** Whether whoever asks has given a token of their own. */
  hasMyToken: z.boolean(),
  /** How many agents and workflows name one of its tools. */
  usedBy: z.number().int(),
  hash: z.string(),
  createdAt: instant,
  updatedAt: instant,
  updatedBy: z.string(),
});
export type McpServer = z.infer<typeof mcpServer>;

export const mcpServerBody = z.object({
  name: mcpServerName,
  description: z.string().max(4_000).default(''),
  transport: mcpTransport,
  auth: mcpAuthBody.default({ kind: 'none' }),
  timeout: z.number().int().min(100).max(3_600_000).default(60_000),
  enabled: z.boolean().default(true),
});
export type McpServerBody = z.infer<typeof mcpServerBody>;

/** What stands in a description that should not, as it is found by rules. */
export const mcpFinding = z.object({
  /** Stable. */
  code: z.string(),
  /** `high`: not to be accepted without a good reason. */
  severity: z.enum(['high', 'low']),
  /** `description`, `input/properties/to/description`. */
  place: z.string(),
  message: z.string(),
});
export type McpFinding = z.infer<typeof mcpFinding>;

const listedTool = z.object({
  /** Its name there. */
  tool: z.string(),
  title: z.string().optional(),
  description: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** `{}`: it says nothing of its answers. */
  output: z.record(z.string(), z.unknown()),
  annotations: jsonObject,
  /** Of name, description, schemas and annotations. */
  hash: z.string(),
  findings: z.array(mcpFinding),
});

export const mcpToolStates = ['locked', 'quarantined', 'new', 'gone'] as const;

/** A tool of a server: `locked` = as an admin accepted it. */
export const mcpServerTool = listedTool.extend({
  /** As agents and tasks name it: `<server>.<tool>`. */
  name: z.string(),
  state: z.enum(mcpToolStates),
  accepted: z.object({ hash: z.string(), by: z.string(), at: instant }).nullable(),
  /** What differs from what was accepted. */
  drift: z
    .object({
      changes: z.array(difference),
      /** Unified patch. */
      text: z.string(),
      seenAt: instant,
    })
    .nullable(),
});
export type McpServerTool = z.infer<typeof mcpServerTool>;

export const mcpServerCheck = z.object({
  status: mcpServerStatus,
  /** Of a program that is not approved: what an approval names. */
  commandHash: z.string().nullable(),
  tools: z.array(listedTool),
});
export type McpServerCheck = z.infer<typeof mcpServerCheck>;

export const mcpResource = z.object({
  uri: z.string(),
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  mimeType: z.string().optional(),
  /** `uri` is a template by RFC 6570. */
  template: z.boolean(),
});
export type McpResource = z.infer<typeof mcpResource>;

export const mcpPrompt = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  arguments: z.array(
    z.object({ name: z.string(), description: z.string().optional(), required: z.boolean() }),
  ),
});
export type McpPrompt = z.infer<typeof mcpPrompt>;

/** A message as it went over the wire, secrets masked. */
export const mcpMessage = z.object({
  at: instant,
  direction: z.enum(['sent', 'received']),
  message: z.unknown(),
});
export type McpMessage = z.infer<typeof mcpMessage>;

/** Payload of the topic `mcp-servers`. */
export const mcpServerChange = z.object({
  /** `status`: of the connection; `tools`: their lock. */
  change: z.enum(['created', 'updated', 'deleted', 'status', 'tools']),
  id: z.string(),
  name: z.string(),
  status: mcpServerStatus,
  tools: toolCounts,
});
export type McpServerChange = z.infer<typeof mcpServerChange>;

/** Name of the `BroadcastChannel` by which the page that issuers lead back to and the window that began a sign-in talk. */
export const mcpAuthorizationChannel = 'baton.mcp-authorization';
/** `answer`: what the issuer gave, to be sent on to `completeAuthorization`; `taken`: the window has it. */
export type McpAuthorizationMessage =
  | { kind: 'answer'; state: string; code: string; iss?: string }
  | { kind: 'taken'; state: string };
