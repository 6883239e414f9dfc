import type { ModelCatalog } from '@baton/engine/agents';
import {
  concealing,
  createAnthropicProvider,
  createLocalProvider,
  createOpenAICompatibleProvider,
  createOpenAIProvider,
  createScriptedProvider,
  type LocalModels,
  type ModelProvider,
  type Retries,
  retrying,
} from '@baton/engine/llm';
import { failed } from '@baton/engine/protocol';
import { type Gateway, type ProviderConnection, readScenario } from '@baton/gateway';
import { type ProviderType, providerRoot } from '@baton/gateway/api';

export interface ModelCatalogOptions {
  connection: Gateway['provider'];
  /** The tenant's providers, and the state each is in. */
  providers(tenantId: string): Promise<readonly { id: string; name: string; revision: string }[]>;
  /** Reaches only what providers may be at. */
  fetch: typeof fetch;
  mock: ModelProvider;
  /** Models in files of this machine. */
  local: LocalModels;
  retries: Retries;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
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
} satisfies { [T in Exclude<ProviderType, 'local' | 'mock' | 'scripted'>]: (place: Place) => ModelProvider };

/** Providers as tenants set them up, made once for each state they are in. */
export function modelCatalog({
  connection,
  providers,
  fetch,
  mock,
  local,
  retries,
  wait,
}: ModelCatalogOptions): ModelCatalog {
  const made = new Map<string, { revision: string; provider: ModelProvider }>();
  const keys = new Map<string, { revision: string; key: string | undefined }>();

  function providerOf(found: ProviderConnection): ModelProvider {
    const { name, type, key: apiKey } = found;
    if (type === 'local') return priced(retrying(createLocalProvider(name, found.id, local), retries), found);
    if (type === 'scripted') return priced(retrying(scripted(found), retries), found);
    const baseUrl = providerRoot(type, found.baseUrl);
    if (type === 'mock' || baseUrl === undefined) return priced({ ...mock, name }, found);
    const provider = retrying(adapters[type]({ name, baseUrl, apiKey, fetch }), retries);
    return priced(apiKey ? concealing(provider, apiKey) : provider, found);
  }

  function scripted({ name, scenario: text = '' }: ProviderConnection): ModelProvider {
    const read = readScenario(text);
    return read.ok
      ? createScriptedProvider({ name, scenario: read.value, wait })
      : unusable(name, `Expected a scenario of provider '${name}', but: ${read.failure}`);
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
      const found = await Promise.all(
        (await providers(tenantId)).map(async ({ id, name, revision }) => {
          const known = keys.get(id);
          if (known?.revision === revision) return known.key;
          const key = (await connection(tenantId, name))?.key;
          keys.set(id, { revision, key });
          return key;
        }),
      );
      return found.filter((key) => key !== undefined);
    },
  };
}

/** Refuses whatever it is asked. */
function unusable(name: string, message: string): ModelProvider {
  return { name, generate: async () => failed({ code: 'MODEL_REFUSED', message, retryable: false }) };
}

function priced(provider: ModelProvider, { prices }: ProviderConnection): ModelProvider {
  return {
    ...provider,
    priceOf: (model) => prices.find((each) => each.model === model),
  };
}
