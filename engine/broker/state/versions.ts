import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export interface Versioned<V> {
  readonly key: number;
  readonly tenantId: string;
  readonly value: V;
}

/** What identifies a version among the others. */
export interface VersionFacts {
  id: string;
  version: number;
  /** '' when none. */
  versionTag: string;
  /** The deployment it came with. */
  deploymentKey: number;
}

/** Deployed things of one kind by key, by id and version, by version tag and by deployment. */
export interface Versions<V> {
  get(key: number): Versioned<V> | undefined;
  latest(tenantId: string, id: string): Versioned<V> | undefined;
  /** The one that came latest with the version tag; none when that is deleted. */
  tagged(tenantId: string, id: string, versionTag: string): Versioned<V> | undefined;
  /** The one that came with the deployment. */
  deployedWith(tenantId: string, id: string, deploymentKey: number): Versioned<V> | undefined;
  /** Of every tenant, by key. */
  all(): Iterable<Versioned<V>>;
  add(one: Versioned<V>): void;
  /** Nothing uses it any more; `deleted` still shows it. */
  remove(key: number): void;
  deleted(key: number): Versioned<V> | undefined;
  allDeleted(): Iterable<Versioned<V>>;
}

export function createVersions<V>(
  store: Store,
  name: string,
  factsOf: (value: V) => VersionFacts,
): Versions<V> {
  const things = store.table<number, Versioned<V>>(name);
  const gone = store.table<number, Versioned<V>>(`${name}Deleted`);
  const versions = store.table<[string, string, number], number>(`${name}Versions`);
  const tags = store.table<[string, string, string], number>(`${name}VersionTags`);
  const deployments = store.table<[string, string, number], number>(`${name}ByDeployment`);
  const byKey = (key: number | undefined) => (key === undefined ? undefined : things.get(key));

  return {
    get: (key) => things.get(key),
    latest(tenantId, id) {
      const start: [string, string, number] = [tenantId, keyPart(id), 0];
      const end: [string, string, number] = [tenantId, keyPart(id), Number.MAX_SAFE_INTEGER];
      for (const { value } of versions.range({ start, end, reverse: true, limit: 1 }))
        return things.get(value);
      return undefined;
    },
    tagged: (tenantId, id, versionTag) => byKey(tags.get([tenantId, keyPart(id), keyPart(versionTag)])),
    deployedWith: (tenantId, id, deploymentKey) =>
      byKey(deployments.get([tenantId, keyPart(id), deploymentKey])),
    *all() {
      for (const { value } of things.range()) yield value;
    },
    add(one) {
      const { key, tenantId } = one;
      const { id, version, versionTag, deploymentKey } = factsOf(one.value);
      things.put(key, one);
      versions.put([tenantId, keyPart(id), version], key);
      deployments.put([tenantId, keyPart(id), deploymentKey], key);
      if (versionTag !== '') tags.put([tenantId, keyPart(id), keyPart(versionTag)], key);
    },
    remove(key) {
      const one = things.get(key);
      if (!one) return;
      const { id, version } = factsOf(one.value);
      things.delete(key);
      gone.put(key, one);
      versions.delete([one.tenantId, keyPart(id), version]);
    },
    deleted: (key) => gone.get(key),
    *allDeleted() {
      for (const { value } of gone.range()) yield value;
    },
  };
}
