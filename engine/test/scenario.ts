import type { Broker, CommandRequest, CommandResponse } from '@baton/engine/broker';
import { commands, createBroker } from '@baton/engine/broker';
import { createFeel } from '@baton/engine/feel';
import {
  type AnyRecord,
  DEFAULT_TENANT,
  type DeploymentValue,
  type JsonObject,
  type Rejection,
  type Result,
  type ValueOf,
  type ValueType,
} from '@baton/engine/protocol';
import type { ActivatedJob } from '../broker/processing/types.ts';
import { createTestWorld } from '../broker/stream/testWorld.ts';

type Outcome = Result<CommandResponse, Rejection>;

const feel = createFeel();

/** A broker in memory, with a clock that stands still until the scenario moves it. */
export class Scenario {
  readonly broker: Broker;
  readonly tenantId: string;
  private readonly world: ReturnType<typeof createTestWorld>;
  private readonly seen: AnyRecord[];

  private constructor(
    broker: Broker,
    world: ReturnType<typeof createTestWorld>,
    seen: AnyRecord[],
    tenantId: string,
  ) {
    this.broker = broker;
    this.world = world;
    this.seen = seen;
    this.tenantId = tenantId;
  }

  /** `open` makes another broker than the usual one. */
  static async begin(tenantId = DEFAULT_TENANT, open = createBroker): Promise<Scenario> {
    const world = createTestWorld();
    const broker = await open({ dataDirectory: undefined, world, feel, maxPendingCommands: 10_000 });
    const seen: AnyRecord[] = [];
    broker.subscribe(-1, (records) => void seen.push(...records));
    return new Scenario(broker, world, seen, tenantId);
  }

  /** The same broker as another tenant sees it. */
  as(tenantId: string): Scenario {
    return new Scenario(this.broker, this.world, this.seen, tenantId);
  }

  // what people, clients and workers do

  async execute<T extends ValueType>(request: CommandRequest<T>): Promise<Outcome> {
    const outcome = await this.broker.execute(request);
    await this.settled();
    return outcome;
  }

  /** As the sender of a tenant: what belongs to others is out of reach. */
  within<T extends ValueType>(request: CommandRequest<T>): Promise<Outcome> {
    return this.execute({ ...request, tenantId: this.tenantId });
  }

  deploy(xml: string, resourceName = 'process.bpmn'): Promise<DeploymentValue> {
    return this.deployTogether([{ name: resourceName, content: xml }]);
  }

  async deployTogether(files: readonly { name: string; content: string }[]): Promise<DeploymentValue> {
    const resources = files.map(({ name, content }) => ({ resourceName: name, resource: content }));
    return accepted(await this.execute(commands.deploy(resources, this.tenantId))).value as DeploymentValue;
  }

  create(bpmnProcessId: string, variables: JsonObject = {}, version = -1): Promise<Outcome> {
    return this.execute(
      commands.createInstance({ bpmnProcessId, version, processDefinitionKey: -1, variables }, this.tenantId),
    );
  }

  /** Starts an instance and gives its key. */
  async started(bpmnProcessId: string, variables: JsonObject = {}): Promise<number> {
    const { value } = accepted(await this.create(bpmnProcessId, variables));
    return (value as ValueOf['PROCESS_INSTANCE_CREATION']).processInstanceKey;
  }

  async activate(
    type: string,
    options: { max?: number; timeout?: number; fetchVariables?: string[]; tenantIds?: string[] } = {},
  ): Promise<ActivatedJob[]> {
    const outcome = await this.execute(
      commands.activateJobs({
        type,
        worker: 'worker',
        timeout: options.timeout ?? 60_000,
        maxJobsToActivate: options.max ?? 100,
        fetchVariables: options.fetchVariables ?? [],
        tenantIds: options.tenantIds ?? [this.tenantId],
      }),
    );
    return accepted(outcome).attachment as ActivatedJob[];
  }

