import { type Provider, providerRoutes } from '@baton/gateway/api';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { bodyOf, type ProviderDraft } from './providerDraft.ts';
import type { Providers } from './providersStore.ts';

/** Has the gateway check the selected provider, or this one; the outcome comes by itself. */
export async function checkAgain(
  platform: Platform,
  providers: Providers,
  id = providers.getState().selected,
): Promise<void> {
  if (id === undefined || id === 'new') return;
  const begun = await platform.api.call(providerRoutes.validate, { params: { id } });
  if (begun.ok) providers.put(begun.value);
  else platform.notifications.failure(begun.failure);
}

/** Saves what was typed; the gateway checks it at once. Answers what was refused. */
export async function saveProvider(
  platform: Platform,
  providers: Providers,
  saved: Provider | undefined,
  draft: ProviderDraft,
): Promise<Failure | undefined> {
  const body = bodyOf(draft);
  // A name is free again when what had it is gone.
  if (!saved) await platform.deletions.finish();
  const answer = saved
    ? await platform.api.call(providerRoutes.replace, { params: { id: saved.id }, body, ifMatch: saved.hash })
    : await platform.api.call(providerRoutes.create, { body });
  if (!answer.ok) return answer.failure;
  providers.put(answer.value);
  providers.select(answer.value.id);
  return undefined;
}

export function deleteProvider(
  { api, deletions }: Platform,
  providers: Providers,
  { id, name, agents }: Provider,
): void {
  providers.select(undefined);
  deletions.delete({
    resource: { kind: 'provider', id },
    title: `Provider ${name}`,
    consequence:
      agents === 0
        ? 'No agent names it. Its API key goes with it.'
        : `${agents === 1 ? '1 agent names it and goes' : `${agents} agents name it and go`} on with it; nobody can choose it any more.`,
    async remove(keepalive) {
      const answer = await api.call(providerRoutes.delete, { params: { id }, keepalive });
      if (answer.ok) providers.drop(id);
      return answer;
    },
  });
}
