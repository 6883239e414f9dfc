import type { Schedule } from '@baton/engine/client';
import type { Feel } from '@baton/engine/feel';
import type { JsonObject } from '@baton/engine/protocol';
import type { DocumentStore } from '@baton/infra/store';
import { createSandboxPool, startOwnThread, type ToolRuntime } from '@baton/tools-registry';
import { noCapabilities } from '@baton/tools-registry/contract';

export interface ToolRuntimeOptions {
  /** Compiled thread of the sandbox. */
  script: URL;
  cores: number;
  now(): number;
  schedule: Schedule;
  newSeed(): string;
  feel: Feel;
  store: Pick<DocumentStore, 'toolGrants' | 'toolValues'>;
  /** Guarded against addresses inside. */
  fetch: typeof fetch;
  secret(tenantId: string, name: string): Promise<string | undefined>;
}

/** What tools run in and on; the threads start at once, so that nobody waits for them. */
export function openToolRuntime(options: ToolRuntimeOptions): ToolRuntime {
  const { script, cores, now, schedule, newSeed, feel, store } = options;
  const sandbox = createSandboxPool({
    start: startOwnThread(script),
    threads: Math.max(2, cores),
    atMost: Math.max(2, cores) * 4,
    now,
    schedule,
    newSeed,
  });
  sandbox.warm();
  return {
    sandbox,
    world: {
      fetch: options.fetch,
      now,
      granted: async (tenantId, toolId) => (await store.toolGrants.get(tenantId, toolId)) ?? noCapabilities,
      secret: options.secret,
      values: store.toolValues,
    },
    holds: (expression, input) => holds(feel, expression, input, now()),
  };
}

/** Whether a condition over the arguments is met. Only a clear no is a no: what cannot be evaluated asks a person. */
function holds(feel: Feel, expression: string, input: unknown, now: number): boolean {
  const parsed = feel.parse(expression.startsWith('=') ? expression : `=${expression}`);
  if (!parsed.ok) return true;
  const variables = typeof input === 'object' && input && !Array.isArray(input) ? (input as JsonObject) : {};
  const evaluated = feel.evaluate(parsed.value, variables, now);
  return !evaluated.ok || evaluated.value.value !== false;
}
