import type { Secrets } from './secrets.ts';

/**
 * Encrypts anew what lies under an old key. What does not open stays as it is.
 * @param put stores it, unless it has changed meanwhile
 */
export async function sealAnew(
  secrets: Secrets,
  sealed: string | undefined,
  place: string,
  put: (again: string) => Promise<boolean>,
): Promise<boolean> {
  if (sealed === undefined || secrets.isCurrent(sealed)) return false;
  const opened = secrets.open(sealed, place);
  return opened.ok && put(secrets.seal(opened.value, place));
}

/** A tenant's sealed things by name. */
export interface SealedByName {
  list(
    tenantId: string,
    page: { limit: number; offset: number },
  ): Promise<{
    items: readonly { name: string }[];
    total: number;
  }>;
  sealed(tenantId: string, name: string): Promise<string | undefined>;
  reseal(tenantId: string, name: string, from: string, to: string): Promise<boolean>;
}

/** Things that are read at once. */
const portion = 200;

/** @returns how many were encrypted anew */
export async function sealAllAnew(
  secrets: Secrets,
  store: SealedByName,
  placeOf: (tenantId: string, name: string) => string,
  tenantIds: readonly string[],
): Promise<number> {
  let anew = 0;
  for (const tenantId of tenantIds) {
    for (let offset = 0; ; offset += portion) {
      const { items, total } = await store.list(tenantId, { limit: portion, offset });
      for (const { name } of items) {
        const sealed = await store.sealed(tenantId, name);
        const put = (again: string) => store.reseal(tenantId, name, sealed ?? '', again);
        if (await sealAnew(secrets, sealed, placeOf(tenantId, name), put)) anew += 1;
      }
      if (offset + portion >= total) break;
    }
  }
  return anew;
}
