import type { ModelPrice, ModelProvider } from '@baton/engine/llm';
import type { AgentRun, RunDependencies } from '../runner.ts';
import type { RunSpending } from '../spending.ts';

/** A provider as it goes across: what costs what is asked at once over there, and so goes along. */
interface SentProvider extends Pick<ModelProvider, 'name' | 'generate'> {
  prices: { [model: string]: ModelPrice | undefined };
}

/** What a run asks of the world, as it is lent to its thread; all but the clock, which it has itself. */
export type SentPorts = Omit<RunDependencies, 'world' | 'models'> & {
  models: Omit<RunDependencies['models'], 'provider'> & {
    provider(tenantId: string, name: string): Promise<SentProvider | undefined>;
  };
};

/** Goes across as it is; whoever is given more than a run needs keeps it here. */
const asTheyAre = {
  catalog: true,
  tools: true,
  calls: true,
  conversations: true,
  questions: true,
  grants: true,
} satisfies { [N in Exclude<keyof RunDependencies, 'world' | 'models' | 'spending'>]-?: true };

function pick(dependencies: RunDependencies): Pick<RunDependencies, keyof typeof asTheyAre> {
  return Object.fromEntries(
    Object.entries(dependencies).filter(([name]) => Object.hasOwn(asTheyAre, name)),
  ) as unknown as Pick<RunDependencies, keyof typeof asTheyAre>;
}

/** Models a run may ask. */
function modelsOf({ agent: { definition } }: AgentRun): string[] {
  return [definition.model, ...definition.fallbacks.map(({ model }) => model)];
}

/**
 * @returns the ports, and the end of what a thread that ended itself could not end: money kept for its run
 */
export function sentPorts(
  run: AgentRun,
  dependencies: RunDependencies,
): { ports: SentPorts; end(): Promise<void> } {
  const { models, spending } = dependencies;
  const open = new Set<RunSpending>();
  const ports: SentPorts = {
    ...pick(dependencies),
    models: {
      ...models,
      async provider(tenantId, name) {
        const found = await models.provider(tenantId, name);
        return (
          found && {
            name: found.name,
            generate: (request, signal, heard) => found.generate(request, signal, heard),
            prices: Object.fromEntries(modelsOf(run).map((model) => [model, found.priceOf?.(model)])),
          }
        );
      },
    },
    ...(spending && {
      spending: {
        ...spending,
        async reserve(owner, most) {
          const reserved = await spending.reserve(owner, most);
          if (!reserved.ok) return reserved;
          const kept = reserved.value;
          open.add(kept);
          return {
            ok: true,
            value: {
              ...kept,
              async end() {
                open.delete(kept);
                await kept.end();
              },
            },
          };
        },
      },
    }),
  };
  return {
    ports,
    async end() {
      const left = [...open];
      open.clear();
      await Promise.all(left.map((kept) => kept.end()));
    },
  };
}

/** The same over there. */
export function receivedPorts(
  { models, ...rest }: SentPorts,
  world: RunDependencies['world'],
): RunDependencies {
  return {
    ...rest,
    world,
    models: {
      ...models,
      async provider(tenantId, name) {
        const found = await models.provider(tenantId, name);
        if (!found) return undefined;
        const { prices, generate } = found;
        return { name: found.name, generate, priceOf: (model) => prices[model] };
      },
    },
  };
}
