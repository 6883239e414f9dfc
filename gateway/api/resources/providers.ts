import { z } from 'zod';
import { id, idParams, instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';

export const providerTypeNames = [
  'ollama',
  'openai',
  'openai-compatible',
  'anthropic',
  'local',
  'mock',
  'scripted',
] as const;
export type ProviderType = (typeof providerTypeNames)[number];

type Asked = 'required' | 'optional' | 'none';

/** What each type asks for. */
export const providerTypes = {
  ollama: { title: 'Ollama', address: 'required', defaultUrl: undefined, key: 'none', root: '' },
  openai: {
    title: 'OpenAI',
    address: 'optional',
    defaultUrl: 'https://api.openai.com/v1',
    key: 'required',
    root: '/v1',
  },
  'openai-compatible': {
    title: 'OpenAI-compatible',
    address: 'required',
    defaultUrl: undefined,
    key: 'optional',
    root: '/v1',
  },
  anthropic: {
    title: 'Anthropic',
    address: 'optional',
    defaultUrl: 'https://api.anthropic.com/v1',
    key: 'required',
    root: '/v1',
  },
  local: { title: 'This machine', address: 'none', defaultUrl: undefined, key: 'none', root: '' },
  mock: { title: 'Mock', address: 'none', defaultUrl: undefined, key: 'none', root: '' },
  scripted: { title: 'Scripted', address: 'none', defaultUrl: undefined, key: 'none', root: '' },
} satisfies {
  [T in ProviderType]: {
    title: string;
    address: Asked;
    defaultUrl: string | undefined;
    key: Asked;
    /** Path of the type's API on a server named without a path. */
    root: string;
  };
};

/** Where a provider's API begins, without a slash at the end; `undefined` for one without a server. */
export function providerRoot(type: ProviderType, baseUrl: string | null | undefined): string | undefined {
  const { defaultUrl, root } = providerTypes[type];
  const url = baseUrl?.replace(/\/+$/, '') ?? defaultUrl;
  if (url === undefined) return undefined;
  return new URL(url).pathname === '/' ? `${url}${root}` : url;
}

/** What people and agents call it. */
export const providerName = z
  .string()
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,62}[\p{L}\p{N}])?$/u,
    'Expected a name of 1 to 64 letters, digits, spaces, dots, _ and -, beginning and ending with a letter or digit',
  );

const baseUrl = z
  .string()
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
  }, 'Expected an address like https://host/v1, without a user, a password or a query');

/** US dollars for a million tokens. */
export const modelPrice = z.object({
  model: z.string().min(1).max(200),
  input: z.number().min(0).max(1_000_000),
  /** As `input` without it. */
  cached_input: z.number().min(0).max(1_000_000).optional(),
  output: z.number().min(0).max(1_000_000),
});
export type ModelPrice = z.infer<typeof modelPrice>;

export const validationStatus = z.enum(['pending', 'validating', 'connected', 'error']);
export type ValidationStatus = z.infer<typeof validationStatus>;

const validation = {
  validation_status: validationStatus,
  /** Stable code of what is wrong, '' otherwise. */
  validation_code: z.string(),
  validation_message: z.string(),
  /** When a check last ended. */
  validated_at: instant.nullable(),
};

/** The API key is never answered: only whether there is one. */
export const provider = z.object({
  id,
  name: providerName,
  type: z.enum(providerTypeNames),
  /** `null` = the type's own. */
  base_url: z.string().nullable(),
  has_api_key: z.boolean(),
  api_key_changed_at: instant.nullable(),
  prices: z.array(modelPrice),
  /** What one that is scripted answers, as it was written; `null` for every other. */
  scenario: z.string().nullable(),
  /** Found by the last successful check. */
  models: z.array(z.string()),
  ...validation,
  /** How many agents name it. */
  agents: z.number().int(),
  hash: z.string(),
  created_at: instant,
  updated_at: instant,
  updated_by: z.string(),
});
export type Provider = z.infer<typeof provider>;

/** Characters of a scenario. */
const scenarioLength = 200_000;

const apiKey = z
  .string()
  .min(8)
  .max(1000)
  // A header takes nothing else.
  .regex(/^[\x21-\x7e]+$/, 'Expected a key of letters, digits and signs, without spaces');

const body = z.object({
  name: providerName,
  type: z.enum(providerTypeNames),
  base_url: baseUrl.nullish(),
  /** Left out, the saved one stays; `null` takes it away. */
  api_key: apiKey.nullish(),
  prices: z.array(modelPrice).max(500).default([]),
  /** YAML or JSON of what one that is scripted answers; left out, the saved one stays. */
  scenario: z.string().max(scenarioLength).nullish(),
});
export type ProviderBody = z.infer<typeof body>;

const changes = body.extend({ prices: z.array(modelPrice).max(500) }).partial();
export type ProviderChanges = z.infer<typeof changes>;

/** Payload of the topic `providers`. */
export const providerChange = z.object({
  change: z.enum(['created', 'updated', 'deleted', 'validation_update']),
  id: z.string(),
  name: z.string(),
  ...validation,
});
export type ProviderChange = z.infer<typeof providerChange>;

const unsaved = ['NOT_FOUND', 'ALREADY_EXISTS', 'IN_USE', 'VERSION_CONFLICT', 'IF_MATCH_REQUIRED'] as const;

export const providerRoutes = {
  list: route({
    method: 'GET',
    path: '/providers',
    summary: 'The tenant’s providers of models, by name',
    permission: 'providers:read',
    query: page,
    response: listOf(provider),
    status: 200,
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/providers',
    summary: 'Add a provider; whether it answers is found out meanwhile',
    permission: 'providers:write',
    body,
    response: provider,
    status: 201,
    errors: ['ALREADY_EXISTS'],
    etag: true,
  }),
  get: route({
    method: 'GET',
    path: '/providers/:id',
    summary: 'One provider',
    permission: 'providers:read',
    params: idParams,
    response: provider,
    status: 200,
    errors: ['NOT_FOUND'],
    etag: true,
  }),
  replace: route({
    method: 'PUT',
    path: '/providers/:id',
    summary: 'Save a provider whole; without an API key the saved one stays',
    permission: 'providers:write',
    params: idParams,
    body,
    response: provider,
    status: 200,
    errors: unsaved,
    etag: true,
  }),
  update: route({
    method: 'PATCH',
    path: '/providers/:id',
    summary: 'Change what is given of a provider',
    permission: 'providers:write',
    params: idParams,
    body: changes,
    response: provider,
    status: 200,
    errors: unsaved,
    etag: true,
  }),
  delete: route({
    method: 'DELETE',
    path: '/providers/:id',
    summary: 'Delete; agents that name it go on with it, and nobody can choose it any more',
    permission: 'providers:delete',
    params: idParams,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
  validate: route({
    method: 'POST',
    path: '/providers/:id/validate',
    summary: 'Check again whether it answers',
    permission: 'providers:write',
    params: idParams,
    response: provider,
    status: 202,
    errors: ['NOT_FOUND'],
  }),
  models: route({
    method: 'GET',
    path: '/providers/:id/models',
    summary: 'The models it has, as it says now',
    permission: 'providers:read',
    params: idParams,
    response: z.object({
      items: z.array(z.object({ name: z.string(), price: modelPrice.nullable() })),
      total: z.number().int(),
    }),
    status: 200,
    errors: ['NOT_FOUND', 'PROVIDER_UNAVAILABLE'],
  }),
};
