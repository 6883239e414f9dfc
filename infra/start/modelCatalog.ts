import type { ModelCatalog } from '@baton/engine/agents';
import {
  concealing,
  createAnthropicProvider,
  createOpenAICompatibleProvider,
  createOpenAIProvider,
  type ModelProvider,
  type Retries,
  retrying,
} from '@baton/engine/llm';
import type { Gateway, ProviderConnection } from '@baton/gateway';
import { type ProviderType, providerRoot } from '@baton/gateway/api';

export interface ModelCatalogOptions {
  connection: Gateway['provider'];
  /** Names of the tenant's providers. */
  names(tenantId: string): Promise<readonly string[]>;
  /** Reaches only what providers may be at. */
  fetch: typeof fetch;
  mock: ModelProvider;
  retries: Retries;
}

interface Place {
  name: string;
  baseUrl: string;
  apiKey: string | undefined;
  fetch: typeof fetch;
}

/** Without a key nothing is looked for elsewhere: the provider says that one is missing. */
const noKey = '';

const adapters = {
  ollama: ({ baseUrl, ...place }) => createOpenAICompatibleProvider({ ...place, baseUrl: `${baseUrl}/v1` }),
  openai: ({ apiKey = noKey, ...place }) => createOpenAIProvider({ ...place, apiKey }),
  'openai-compatible': createOpenAICompatibleProvider,
  anthropic: ({ apiKey = noKey, ...place }) => createAnthropicProvider({ ...place, apiKey }),
} satisfies { [T in Exclude<ProviderType, 'mock'>]: (place: Place) => ModelProvider };

/** Providers as tenants set them up, made once for each state they are in. */
export function modelCatalog({ connection, names, fetch, mock, retries }: ModelCatalogOptions): ModelCatalog {
  const made = new Map<string, { revision: string; provider: ModelProvider }>();

  function providerOf(found: ProviderConnection): ModelProvider {
    const { name, type, key: apiKey } = found;
    const baseUrl = providerRoot(type, found.baseUrl);
    if (type === 'mock' || baseUrl === undefined) return priced({ ...mock, name }, found);
    const provider = retrying(adapters[type]({ name, baseUrl, apiKey, fetch }), retries);
    return priced(apiKey ? concealing(provider, apiKey) : provider, found);
  }

  return {
    async provider(tenantId, name) {
      const found = await connection(tenantId, name);
      if (!found) return undefined;
      const known = made.get(found.id);
      if (known?.revision === found.revision) return known.provider;
      const provider = providerOf(found);
      made.set(found.id, { revision: found.revision, provider });
      return provider;
    },
    async secrets(tenantId) {
      const found = await Promise.all((await names(tenantId)).map((name) => connection(tenantId, name)));
      return found.flatMap((provider) => provider?.key ?? []);
    },
  };
}

function priced(provider: ModelProvider, { prices }: ProviderConnection): ModelProvider {
  return {
    ...provider,
    priceOf: (model) => prices.find((each) => each.model === model),
  };
}
