import type { UpdateQuery } from 'mongoose';
import { contentHash } from '../canonicalJson.ts';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredProvider } from '../models/provider.ts';
import { naturalId } from '../naturalId.ts';
import type { ModelPrice, Provider, ProviderSave, ProviderStore, ProviderValidation } from '../ports.ts';

export function providerStore({ providers }: Models): ProviderStore {
  const get = async (tenantId: string, id: string) => {
    const stored = await providers.findOne({ _id: naturalId(tenantId, id), tenantId }).lean();
    return stored ? toProvider(stored) : undefined;
  };
  /** One conditional change; `undefined` when the condition does not hold. */
  const change = async (
    tenantId: string,
    id: string,
    condition: Partial<StoredProvider>,
    update: UpdateQuery<StoredProvider>,
  ) => {
    const { matchedCount } = await providers.updateOne(
      { _id: naturalId(tenantId, id), tenantId, ...condition },
      update,
    );
    return matchedCount === 1;
  };

  return {
    get,
    async list(tenantId, { limit, offset }) {
      const filter = { tenantId, retired: false };
      const [found, total] = await Promise.all([
        providers.find(filter).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        providers.countDocuments(filter),
      ]);
      return { items: found.map(toProvider), total };
    },
    all: async (tenantId) =>
      (await providers.find({ tenantId }).sort({ name: 1, _id: 1 }).lean()).map(toProvider),
    async getByName(tenantId, name) {
      const found = await providers
        .find({ tenantId, name })
        .sort({ retired: 1, changedAt: -1 })
        .limit(1)
        .lean();
      return found[0] && toProvider(found[0]);
    },
    async create(tenantId, id, save) {
      const { set } = written(save);
      const made = {
        ...set,
        _id: naturalId(tenantId, id),
        tenantId,
        id,
        models: [],
        createdAt: save.at,
        retired: false,
      };
      try {
        await providers.create(made);
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
      return { ok: true, value: toProvider(made) };
    },
    async update(tenantId, id, expectedHash, save): ReturnType<ProviderStore['update']> {
      const { set, unset } = written(save);
      let saved: boolean;
      try {
        saved = await change(
          tenantId,
          id,
          { hash: expectedHash, retired: false },
          { $set: set, $unset: unset },
        );
      } catch (error) {
        if (isDuplicateKey(error)) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
        throw error;
      }
      const latest = await get(tenantId, id);
      if (!latest || latest.retired) return { ok: false, failure: { code: 'NOT_FOUND' } };
      return saved || latest.hash === set.hash
        ? { ok: true, value: latest }
        : { ok: false, failure: { code: 'VERSION_CONFLICT', latest } };
    },
    async beginCheck(tenantId, id, check) {
      const begun = await change(tenantId, id, { retired: false }, { $set: { status: 'validating', check } });
      return begun ? get(tenantId, id) : undefined;
    },
    async endCheck(tenantId, id, check, validation, models) {
      const { set, unset } = found(validation);
      const ended = await change(
        tenantId,
        id,
        { check },
        { $set: { ...set, ...(models && { models: [...models] }), check: '' }, $unset: unset },
      );
      return ended ? get(tenantId, id) : undefined;
    },
    reseal: (tenantId, id, from, to) =>
      change(tenantId, id, { sealedKey: from }, { $set: { sealedKey: to } }),
    retire: (tenantId, id) => change(tenantId, id, { retired: false }, { $set: { retired: true } }),
    async remove(tenantId, id) {
      const { deletedCount } = await providers.deleteOne({
        _id: naturalId(tenantId, id),
        tenantId,
        retired: true,
      });
      return deletedCount === 1;
    },
  };
}

function written({
  name,
  type,
  baseUrl,
  sealedKey,
  keyChangedAt,
  prices,
  scenario,
  validation,
  check,
  by,
  at,
}: ProviderSave) {
  const optional = { baseUrl, sealedKey, keyChangedAt, scenario };
  const outcome = found(validation);
  return {
    set: {
      name,
      type,
      ...present(optional),
      ...outcome.set,
      prices: JSON.stringify(prices),
      check,
      hash: contentHash(name, { type, baseUrl, keyChangedAt, prices, scenario }),
      changedAt: at,
      changedBy: by,
    },
    unset: { ...absent(optional), ...outcome.unset },
  };
}

function found({ status, code, message, validatedAt }: ProviderValidation) {
  return { set: { status, code, message, ...present({ validatedAt }) }, unset: absent({ validatedAt }) };
}

type Present<T> = { [N in keyof T]?: Exclude<T[N], undefined> };

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
const absent = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value === undefined)
      .map(([name]) => [name, 1]),
  );

const toProvider = ({
  _id,
  prices,
  status,
  code,
  message,
  validatedAt,
  check,
  ...provider
}: StoredProvider): Provider => ({
  ...provider,
  prices: JSON.parse(prices) as ModelPrice[],
  validation: { status, code, message, ...(validatedAt && { validatedAt }) },
});
