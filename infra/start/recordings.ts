import {
  cassetteOf,
  compareRuns,
  forkRun,
  type ReplayWith,
  recordingOf,
  replayRun,
} from '@baton/engine/agents';
import { type AgentRecording, failed, type GrantStore, type JsonObject } from '@baton/engine/protocol';
import type { Recordings } from '@baton/gateway';
import type { ResourceStore } from '@baton/infra/store';
import { agentCatalog } from './catalogs.ts';

export interface RecordingsOptions {
  resources: ResourceStore;
  /** Without it, limits were never raised. */
  grants?: Pick<GrantStore, 'ofElement'>;
  /** Keys of the tenant's providers, for its policies to look for. */
  secrets(tenantId: string): Promise<readonly string[]>;
  /** Of the tenant's tools: no cassette holds them. */
  toolSecrets(tenantId: string): Promise<readonly string[]>;
}

/** Recordings of runs with the definitions they used, which stay readable at their versions. */
export function createRecordings({ resources, grants, secrets, toolSecrets }: RecordingsOptions): Recordings {
  const asDefinition = (found: { name: string; content: unknown } | undefined): JsonObject | undefined =>
    found && { ...(found.content as JsonObject), name: found.name };

  /** As a run that began now would find them. */
  async function latest(tenantId: string, recording: AgentRecording): Promise<ReplayWith> {
    const { agent, task, policy, prompts } = recording;
    const saved = await resources.get(tenantId, 'agent', agent.id);
    const catalog = agentCatalog(resources);
    const now = saved && (await catalog.agent(tenantId, saved.name, undefined));
    const texts = await Promise.all(
      prompts.map(async ({ name, label }) => {
        const found = await catalog.prompt(tenantId, name, label === null ? undefined : { label });
        return found ? [[label === null ? name : `${name}@${label}`, found.definition.text]] : [];
      }),
    );
    const taskNow = task && asDefinition(await resources.getByName(tenantId, 'task', task.name));
    const policyNow = policy && asDefinition(await resources.getByName(tenantId, 'policy', policy.name));
    return {
      ...(now && { agent: asked(now.definition as unknown as JsonObject, agent.definition) }),
      ...(taskNow && { task: taskNow }),
      ...(policyNow && { policy: policyNow }),
      prompts: Object.fromEntries(texts.flat()),
    };
  }

  return {
    async of(tenantId, calls, end) {
      const [first] = calls;
      const given = first && grants ? await grants.ofElement(tenantId, first.elementInstanceKey) : [];
      const recording = await recordingOf(calls, end, given, {
        async agent(id, version) {
          const found = await resources.get(tenantId, 'agent', id, version);
          const saved = found && (await agentCatalog(resources).agent(tenantId, found.name, version));
          return (
            saved && { name: saved.definition.name, definition: saved.definition as unknown as JsonObject }
          );
        },
        named: async (kind, name, version) =>
          asDefinition(await resources.getByName(tenantId, kind, name, version)),
      });
      return recording.ok ? recording : failed(recording.failure.message);
    },
    async replay(tenantId, recording, against) {
      const now = against === 'latest' ? await latest(tenantId, recording) : {};
      return replayRun(recording, { ...now, secrets: await secrets(tenantId) });
    },
    forkProblem(recording, change) {
      const fork = forkRun(recording, change);
      return fork.ok ? undefined : fork.failure.message;
    },
    compared: compareRuns,
    cassette: async (tenantId, recording) =>
      cassetteOf(recording, [...(await secrets(tenantId)), ...(await toolSecrets(tenantId))]),
  };
}

/** A run that was asked something of its own is asked it by the latest definition too. */
function asked(now: JsonObject, recorded: JsonObject): JsonObject {
  const { userPrompt = '' } = recorded as { userPrompt?: string };
  return /\{\{\s*prompt\s*\}\}/.test(userPrompt) && !/\{\{\s*prompt\s*\}\}/.test(String(now.userPrompt))
    ? { ...now, userPrompt }
    : now;
}
