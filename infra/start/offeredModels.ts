import type { OfferedModel } from '@baton/gateway';
import type { Provider } from '@baton/infra/store';
import type { Configuration } from './config.ts';

/** What a run by the API may name; the first is the usual one. */
export function modelsOf({ LLM_BASE_URL, LLM_MODELS }: Configuration): OfferedModel[] {
  const mock: OfferedModel = { name: 'mock-1', provider: 'mock' };
  const named = LLM_BASE_URL ? (LLM_MODELS ?? '').split(',').map((name) => name.trim()) : [];
  return [
    ...named.filter(Boolean).map((name): OfferedModel => ({ name, provider: 'openai-compatible' })),
    mock,
  ];
}

/** Models of a tenant's own providers, as their last checks found them. */
export function modelsFound(providers: readonly Provider[]): OfferedModel[] {
  return providers.flatMap(({ name: provider, models }) => models.map((name) => ({ name, provider })));
}
