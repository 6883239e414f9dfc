import { connectionNamePattern, hostPattern, secretNamePattern } from '@baton/tools-registry/contract';
import { z } from 'zod';
import { id, idParams, instant, json, jsonObject } from '../common.ts';
import { route } from '../route.ts';
import { providerName } from './providers.ts';
import { contentProblem, versionedRoutes } from './versioned.ts';

const schema = z.record(z.string(), z.unknown());

export { toolTypes, validateAgainst, WHATEVER_GRANTED } from '@baton/tools-registry/contract';

/** What a tool asks for beside computing: its author declares it, an admin grants it. */
export const capabilities = z.object({
  network: z
    .array(
      z
        .string()
        .max(260)
        .regex(hostPattern, 'Expected a host like api.example.com, *.example.com or 127.0.0.1:8080'),
    )
    .max(50)
    .default([]),
  secrets: z
    .array(z.string().regex(secretNamePattern, 'Expected the name of a secret: letters, digits, _ . -'))
    .max(50)
    .default([]),
  connections: z
    .array(
      z
        .string()
        .regex(connectionNamePattern, 'Expected the name of a connection: lower-case letters, digits, -'),
    )
    .max(20)
    .default([]),
  /** Names of providers. */
  models: z.array(providerName).max(20).default([]),
  files: z.boolean().default(false),
  memory: z.boolean().default(false),
  questions: z.boolean().default(false),
});

const list = z.array(z.string());
/** As they are told. What the product's own tools declare may be `*`: whatever is granted. */
const toldCapabilities = z.object({
  network: list,
  secrets: list,
  connections: list,
  models: list,
  files: z.boolean(),
  memory: z.boolean(),
  questions: z.boolean(),
});

/** A word to find a tool by: `billing`, `EU only`. */
export const toolTag = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u,
    'Expected a tag of 1 to 40 letters, digits, spaces, . _ and -, that begins with a letter or digit',
  );

/** As `ToolDefinition` of `@baton/tools-registry/contract`, without the name. */
export const toolContent = z.object({
  description: z.string().min(1).max(4000),
  input: schema,
  output: schema,
  tags: z.array(toolTag).max(20).default([]),
  source: z.string().min(1).max(200_000),
  sideEffect: z.boolean().default(false),
  /** What it is given leaves our systems. */
  egress: z.boolean().default(false),
  /** Whether a person has to agree before an agent's call is carried out; `when` is FEEL over the arguments. */
  approval: z
    .union([z.enum(['never', 'always']), z.strictObject({ when: z.string().min(1).max(2_000) })])
    .default('never'),
  capabilities: capabilities.prefault({}),
  limits: z
    .object({
      timeout: z.number().int().min(10).max(60_000).default(5_000),
      memory: z.number().int().min(1_000_000).max(256_000_000).default(32_000_000),
    })
    .prefault({}),
  /** Inputs to try it with; one that says what is expected is a test. */
  samples: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(100),
        input: json,
        expects: z
          .union([
            z.strictObject({ output: json }),
            /** A code, or a part of the message. */
            z.strictObject({ error: z.string().min(1).max(1_000) }),
          ])
          .optional(),
      }),
    )
    .max(50)
    .default([]),
});
export type ToolContent = z.infer<typeof toolContent>;
const versioned = versionedRoutes('tools', toolContent);

/** What was asked of the host during a run. */
const hostCall = z.object({
  kind: z.enum(['fetch', 'secret', 'state', 'file', 'connection', 'model', 'question', 'data']),
  what: z.string(),
  outcome: z.string(),
  ok: z.boolean(),
  /** ms */
  duration: z.number(),
});

const toolAnswer = z.union([
  z.object({ action: z.literal('accept'), content: jsonObject }),
  z.object({ action: z.enum(['decline', 'cancel']) }),
]);
const toolQuestion = z.object({
  id: z.string(),
  kind: z.enum(['input', 'approval']),
  message: z.string(),
  schema,
  proposed: jsonObject.optional(),
});

/** A problem of a content; `line` and `column` (from 1) where it is one of the source. */
const toolProblem = contentProblem.extend({
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});
export type ToolProblem = z.infer<typeof toolProblem>;

const testResult = z.object({
  name: z.string(),
  passed: z.boolean(),
  /** What was expected and what came; without it the test passed. */
  message: z.string().optional(),
  output: json.optional(),
  /** Code of the failure. */
  error: z.string().optional(),
  /** ms */
  duration: z.number(),
});
export type ToolTestResult = z.infer<typeof testResult>;

/** What the tool is granted, beside what its latest version declares. */
const grants = z.object({
  declared: toldCapabilities,
  granted: toldCapabilities,
  /** Declared and not granted: what calls of the tool do without. */
  missing: toldCapabilities.nullable(),
  grantedBy: z.string().nullable(),
  grantedAt: instant.nullable(),
});
export type ToolGrants = z.infer<typeof grants>;

export const toolRoutes = {
  ...versioned,
  run: route({
    method: 'POST',
    path: '/tools/:id/run',
    summary: 'Run a tool once with sample input, in the sandbox',
    permission: 'tools:run',
    params: idParams,
    body: z.object({
      input: json,
      content: toolContent.optional(),
      /** To what it asks a person, by the question's id: it is run from the beginning, with them. */
      answers: z.record(z.string(), toolAnswer).optional(),
    }),
    response: z.object({
      ok: z.boolean(),
      output: json.optional(),
      error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }).optional(),
      logs: z.array(z.string()),
      hostCalls: z.array(hostCall),
      /** What it asks a person. */
      question: toolQuestion.optional(),
      /** ms */
      duration: z.number(),
    }),
    status: 200,
    errors: ['NOT_FOUND', 'PERMISSION_DENIED'],
  }),
  test: route({
    method: 'POST',
    path: '/tools/:id/tests',
    summary: 'Run the tool with each of its samples, and compare with what they expect',
    permission: 'tools:run',
    params: idParams,
    body: z.object({ content: toolContent.optional() }),
    response: z.object({ passed: z.number().int(), failed: z.number().int(), results: z.array(testResult) }),
    status: 200,
    errors: ['NOT_FOUND', 'PERMISSION_DENIED'],
  }),
  validate: route({
    method: 'POST',
    path: '/tools/validation',
    summary:
      'What saving a tool would refuse, type errors with their places, and what its calls would miss; saves nothing',
    permission: 'tools:read',
    body: z.object({
      /** Of the tool that is edited, whose grants count. */
      id: id.optional(),
      content: z.unknown(),
    }),
    response: z.object({ problems: z.array(toolProblem) }),
    status: 200,
    errors: [],
    question: true,
  }),
  grants: route({
    method: 'GET',
    path: '/tools/:id/grants',
    summary: 'What the tool may do, and what of what it declares it may not',
    permission: 'tools:read',
    params: idParams,
    response: grants,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  setGrants: route({
    method: 'PUT',
    path: '/tools/:id/grants',
    summary: 'Grant the tool hosts, secrets, files and values; what is not named is taken away',
    permission: 'tools:grant',
    params: idParams,
    body: capabilities,
    response: grants,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
};
export type Tool = z.infer<typeof toolRoutes.get.response>;
