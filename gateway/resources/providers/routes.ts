import { ok } from '@baton/engine/protocol';
import type { Provider as StoredProvider } from '@baton/infra/store';
import type { ModelPrice, Provider, ProviderBody, providerRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import { type ProviderService, type ProviderWish, priceView, validationView } from './service.ts';

export function providerHandlers(providers: ProviderService): HandlersOf<typeof providerRoutes> {
  const view = async (stored: StoredProvider) => providerView(stored, await providers.agentsOf(stored));
  return {
    async list({ tenantId, query }) {
      const { items, total } = await providers.list(tenantId, query);
      return ok(listAnswer(await Promise.all(items.map(view)), total, query));
    },
    async create({ tenantId, principal, body }) {
      const created = await providers.create(tenantId, wishOf(body), principal.username);
      return created.ok ? ok(await view(created.value)) : created;
    },
    async get({ tenantId, params }) {
      const found = await providers.get(tenantId, params.id);
      return found.ok ? ok(await view(found.value)) : found;
    },
    async replace({ tenantId, principal, params, body, ifMatch }) {
      const saved = await providers.update(
        tenantId,
        params.id,
        ifMatch ?? '',
        () => wishOf(body),
        principal.username,
      );
      return saved.ok ? ok(await view(saved.value)) : saved;
    },
    async update({ tenantId, principal, params, body, ifMatch }) {
      const saved = await providers.update(
        tenantId,
        params.id,
        ifMatch ?? '',
        ({ name, type, baseUrl, prices }) => ({
          scenario: body.scenario,
          name: body.name ?? name,
          type: body.type ?? type,
          baseUrl: body.base_url === undefined ? baseUrl : plain(body.base_url),
          apiKey: body.api_key,
          prices: body.prices?.map(priceOf) ?? prices,
        }),
        principal.username,
      );
      return saved.ok ? ok(await view(saved.value)) : saved;
    },
    delete: ({ tenantId, params }) => providers.delete(tenantId, params.id),
    async validate({ tenantId, params }) {
      const begun = await providers.validate(tenantId, params.id);
      return begun.ok ? ok(await view(begun.value)) : begun;
    },
    async models({ tenantId, params }) {
      const asked = await providers.models(tenantId, params.id);
      if (!asked.ok) return asked;
      const items = asked.value.map(({ name, price }) => ({ name, price: price ? priceView(price) : null }));
      return ok({ items, total: items.length });
    },
  };
}

/** What is known of a provider, but for its key. */
function providerView(stored: StoredProvider, agents: number): Provider {
  const { id, name, type, baseUrl, sealedKey, keyChangedAt, prices, scenario, models, hash } = stored;
  return {
    id,
    name,
    type,
    base_url: baseUrl ?? null,
    has_api_key: sealedKey !== undefined,
    api_key_changed_at: keyChangedAt?.toISOString() ?? null,
    prices: prices.map(priceView),
    scenario: scenario ?? null,
    models,
    ...validationView(stored),
    agents,
    hash,
    created_at: stored.createdAt.toISOString(),
    updated_at: stored.changedAt.toISOString(),
    updated_by: stored.changedBy,
  };
}

function wishOf({ name, type, base_url, api_key, prices, scenario }: ProviderBody): ProviderWish {
  return { name, type, baseUrl: plain(base_url), apiKey: api_key, prices: prices.map(priceOf), scenario };
}

/** An address without a slash at the end; `undefined` for none. */
function plain(url: string | null | undefined): string | undefined {
  return url?.replace(/\/+$/, '');
}

function priceOf({ model, input, cached_input, output }: ModelPrice) {
  return { model, input, ...(cached_input !== undefined && { cachedInput: cached_input }), output };
}
