import type { Schedule } from '@baton/engine/client';
import type { Feel } from '@baton/engine/feel';
import type { JsonObject } from '@baton/engine/protocol';
import type { Outbound } from '@baton/gateway';
import type { DocumentStore } from '@baton/infra/store';
import {
  createSandboxPool,
  createToolConnections,
  createTypeChecker,
  startOwnThread,
  type ToolConnections,
  type ToolRuntime,
  type ToolWorld,
  type TypeChecker,
} from '@baton/tools-registry';
import {
  type Embedder,
  type JsonValue,
  noCapabilities,
  type ToolConnection,
} from '@baton/tools-registry/contract';

export interface ToolRuntimeOptions {
  /** Compiled threads: of the sandbox, and of the type check. */
  script: URL;
  checkScript: URL;
  cores: number;
  now(): number;
  schedule: Schedule;
  newSeed(): string;
  feel: Feel;
  store: Pick<DocumentStore, 'toolGrants' | 'toolValues'>;
  secret(tenantId: string, name: string): Promise<string | undefined>;
  /** Where connections may go, and those a tenant has. */
  outbound: Pick<Outbound, 'fetch' | 'lookup' | 'refusal'>;
  connection(tenantId: string, name: string): Promise<ToolConnection | undefined>;
  embedder: Embedder;
  /** Asks a model of the tenant's. */
  ask: ToolWorld['ask'];
}

export interface OpenToolRuntime extends ToolRuntime {
  types: TypeChecker;
  connections: ToolConnections;
  /** Whether FEEL over the arguments holds; anything but a clear no is a yes. */
  holds(expression: string, input: JsonValue): boolean;
  /** What is wrong with FEEL over arguments that has to be true or false. */
  conditionProblem(condition: string): string | undefined;
}

/** What tools run in and on. */
export function openToolRuntime(options: ToolRuntimeOptions): OpenToolRuntime {
  const { script, cores, now, schedule, newSeed, feel, store } = options;
  const sandbox = createSandboxPool({
    start: startOwnThread(script),
    threads: Math.max(2, cores),
    atMost: Math.max(2, cores) * 4,
    now,
    schedule,
    newSeed,
  });
  const connections = createToolConnections({ connection: options.connection, dial: options.outbound });
  return {
    sandbox,
    connections,
    world: {
      fetch: options.outbound.fetch,
      now,
      granted: async (tenantId, toolId) => (await store.toolGrants.get(tenantId, toolId)) ?? noCapabilities,
      secret: options.secret,
      values: store.toolValues,
      connections,
      ask: options.ask,
      embedder: options.embedder,
      feel(expression, variables) {
        const parsed = feel.parse(asExpression(expression));
        if (!parsed.ok) return { ok: false, message: parsed.failure.message };
        const evaluated = feel.evaluate(parsed.value, variables as JsonObject, now());
        return evaluated.ok
          ? { ok: true, value: evaluated.value.value as JsonValue }
          : { ok: false, message: evaluated.failure.message };
      },
    },
    types: createTypeChecker({ script: options.checkScript, schedule }),
    conditionProblem(condition) {
      const parsed = feel.parse(asExpression(condition));
      return parsed.ok ? undefined : parsed.failure.message;
    },
    holds: (expression, input) => holds(feel, expression, input, now()),
  };
}

/** Whether a condition over the arguments is met. Only a clear no is a no: what cannot be evaluated asks a person. */
function holds(feel: Feel, expression: string, input: unknown, now: number): boolean {
  const parsed = feel.parse(asExpression(expression));
  if (!parsed.ok) return true;
  const variables = typeof input === 'object' && input && !Array.isArray(input) ? (input as JsonObject) : {};
  const evaluated = feel.evaluate(parsed.value, variables, now);
  return !evaluated.ok || evaluated.value.value !== false;
}

/** Conditions are FEEL, with or without the `=` that marks it elsewhere. */
function asExpression(condition: string): string {
  return condition.startsWith('=') ? condition : `=${condition}`;
}