  /** The one job of a type that waits. */
  async job(type: string): Promise<ActivatedJob> {
    const jobs = await this.activate(type);
    if (jobs.length !== 1) throw new Error(`Expected one job of type '${type}', but found ${jobs.length}`);
    return jobs[0]!;
  }

  async complete(type: string, variables: JsonObject = {}): Promise<void> {
    const { key } = await this.job(type);
    accepted(await this.execute(commands.completeJob(key, variables)));
  }

  async throwError(
    type: string,
    errorCode: string,
    variables: JsonObject = {},
    errorMessage = '',
  ): Promise<void> {
    const { key } = await this.job(type);
    accepted(await this.execute(commands.throwError(key, { errorCode, errorMessage, variables })));
  }

  async fail(
    type: string,
    failure: { retries: number; errorMessage?: string; retryBackoff?: number; variables?: JsonObject },
  ): Promise<number> {
    const { key } = await this.job(type);
    accepted(
      await this.execute(
        commands.failJob(key, { errorMessage: '', retryBackoff: 0, variables: {}, ...failure }),
      ),
    );
    return key;
  }

  async wait(ms: number): Promise<void> {
    this.world.advance(ms);
    for (let before = -1; before < this.seen.length; ) {
      before = this.seen.length;
      await this.settled();
      // what fell due by the records just written
      this.world.advance(0);
      await this.settled();
    }
  }

  get now(): number {
    return this.world.now();
  }

  // what is seen

  get records(): readonly AnyRecord[] {
    return this.seen;
  }

  /** `INTENT elementId` of the process instance events, in order. */
  trace(...intents: string[]): string[] {
    return this.events('PROCESS_INSTANCE')
      .filter(({ intent }) => intents.length === 0 || intents.includes(intent))
      .map(({ intent, value }) => `${intent} ${value.elementId}`);
  }

  /** Ids of completed elements, in order. */
  get completed(): string[] {
    return this.trace('ELEMENT_COMPLETED').map((entry) => entry.slice('ELEMENT_COMPLETED '.length));
  }

  get terminated(): string[] {
    return this.trace('ELEMENT_TERMINATED').map((entry) => entry.slice('ELEMENT_TERMINATED '.length));
  }

  events<T extends ValueType>(valueType: T, intent?: string): Extract<AnyRecord, { valueType: T }>[] {
    return this.seen.filter(
      (record): record is Extract<AnyRecord, { valueType: T }> =>
        record.recordType === 'EVENT' &&
        record.valueType === valueType &&
        (intent === undefined || record.intent === intent),
    );
  }

  /** Variables as the records tell: the last value of each name in each scope, scopes by element id. */
  variables(): { [elementId: string]: JsonObject } {
    const scopes = new Map<number, string>();
    for (const { key, value } of this.events('PROCESS_INSTANCE')) scopes.set(key, value.elementId);
    const variables: { [elementId: string]: JsonObject } = {};
    for (const { intent, value } of this.events('VARIABLE')) {
      if (intent === 'MIGRATED') continue;
      const scope = scopes.get(value.scopeKey) ?? `${value.scopeKey}`;
      variables[scope] = { ...variables[scope], [value.name]: value.value };
    }
    return variables;
  }

  /** Open incidents. */
  get incidents(): { key: number; errorType: string; errorMessage: string; elementId: string }[] {
    const resolved = new Set(this.events('INCIDENT', 'RESOLVED').map(({ key }) => key));
    return this.events('INCIDENT', 'CREATED')
      .filter(({ key }) => !resolved.has(key))
      .map(({ key, value: { errorType, errorMessage, elementId } }) => ({
        key,
        errorType,
        errorMessage,
        elementId,
      }));
  }

  /** Lets everything happen that needs no more than the broker itself. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  close(): Promise<void> {
    return this.broker.close();
  }
}

export function accepted(outcome: Outcome): CommandResponse {
  if (!outcome.ok)
    throw new Error(`Expected the command to be accepted, but: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}
