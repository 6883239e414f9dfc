import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type {
  ModelPrice,
  Page,
  PageRequest,
  Provider,
  ProviderSave,
  ProviderStore,
  ResourceStore,
  SettingStore,
} from '@baton/infra/store';
import type { Logger } from 'pino';
import { type ProviderChange, type ProviderType, providerTypes } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { sealAnew } from '../../secrets/sealAnew.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import { askModels, mockModels, type Outside, type ProviderFailure } from './askModels.ts';
import { readScenario } from './scenario.ts';

/** What people say of a provider. */
export interface ProviderWish {
  name: string;
  type: ProviderType;
  /** `undefined` = the type's own. */
  baseUrl: string | undefined;
  /** `undefined` = as it is; `null` = none. */
  apiKey: string | null | undefined;
  prices: readonly ModelPrice[];
  /** `undefined` = as it is; `null` = none. */
  scenario?: string | null | undefined;
}

/** How to ask a provider; holds its key. */
export interface ProviderConnection {
  id: string;
  /** Changes with everything else here. */
  revision: string;
  name: string;
  type: ProviderType;
  baseUrl: string | undefined;
  key: string | undefined;
  prices: readonly ModelPrice[];
  /** What a scripted one answers, as it was written. */
  scenario?: string;
}

/** A provider that follows the configuration of the installation, until a tenant changes or deletes its own. */
export interface InstalledProvider {
  name: string;
  type: ProviderType;
  baseUrl: string | undefined;
  apiKey: string | undefined;
}

