import type { ProviderType } from '../../api/index.ts';

interface Headers {
  [name: string]: string;
}

/** How a type is asked for its models; the one authenticated question that costs nothing. */
export interface ProviderKind {
  /** Below the root of its API. */
  path: string;
  headers(key: string | undefined): Headers;
  /** Names of models in the answer; `undefined` when it is not such an answer. */
  models(answer: unknown): unknown[] | undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const named = (list: unknown, name: string) =>
  Array.isArray(list) ? list.map((item) => member(item, name)) : undefined;

const openai: ProviderKind = {
  path: '/models',
  headers: (key): Headers => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  models: (answer) => named(member(answer, 'data'), 'id'),
};

/** Those without a server are not asked. */
export const kinds = {
  ollama: {
    path: '/api/tags',
    headers: () => ({}),
    models: (answer) => named(member(answer, 'models'), 'name'),
  },
  openai,
  'openai-compatible': openai,
  anthropic: {
    path: '/models?limit=1000',
    headers: (key) => ({ 'anthropic-version': '2023-06-01', ...(key !== undefined && { 'x-api-key': key }) }),
    models: (answer) => named(member(answer, 'data'), 'id'),
  },
  local: undefined,
  mock: undefined,
  scripted: undefined,
} satisfies { [T in ProviderType]: ProviderKind | undefined };
