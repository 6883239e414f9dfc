import type { JsonValue } from '@baton/gateway/api';
import { isObject } from '../../platform/contentPath.ts';
import type { KnownProvider } from './knownResources.ts';

export interface ModelChoice {
  provider: string;
  model: string;
}

/** How many models can stand behind the first: as many as the contract of agents has room for. */
export const maxFallbacks = 5;

/** The chain as it can be shown while it is being written: what is no choice yet is an empty one. */
export function chainOf(value: JsonValue | undefined): ModelChoice[] {
  const text = (part: JsonValue | undefined) => (typeof part === 'string' ? part : '');
  return Array.isArray(value)
    ? value.map((item) =>
        isObject(item)
          ? { provider: text(item.provider), model: text(item.model) }
          : { provider: '', model: '' },
      )
    : [];
}

/** The chain with one of its models at another place. */
export function moved<T>(chain: readonly T[], from: number, to: number): T[] {
  const rest = chain.filter((_, at) => at !== from);
  return [...rest.slice(0, to), chain[from]!, ...rest.slice(to)];
}

/** What is most likely wanted next: the first model of a connected provider that is not asked before. */
export function nextChoice(providers: readonly KnownProvider[], asked: readonly ModelChoice[]): ModelChoice {
  const left = (provider: KnownProvider) =>
    provider.models.find(
      (model) => !asked.some((choice) => choice.provider === provider.name && choice.model === model),
    );
  const others = providers.filter(({ name }) => !asked.some((choice) => choice.provider === name));
  const found = [...others, ...providers].find(
    (provider) => provider.status === 'connected' && left(provider) !== undefined,
  );
  const any = found ?? others[0] ?? providers[0];
  return { provider: any?.name ?? '', model: (any && left(any)) ?? '' };
}
