import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineClient, type EngineClient, type EngineFailure } from '@baton/engine/client';
import type { ModelRequest, ModelResponse } from '@baton/engine/llm';
import { type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { type JobHandler, startWorker, type Worker } from '@baton/engine/worker';
import { type Engine, startEngine } from '../../../main.ts';
import { scripted } from '../../runTest.ts';
import { AGENTIC_JOB_TYPES, type AgenticWorkerDependencies, createAgenticHandler } from '../index.ts';

export const tenantId = 'acme';

const schedule = (ms: number, callback: () => void) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

/** A model of the form beside these tests, with its forms. */
export async function filesOf(
  name: string,
  ...forms: string[]
): Promise<{ name: string; content: string }[]> {
  const files = [`${name}.bpmn`, ...forms.map((form) => `${form}.form`)];
  return Promise.all(
    files.map(async (file) => ({
      name: file,
      content: await readFile(new URL(file, import.meta.url), 'utf8'),
    })),
  );
}

/** The real broker behind its doors, and the agent's worker with a model that answers by a script. */
export interface AgenticWorld {
  engine: EngineClient;
  asked: ModelRequest[];
  /** What the model says, in turn; a request beyond it waits until there is more. */
  say(...answers: ModelResponse[]): void;
  calls: ReturnType<typeof scripted>['calls'];
  dependencies: AgenticWorkerDependencies;
  /** Begins the agent's worker, as a new process would. */
  work(changes?: Partial<AgenticWorkerDependencies>): Promise<void>;
  handle(type: string, handler: JobHandler): void;
  stopWorkers(): Promise<void>;
  deploy(files: { name: string; content: string }[]): Promise<void>;
  start(bpmnProcessId: string, variables: JsonObject): Promise<string>;
  /** The user task that waits at the element. */
  task(instance: string, elementId: string): Promise<string>;
  ended(instance: string, state?: 'COMPLETED' | 'TERMINATED'): Promise<{ [name: string]: JsonValue }>;
  incident(instance: string): Promise<{ incidentKey: string; errorType: string; errorMessage: string }>;
  /** Keys of the jobs of a run that have incidents. */
  jobs(instance: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

type Command = (...given: unknown[]) => Promise<Result<unknown, EngineFailure>>;

/** A busy machine makes the broker refuse what it may take a moment later. */
function patient(commands: EngineClient['commands']): EngineClient['commands'] {
  const asking =
    (command: Command): Command =>
    async (...given) =>
      until(async () => {
        const answer = await command(...given);
        return answer.ok || answer.failure.code !== 'RESOURCE_EXHAUSTED' ? answer : undefined;
      });
  const all = Object.entries(commands).map(([name, command]) => [name, asking(command as Command)]);
  return Object.fromEntries(all) as EngineClient['commands'];
}

export async function openAgenticWorld(): Promise<AgenticWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-agentic-'));
  const broker: Engine = await startEngine({
    host: '127.0.0.1',
    grpcPort: 0,
    restPort: 0,
    dataDirectory: folder,
  });
  const client = createEngineClient({ ...broker, onlyTenant: undefined, fetch, schedule });
  const engine = { ...client, commands: patient(client.commands) };
  const script = scripted();
  const answers: ModelResponse[] = [];
  const provider = {
    name: 'bedrock',
    async generate(request: ModelRequest, signal: AbortSignal) {
      script.asked.push(structuredClone(request));
      await until(async () => answers.length > 0 || signal.aborted);
      const answer = answers.shift();
      if (signal.aborted || !answer) throw new Error('nobody waits for the answer');
      return ok(answer);
    },
  };
  const dependencies: AgenticWorkerDependencies = {
    ...script.dependencies,
    models: {
      provider: async (_tenantId, name) => (name === 'bedrock' ? provider : undefined),
      secrets: async () => [],
    },
    providers: async () => [{ name: 'bedrock', type: 'mock' }],
    world: { ...script.dependencies.world, schedule },
  };
  const workers: Worker[] = [];
  const handle: AgenticWorld['handle'] = (type, handler) => {
    workers.push(
      startWorker(
        engine,
        {
          type,
          name: 'baton',
          tenantIds: [tenantId],
          timeout: 60_000,
          maxActiveJobs: 8,
          renews: true,
          handler,
        },
        { now: Date.now, schedule },
      ),
    );
  };
  const stopWorkers = async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close(0)));
  };
  return {
    engine,
    asked: script.asked,
    say: (...more) => void answers.push(...more),
    calls: script.calls,
    dependencies,
    async work(changes = {}) {
      const handler = createAgenticHandler({ ...dependencies, ...changes });
      for (const type of AGENTIC_JOB_TYPES) handle(type, handler);
    },
    handle,
    stopWorkers,
    async deploy(files) {
      const deployed = await engine.commands.deploy(tenantId, files);
      if (!deployed.ok) throw new Error(deployed.failure.message);
    },
    async start(bpmnProcessId, variables) {
      const created = await engine.commands.createInstance(tenantId, { bpmnProcessId }, variables);
      if (!created.ok) throw new Error(created.failure.message);
      return created.value.processInstanceKey;
    },
    task: (instance, elementId) =>
      until(async () => {
        const found = await engine.queries.userTasks(
          tenantId,
          { state: 'CREATED', processInstanceKey: instance },
          { from: 0, limit: 10 },
        );
        return found.ok && found.value.items.find((task) => task.elementId === elementId)?.userTaskKey;
      }),
    async ended(instance, state = 'COMPLETED') {
      await until(async () => {
        const found = await engine.queries.instance(tenantId, instance);
        return found.ok && found.value.state === state;
      });
      const variables = await engine.queries.variables(tenantId, instance);
      if (!variables.ok) throw new Error(variables.failure.message);
      return Object.fromEntries(
        variables.value
          .filter(({ scopeKey }) => scopeKey === instance)
          .map(({ name, value }) => [name, value]),
      );
    },
    incident: (instance) =>
      until(async () => {
        const found = await engine.queries.incidents(
          tenantId,
          { processInstanceKey: instance },
          { from: 0, limit: 10 },
        );
        return found.ok && found.value.items.find((each) => each.state === 'ACTIVE');
      }),
    async jobs(instance) {
      const found = await engine.queries.incidents(
        tenantId,
        { processInstanceKey: instance },
        { from: 0, limit: 10 },
      );
      return found.ok ? found.value.items.flatMap(({ jobKey }) => jobKey ?? []) : [];
    },
    async close() {
      await stopWorkers();
      await engine.close();
      await broker.close();
      await rm(folder, { recursive: true });
    },
  };
}
