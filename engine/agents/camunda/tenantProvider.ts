import type { ModelCatalog } from '../definitions.ts';

/** Providers that a tenant has set up. */
export interface NamedProvider {
  name: string;
  type: string;
}

/** `openaiCompatible` as tenants name it: `openai-compatible`. */
const dashed = (type: string) => type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * The tenant's own provider for what a model calls `bedrock`, `openai`, …: the one of that name, else the first of that type.
 * Its keys and addresses are used, not those that the model may name.
 */
export async function tenantProviderOf(
  tenantId: string,
  type: string,
  models: Pick<ModelCatalog, 'provider'>,
  all: (tenantId: string) => Promise<readonly NamedProvider[]>,
): Promise<string | undefined> {
  const names = [...new Set([type, dashed(type)])];
  for (const name of names) if (await models.provider(tenantId, name)) return name;
  return (await all(tenantId)).find((provider) => names.includes(provider.type))?.name;
}
