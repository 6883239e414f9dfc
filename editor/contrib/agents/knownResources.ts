import {
  type ModelPrice,
  type ProviderType,
  policyRoutes,
  promptRoutes,
  providerRoutes,
  taskRoutes,
  toolCatalogRoutes,
  type ValidationStatus,
} from '@baton/gateway/api';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';

export interface NamedResource {
  name: string;
  description: string;
}

export interface KnownProvider {
  name: string;
  type: ProviderType;
  status: ValidationStatus;
  models: readonly string[];
  prices: readonly ModelPrice[];
}

/** What the tenant has that an agent can name; `undefined` until read, where one may not read it, or when there are too many. */
export interface KnownResources {
  providers: readonly KnownProvider[] | undefined;
  tools: readonly NamedResource[] | undefined;
  tasks: readonly NamedResource[] | undefined;
  policies: readonly NamedResource[] | undefined;
  prompts: readonly NamedResource[] | undefined;
}

export const nothingKnown: KnownResources = {
  providers: undefined,
  tools: undefined,
  tasks: undefined,
  policies: undefined,
  prompts: undefined,
};

/** More pages than this many and none can be said to be missing. */
const maxPages = 5;
const limit = 200;

type Page<T> = { items: readonly T[]; has_more: boolean };

/** Reads what an agent can name and again whenever it changes. */
export function followKnown(platform: Platform, heard: (known: Partial<KnownResources>) => void): Disposable {
  const { api, context, live } = platform;
  let over = false;

  async function all<T>(page: (offset: number) => Promise<{ ok: true; value: Page<T> } | { ok: false }>) {
    const items: T[] = [];
    for (let read = 0; read < maxPages; read++) {
      const answer = await page(items.length);
      if (!answer.ok) return undefined;
      items.push(...answer.value.items);
      if (!answer.value.has_more) return items;
    }
    return undefined;
  }
  const described = <T extends { name: string; content: { description: string } }>(
    items: readonly T[] | undefined,
  ) => items?.map(({ name, content }) => ({ name, description: content.description }));

  async function providers(): Promise<Partial<KnownResources>> {
    const items = await all((offset) => api.call(providerRoutes.list, { query: { limit, offset } }));
    return {
      providers: items?.map(({ name, type, models, prices, validation_status }) => ({
        name,
        type,
        models,
        prices,
        status: validation_status,
      })),
    };
  }
  async function tools(): Promise<Partial<KnownResources>> {
    const items = await all((offset) => api.call(toolCatalogRoutes.search, { query: { limit, offset } }));
    return { tools: items?.map(({ name, description }) => ({ name, description })) };
  }
  async function tasks(): Promise<Partial<KnownResources>> {
    return {
      tasks: described(await all((offset) => api.call(taskRoutes.list, { query: { limit, offset } }))),
    };
  }

  async function policies(): Promise<Partial<KnownResources>> {
    return {
      policies: described(await all((offset) => api.call(policyRoutes.list, { query: { limit, offset } }))),
    };
  }
  async function prompts(): Promise<Partial<KnownResources>> {
    return {
      prompts: described(await all((offset) => api.call(promptRoutes.list, { query: { limit, offset } }))),
    };
  }

  const readers = { providers, tools, tasks, policies, prompts } as const;
  const following = (Object.keys(readers) as (keyof typeof readers)[]).flatMap((kind) => {
    if (!context.get(`permission:${kind}:read`)) return [];
    const read = async () => {
      const known = await readers[kind]();
      if (!over) heard(known);
    };
    void read();
    const again = { event: () => void read(), reset: () => void read() };
    // Tools of a server come and go with it.
    return [
      live.subscribeTopic(kind, again),
      ...(kind === 'tools' ? [live.subscribeTopic('mcp-servers', again)] : []),
    ];
  });
  return disposeAll(
    ...following,
    disposable(() => {
      over = true;
    }),
  );
}

const statusWords: { readonly [S in ValidationStatus]: string } = {
  connected: 'Connected',
  validating: 'Checking the connection',
  pending: 'Not checked yet',
  error: 'Not connected',
};

export function statusWord(status: ValidationStatus): string {
  return statusWords[status];
}