export interface ProviderService {
  list(tenantId: string, page: PageRequest): Promise<Page<Provider>>;
  get(tenantId: string, id: string): Promise<Result<Provider, Refusal>>;
  create(tenantId: string, wish: ProviderWish, by: string): Promise<Result<Provider, Refusal>>;
  /** @param expectedHash hash of what was edited; `*` = whatever there is. */
  update(
    tenantId: string,
    id: string,
    expectedHash: string,
    change: (latest: Provider) => ProviderWish,
    by: string,
  ): Promise<Result<Provider, Refusal>>;
  delete(tenantId: string, id: string): Promise<Result<void, Refusal>>;
  /** Answers at once; the outcome is announced. */
  validate(tenantId: string, id: string): Promise<Result<Provider, Refusal>>;
  models(
    tenantId: string,
    id: string,
  ): Promise<Result<{ name: string; price: ModelPrice | undefined }[], Refusal>>;
  /** How many agents name it. */
  agentsOf(provider: Provider): Promise<number>;
  /** The provider of this name, unless it is deleted. */
  named(tenantId: string, name: string): Promise<Provider | undefined>;
  /** Whether an agent may name this provider. */
  choosable(tenantId: string, name: string): Promise<Result<Provider, Refusal>>;
  /** Deleted providers that no agent names any more go for good. */
  agentsChanged(tenantId: string): void;
  /** How the provider of this name is reached, a deleted one included. */
  connection(tenantId: string, name: string): Promise<ProviderConnection | undefined>;
  /** Takes up checks a stop cut off, and encrypts anew what lies under an old key. Resolves when all is done. */
  resume(tenantIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface ProviderOptions extends Outside {
  store: ProviderStore;
  resources: ResourceStore;
  settings: SettingStore;
  secrets: Secrets;
  notices: Notices;
  installed: InstalledProvider | undefined;
  /** Why an address would be refused, in words. */
  refusedAddress(url: string): Promise<string | undefined>;
  newId(): string;
  changed(tenantId: string, change: ProviderChange): void;
  log: Logger;
}

/** Where the key of a provider belongs: nowhere else does it open. */
export function keyPlace({ tenantId, id }: { tenantId: string; id: string }): string {
  return `provider/${tenantId}/${id}`;
}

/** How a resource says that it names a provider. */
export function providerReference(name: string): string {
  return `provider/${name}`;
}

const mockProvider = 'mock';
/** Who changed what nobody changed. */
const installer = 'Baton';

export function createProviderService(options: ProviderOptions): ProviderService {
  const { store, resources, settings, secrets, clock, newId, log } = options;
  const seeded = new Set<string>();
  // A tenant that goes and comes again begins anew.
  const stopHearing = options.notices.subscribe(
    ({ kind, tenantId }) => {
      if (kind === 'tenant') seeded.delete(tenantId);
    },
    () => seeded.clear(),
  );
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Tenants whose deleted providers are to be looked at, one tenant after the other. */
  const toLook = new Set<string>();
  let looking = Promise.resolve();
  const at = () => new Date(clock.now());
  const missing = (id: string) => refuse('NOT_FOUND', `Expected a provider '${id}', but there is none`);
  const nameTaken = (name: string) =>
    refuse('ALREADY_EXISTS', `Expected a new name for the provider, but '${name}' is taken`, { name });

  function announce(change: ProviderChange['change'], provider: Provider) {
    options.changed(provider.tenantId, {
      change,
      id: provider.id,
      name: provider.name,
      ...validationView(provider),
    });
  }

  /** Every tenant begins with the mock, and with the installation's provider as it is configured now. */
  async function seed(tenantId: string) {
    if (seeded.has(tenantId)) return;
    const mark = `providers/${tenantId}`;
    if ((await settings.get(mark)) === undefined) {
      const checkId = newId();
      const connected = { status: 'connected', code: '', message: '', validatedAt: at() } as const;
      const made = await store.create(tenantId, newId(), {
        name: mockProvider,
        type: 'mock',
        prices: [],
        validation: connected,
        check: checkId,
        by: installer,
        at: at(),
      });
      if (made.ok) await store.endCheck(tenantId, made.value.id, checkId, connected, mockModels);
      await settings.initialise(mark, { at: at().toISOString() });
    }
    if (options.installed) await install(tenantId, options.installed);
    seeded.add(tenantId);
  }

  async function install(tenantId: string, { name, type, baseUrl, apiKey }: InstalledProvider) {
    const known = await store.getByName(tenantId, name);
    if (known && (known.retired || known.changedBy !== installer)) return;
    const key = known && keyOf(known);
    if (known?.baseUrl === baseUrl && key?.ok && key.value === apiKey) return;
    const place = { tenantId, id: known?.id ?? newId() };
    const wish = { name, type, baseUrl, apiKey, prices: known?.prices ?? [] };
    const save = saveOf(wish, apiKey === undefined ? {} : sealed(place, apiKey), installer);
    const saved = known
      ? await store.update(tenantId, place.id, known.hash, save)
      : await store.create(tenantId, place.id, save);
    if (saved.ok) check(saved.value, save.check);
  }

  const live = async (tenantId: string, id: string) => {
    await seed(tenantId);
    const found = await store.get(tenantId, id);
    return found && !found.retired ? found : undefined;
  };

  function keyOf(provider: Provider): Result<string | undefined, ProviderFailure> {
    if (provider.sealedKey === undefined) return ok(undefined);
    const opened = secrets.open(provider.sealedKey, keyPlace(provider));
    if (opened.ok) return opened;
    log.error(
      { tenantId: provider.tenantId, provider: provider.id, code: opened.failure.code },
      'key does not open',
    );
    return failed({
      code: 'KEY_UNREADABLE',
      message:
        'Expected to read the saved API key, but it does not open with the keys of this installation; save it again',
    });
  }

  async function ask(provider: Provider) {
    const key = keyOf(provider);
    if (!key.ok) return key;
    const { type, baseUrl, scenario } = provider;
    return askModels({ type, baseUrl, key: key.value, scenario }, options, closing.signal);
  }

  /** Deleted providers stay for the agents that name them, and go with the last of these. */
  async function removeUnnamed(tenantId: string) {
    for (const { id, name, retired } of await store.all(tenantId)) {
      if (retired && (await agentsNaming(tenantId, name)) === 0) await store.remove(tenantId, id);
    }
  }

  /** Finds out whether the provider answers, keeps the outcome and announces it. */
  function check(provider: Provider, checkId: string) {
    inBackground(async () => {
      const asked = await ask(provider);
      // What a stop cuts off is taken up at the next start.
      if (closing.signal.aborted) return;
      const ended = await store.endCheck(
        provider.tenantId,
        provider.id,
        checkId,
        asked.ok
          ? { status: 'connected', code: '', message: '', validatedAt: at() }
          : { status: 'error', ...asked.failure, validatedAt: at() },
        asked.ok ? asked.value : undefined,
      );
      if (ended && !ended.retired) announce('validation_update', ended);
    });
  }

  function inBackground(work: () => Promise<void>) {
    const working = work()
      .catch((error: unknown) => log.error({ err: error }, 'work on providers failed'))
      .finally(() => underWay.delete(working));
    underWay.add(working);
  }

  /** What is wrong with a wish, whatever was saved before. */
  async function refusalOf(
    { type, baseUrl, scenario }: ProviderWish,
    hasKey: boolean,
  ): Promise<Refusal | undefined> {
    const { title, address, key } = providerTypes[type];
    const wrong = (field: string, message: string): Refusal => ({
      code: 'VALIDATION_FAILED',
      message,
      details: { issues: [{ path: ['body', field], message }] },
    });
    if (address === 'required' && baseUrl === undefined)
      return wrong('base_url', `Expected an address for ${title}, but base_url is missing`);
    if (address === 'none' && baseUrl !== undefined)
      return wrong('base_url', `Expected no address for ${title}, but there is a base_url`);
    if (key === 'required' && !hasKey)
      return wrong('api_key', `Expected an API key for ${title}, but api_key is missing`);
    if (key === 'none' && hasKey)
      return wrong('api_key', `Expected no API key for ${title}, but there is one`);
    if (type === 'scripted') {
      if (!scenario) return wrong('scenario', `Expected a scenario for ${title}, but it is missing`);
      const read = readScenario(scenario);
      if (!read.ok) return wrong('scenario', read.failure);
    } else if (scenario) return wrong('scenario', `Expected no scenario for ${title}, but there is one`);
    const refused = baseUrl === undefined ? undefined : await options.refusedAddress(baseUrl);
    return refused === undefined ? undefined : wrong('base_url', refused);
  }

  function saveOf(
    { name, type, baseUrl, prices, scenario }: ProviderWish,
    key: { sealedKey?: string; keyChangedAt?: Date },
    by: string,
  ): ProviderSave {
    return {
      name,
      type,
      ...(baseUrl !== undefined && { baseUrl }),
      ...key,
      prices,
      ...(scenario && { scenario }),
      validation: { status: 'validating', code: '', message: '' },
      check: newId(),
      by,
      at: at(),
    };
  }

  const sealed = (place: { tenantId: string; id: string }, key: string) => ({
    sealedKey: secrets.seal(key, keyPlace(place)),
    keyChangedAt: at(),
  });

  const agentsNaming = async (tenantId: string, name: string) =>
    (await resources.referring(tenantId, 'agent', providerReference(name), { limit: 0, offset: 0 })).total;

  return {
    async list(tenantId, page) {
      await seed(tenantId);
      return store.list(tenantId, page);
    },

    async get(tenantId, id) {
      const found = await live(tenantId, id);
      return found ? ok(found) : missing(id);
    },

    async create(tenantId, wish, by) {
      await seed(tenantId);
      const refused = await refusalOf(wish, Boolean(wish.apiKey));
      if (refused) return failed(refused);
      const place = { tenantId, id: newId() };
      const save = saveOf(wish, wish.apiKey ? sealed(place, wish.apiKey) : {}, by);
      const created = await store.create(tenantId, place.id, save);
      if (!created.ok) return nameTaken(wish.name);
      announce('created', created.value);
      check(created.value, save.check);
      return created;
    },

    async update(tenantId, id, expectedHash, change, by) {
      const latest = await live(tenantId, id);
      if (!latest) return missing(id);
      const asked = change(latest);
      const keptScenario = asked.type === 'scripted' ? latest.scenario : undefined;
      const wish = { ...asked, scenario: asked.scenario === undefined ? keptScenario : asked.scenario };
      const keeps =
        wish.apiKey === undefined &&
        latest.sealedKey !== undefined &&
        providerTypes[wish.type].key !== 'none';
      const refused = await refusalOf(wish, Boolean(wish.apiKey) || keeps);
      if (refused) return failed(refused);
      // Who does not know the key could otherwise have it sent to a server of their own.
      if (keeps && (wish.type !== latest.type || originOf(wish) !== originOf(latest))) {
        const message = 'Expected the API key again, because the key that is saved is for another address';
        return refuse('VALIDATION_FAILED', message, { issues: [{ path: ['body', 'api_key'], message }] });
      }
      if (wish.name !== latest.name) {
        const agents = await agentsNaming(tenantId, latest.name);
        if (agents > 0) {
          return refuse(
            'IN_USE',
            `Expected to rename a provider that no agent names, but ${counted(agents)} '${latest.name}'`,
            { agents },
          );
        }
      }
      const { sealedKey, keyChangedAt } = latest;
      const key = wish.apiKey
        ? sealed({ tenantId, id }, wish.apiKey)
        : keeps
          ? { ...(sealedKey && { sealedKey }), ...(keyChangedAt && { keyChangedAt }) }
          : {};
      const expected = expectedHash === '*' ? latest.hash : expectedHash;
      const save = saveOf(wish, key, by);
      const updated = await store.update(tenantId, id, expected, save);
      if (updated.ok) {
        announce('updated', updated.value);
        check(updated.value, save.check);
        return updated;
      }
      const { failure } = updated;
      if (!('latest' in failure)) return failure.code === 'NOT_FOUND' ? missing(id) : nameTaken(wish.name);
      const theirs = failure.latest;
      return refuse(
        'VERSION_CONFLICT',
        `Expected to save over what was edited, but ${theirs.changedBy} has saved the provider since`,
        {
          yours: { base: expected, ...wishView(wish) },
          theirs: {
            hash: theirs.hash,
            author: theirs.changedBy,
            savedAt: theirs.changedAt.toISOString(),
            ...wishView(theirs),
          },
        },
      );
    },

    async delete(tenantId, id) {
      const latest = await live(tenantId, id);
      if (!latest || !(await store.retire(tenantId, id))) return missing(id);
      announce('deleted', latest);
      if ((await agentsNaming(tenantId, latest.name)) === 0) await store.remove(tenantId, id);
      return ok();
    },

    async validate(tenantId, id) {
      await seed(tenantId);
      const checkId = newId();
      const begun = await store.beginCheck(tenantId, id, checkId);
      if (!begun) return missing(id);
      announce('validation_update', begun);
      check(begun, checkId);
      return ok(begun);
    },

    async models(tenantId, id) {
      const found = await live(tenantId, id);
      if (!found) return missing(id);
      const asked = await ask(found);
      if (!asked.ok)
        return refuse('PROVIDER_UNAVAILABLE', asked.failure.message, { code: asked.failure.code });
      return ok(
        asked.value.map((name) => ({ name, price: found.prices.find(({ model }) => model === name) })),
      );
    },

    agentsOf: ({ tenantId, name }) => agentsNaming(tenantId, name),

    async named(tenantId, name) {
      await seed(tenantId);
      const found = await store.getByName(tenantId, name);
      return found && !found.retired ? found : undefined;
    },

    async choosable(tenantId, name) {
      await seed(tenantId);
      const found = await store.getByName(tenantId, name);
      if (!found)
        return refuse('NOT_FOUND', `Expected a provider of this tenant, but there is none named '${name}'`, {
          provider: name,
        });
      return found.retired
        ? refuse('INVALID_STATE', `Expected a provider that can be chosen, but '${name}' was deleted`, {
            provider: name,
          })
        : ok(found);
    },

    agentsChanged(tenantId) {
      // Whoever waits for its turn looks at what is there by then: once for all changes meanwhile.
      if (toLook.has(tenantId)) return;
      toLook.add(tenantId);
      const look = looking.then(() => {
        toLook.delete(tenantId);
        return removeUnnamed(tenantId);
      });
      looking = look.catch(() => {});
      inBackground(() => look);
    },

    async connection(tenantId, name) {
      await seed(tenantId);
      const found = await store.getByName(tenantId, name);
      if (!found) return undefined;
      const key = keyOf(found);
      if (!key.ok) return undefined;
      const { id, hash, type, baseUrl, prices, scenario } = found;
      const script = scenario === undefined ? {} : { scenario };
      return { id, revision: hash, name, type, baseUrl, key: key.value, prices, ...script };
    },

    async resume(tenantIds) {
      let anew = 0;
      for (const tenantId of tenantIds) {
        for (const provider of await store.all(tenantId)) {
          if (closing.signal.aborted) return;
          const { id, sealedKey, retired, validation } = provider;
          const put = (again: string) => store.reseal(tenantId, id, sealedKey ?? '', again);
          if (await sealAnew(secrets, sealedKey, keyPlace(provider), put)) anew += 1;
          if (!retired && (validation.status === 'pending' || validation.status === 'validating'))
            await this.validate(tenantId, id);
        }
      }
      if (anew > 0) log.warn({ secrets: anew }, 'secrets encrypted anew under the first key');
      await Promise.all(underWay);
    },

    async close() {
      closing.abort();
      stopHearing();
      await Promise.all(underWay);
    },
  };
}

export function validationView({ validation: { status, code, message, validatedAt } }: Provider) {
  return {
    validation_status: status,
    validation_code: code,
    validation_message: message,
    validated_at: validatedAt?.toISOString() ?? null,
  };
}

export function priceView({ model, input, cachedInput, output }: ModelPrice) {
  return { model, input, ...(cachedInput !== undefined && { cached_input: cachedInput }), output };
}

/** What two editors compare; never the key. */
function wishView({
  name,
  type,
  baseUrl,
  prices,
  scenario,
}:
  | (Pick<Provider, 'name' | 'type' | 'prices' | 'scenario'> & { baseUrl?: string | undefined })
  | ProviderWish) {
  return {
    name,
    type,
    base_url: baseUrl ?? null,
    prices: prices.map(priceView),
    ...(scenario && { scenario }),
  };
}

function originOf({
  type,
  baseUrl,
}: {
  type: ProviderType;
  baseUrl?: string | undefined;
}): string | undefined {
  const url = baseUrl ?? providerTypes[type].defaultUrl;
  return url === undefined ? undefined : new URL(url).origin;
}

const counted = (agents: number) => (agents === 1 ? '1 agent names' : `${agents} agents name`);
