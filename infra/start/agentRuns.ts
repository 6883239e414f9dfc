import {
  type AssignedInstances,
  type Fork,
  forkRun,
  keptInput,
  type RunAgent,
  type RunDependencies,
  runAgent,
} from '@baton/engine/agents';
import { failed, type JsonValue, ok } from '@baton/engine/protocol';
import type { AgentRuns, OfferedModel } from '@baton/gateway';

export interface AgentRunsOptions extends RunDependencies {
  offered(tenantId: string): Promise<readonly OfferedModel[]>;
  instances: Pick<AssignedInstances, 'run'>;
  /** Does the runs; without, they go on here. */
  running?(dependencies: RunDependencies): RunAgent;
}

const nothing = { inputTokens: 0, outputTokens: 0, cost: 0 };

/** A run on request goes through the same runner as an agent's job in a process, and in the same instance of its assignment. */
export function createAgentRuns({
  offered,
  instances,
  running = (here) => (what, signal, heard) => runAgent(what, here, signal, heard),
  ...dependencies
}: AgentRunsOptions): AgentRuns {
  const { questions } = dependencies;
  const runSaved = running(dependencies);
  return {
    models: offered,
    async kept({ tenantId, agent: { id, name, version, content }, prompt, input }) {
      const agent = { id, version, definition: { ...content, name } };
      const keep = <T extends JsonValue>(asked: T) => keptInput(agent, tenantId, asked, dependencies);
      const kept = input && (await keep(input));
      return { prompt: await keep(prompt), input: typeof kept === 'object' ? kept : undefined };
    },
    async run(request, signal, heard) {
      const { tenantId, runId, agent, task, prompt, input, conversation, user, begun, fork } = request;
      const { id, name, version, content } = agent;
      const forked = fork && forkRun(fork.recording, fork.change);
      if (forked && !forked.ok) return { result: forked, text: '', usage: nothing };
      const asked: Fork['run'] = forked?.value.run ?? {
        agent: {
          id,
          version,
          definition: {
            ...content,
            name,
            userPrompt: prompt === '' ? content.userPrompt : asking(content.userPrompt),
          },
        },
        unsaved: version === 0 || prompt !== '',
        task: task && { definition: task, version: task.version },
        variables: { ...input, ...(prompt === '' ? {} : { prompt }) },
        conversation,
      };
      const doRun = forked ? running(forked.value.dependencies(dependencies, runId)) : runSaved;
      const run = () =>
        doRun(
          {
            ...asked,
            owner: {
              tenantId,
              processInstanceKey: runId,
              elementInstanceKey: runId,
              elementId: '',
              jobKey: '',
            },
            begun,
            waits: true,
            ...(user !== undefined && { user }),
          },
          signal,
          heard,
        );
      /** Whatever it still asks when it ends, nobody waits for. */
      async function ranHere() {
        try {
          const assigned =
            task &&
            !fork &&
            (await instances.run({ tenantId, agent: name, task: task.name, taskVersion: task.version }, run));
          return assigned ? assigned.value : await run();
        } finally {
          const left = await questions.ofElement(tenantId, runId);
          await questions.withdraw(
            tenantId,
            left.map(({ question }) => question.id),
          );
        }
      }
      const { result, text, usage } = await ranHere();
      if (result.ok) return { result: ok(result.value), text, usage };
      const { code, message } = result.failure;
      return { result: failed({ code, message }), text, usage };
    },
  };
}

/** Where the prompt goes: where the agent's own template says, or after it. */
function asking(template: string): string {
  if (/\{\{\s*prompt\s*\}\}/.test(template)) return template;
  return template.trim() === '' ? '{{prompt}}' : `${template}\n\n{{prompt}}`;
}
