import { type JsonObject, type JsonValue, readJson } from '@baton/engine/protocol';
import type { Scenario, Step } from './scenario.ts';
import type { SeenRecord, Target } from './target.ts';
import { createTrace, plainHeaders, withoutKeys } from './trace.ts';

/** What one step brought. */
export interface StepOutcome {
  step: string;
  /** What the client got: the answer without keys, or `CODE: text`. */
  answer?: JsonValue;
  /** What the broker published, one line a record; absent where it cannot be seen. */
  records?: string[];
}

/** Raised when a scenario needs something that this broker does not show or does not know. */
export class CannotRun extends Error {}

const codes = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
];

interface JobAnswer {
  key: string;
  type: string;
  elementId: string;
  elementInstanceKey: string;
  bpmnProcessId: string;
  processDefinitionVersion: number;
  customHeaders: string;
  worker: string;
  retries: number;
  variables: string;
  tenantId: string;
}

interface Answer {
  [name: string]: unknown;
  processInstanceKey?: string;
  processDefinitionKey?: string;
  bpmnProcessId?: string;
  version?: number;
  brokers?: { partitions: unknown[] }[];
  deployments?: { [kind: string]: { [name: string]: unknown } | string | null }[];
  processInstances?: { processInstanceKey: string }[];
}

/** A refused call: code and text. */
export function refusal(error: unknown): string {
  const { code, details } = error as { code?: number; details?: string };
  if (code === undefined) throw error;
  return `${codes[code]}: ${withoutKeys(details ?? '')}`;
}

/** Names that records give to keys: name, value type, intent, field with the id. */
const namedKeys: readonly (readonly [string, string, string, string])[] = [
  ['$element', 'PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', 'elementId'],
  ['$incident', 'INCIDENT', 'CREATED', 'elementId'],
  ['$userTask', 'USER_TASK', 'CREATING', 'elementId'],
  ['$batch', 'BATCH_OPERATION_CREATION', 'CREATED', 'batchOperationType'],
];

/** What a deployment answers: kind, field with the id, name of its key, field with the key. */
export const deployables: readonly (readonly [string, string, string, string])[] = [
  ['process', 'bpmnProcessId', '$definition', 'processDefinitionKey'],
  ['decision', 'dmnDecisionId', '$decision', 'decisionKey'],
  ['decisionRequirements', 'dmnDecisionRequirementsId', '$requirements', 'decisionRequirementsKey'],
  ['form', 'formId', '$form', 'formKey'],
  ['resource', 'resourceId', '$resource', 'resourceKey'],
];

/** Fields of answers whose text is JSON. */
const holdsJson = ['variables', 'decisionOutput', 'inputValue', 'outputValue'];

/** Runs a scenario and writes down what came of each step. Leaves no instance of its own running. */
export async function run(scenario: Scenario, target: Target): Promise<StepOutcome[]> {
  const seen = new Map<string, string>();
  const later = new Map<string, Promise<JsonValue>>();
  const trace = createTrace();
  const instances: string[] = [];
  const outcomes: StepOutcome[] = [];

  /** The newest goes by the name alone, each by its place: `$element.a` and `$element.a#2`. */
  function remember(name: string, key: string): void {
    seen.set(name, key);
    let place = 1;
    for (; seen.has(`${name}#${place}`); place++) if (seen.get(`${name}#${place}`) === key) return;
    seen.set(`${name}#${place}`, key);
  }

  function note({ valueType, intent, key, value }: SeenRecord): void {
    for (const [name, kind, when, idField] of namedKeys)
      if (kind === valueType && when === intent) remember(`${name}.${value[idField]}`, `${key}`);
    // by a command that has no RPC
    if (valueType === 'PROCESS_INSTANCE_CREATION' && intent === 'CREATED')
      remember('$instance', `${value.processInstanceKey}`);
  }

  function resolved(value: JsonValue, name = ''): JsonValue {
    if (typeof value === 'string' && value.startsWith('$')) {
      const key = seen.get(value);
      if (key === undefined) throw new CannotRun(`${value} is not visible to a client here`);
      return key;
    }
    if (name === 'content' && typeof value === 'string') return Buffer.from(value) as unknown as JsonValue;
    if (name === 'variables' && typeof value === 'object') return JSON.stringify(value);
    if (Array.isArray(value)) return value.map((item) => resolved(item));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, key)]));
    return value;
  }

  const tenantOf = (tenantId: string) => (tenantId === target.defaultTenant ? '<default>' : tenantId);

  function jobAnswer(job: JobAnswer): JsonValue {
    remember(`$job.${job.type}`, job.key);
    remember(`$element.${job.elementId}`, job.elementInstanceKey);
    return {
      type: job.type,
      elementId: job.elementId,
      process: `${job.bpmnProcessId} v${job.processDefinitionVersion}`,
      worker: job.worker,
      retries: job.retries,
      headers: sorted(plainHeaders(JSON.parse(job.customHeaders))),
      variables: heldIn(job.variables),
      tenantId: tenantOf(job.tenantId),
    };
  }

  function began(processInstanceKey: string): void {
    remember('$instance', processInstanceKey);
    instances.push(processInstanceKey);
  }

  /**
   * What an answer tells: its fields without keys and without what is empty, texts of JSON as what they hold. A process is
   * told as `id v1`, what was deployed as `id v1 of file`, of a topology its partitions only.
   */
  function plainAnswer(answer: Answer): JsonValue {
    const { bpmnProcessId, version, brokers, deployments, ...more } = answer;
    if (answer.processInstanceKey) began(answer.processInstanceKey);
    for (const instance of answer.processInstances ?? []) began(instance.processInstanceKey);
    if (answer.processDefinitionKey) seen.set('$definition', answer.processDefinitionKey);
    if (brokers) return { topology: { brokers: brokers.map(({ partitions }) => partitions as JsonValue) } };
    return {
      ...(bpmnProcessId && { process: `${bpmnProcessId} v${version}` }),
      ...(deployments && { deployments: deployments.map(deployed) }),
      ...told(more),
    };
  }

  function deployed(deployment: NonNullable<Answer['deployments']>[number]): string {
    for (const [kind, idField, name, keyField] of deployables) {
      const metadata = deployment[kind];
      if (typeof metadata !== 'object' || metadata === null) continue;
      const id = `${metadata[idField]}`;
      remember(`${name}.${id}`, `${metadata[keyField]}`);
      const file = metadata.resourceName === undefined ? '' : ` of ${metadata.resourceName}`;
      return `${kind === 'process' ? '' : `${kind} `}${id} v${metadata.version}${file}`;
    }
    return 'nothing that is known';
  }

  /** Fields of an answer, or of an object in one. */
  function told(fields: object): JsonObject {
    const shown: JsonObject = {};
    for (const [name, value] of Object.entries(fields)) {
      if (name === 'tenantId') shown.tenantId = tenantOf(value);
      else if (/key$/i.test(name) || value === null || value === '') continue;
      else if (holdsJson.includes(name)) shown[name] = heldIn(value);
      else if (Array.isArray(value)) {
        if (value.length > 0) shown[name] = value.map((one) => (typeof one === 'object' ? told(one) : one));
      } else if (typeof value === 'object') shown[name] = told(value);
      else shown[name] = typeof value === 'string' ? withoutKeys(value) : value;
    }
    return shown;
  }

  async function call(rpc: string, message: JsonValue): Promise<JsonValue> {
    try {
      if (rpc === 'ActivateJobs' || rpc === 'StreamActivatedJobs') return await activated(rpc, message);
      return plainAnswer(await target.grpc.call<Answer>(rpc, message));
    } catch (error) {
      return refusal(error);
    }
  }

  async function activated(rpc: string, message: JsonValue): Promise<JsonValue> {
    for (let attempt = 0; ; attempt++) {
      const taken: JobAnswer[] = [];
      const stream = target.grpc.stream<{ jobs: JobAnswer[] }>(rpc, message);
      for await (const part of stream) taken.push(...part.jobs);
      if (target.shufflesJobs) taken.sort((one, other) => Number(BigInt(one.key) - BigInt(other.key)));
      const jobs = taken.map(jobAnswer);
      if (jobs.length > 0 || !target.settles || attempt === 2) return jobs;
      await target.settles();
    }
  }

  async function command({ command, key, value, operationReference }: Extract<Step, { command: string }>) {
    if (!target.command) throw new CannotRun('commands without an RPC cannot be given here');
    const [valueType, intent] = command.split(' ') as [string, string];
    const named = Object.entries(value).map(([name, one]) =>
      typeof one === 'string' && one.startsWith('$') ? [name, Number(resolved(one))] : [name, one],
    );
    const about = key === undefined ? -1 : Number(resolved(key));
    const request = { valueType, intent, key: about, value: Object.fromEntries(named), operationReference };
    const refusal = await target.command(request);
    return refusal && withoutKeys(refusal);
  }

  async function take(step: Step): Promise<JsonValue | undefined> {
    if ('advance' in step) {
      await target.advance(step.advance);
      return undefined;
    }
    if ('answerOf' in step) return later.get(step.answerOf);
    if ('command' in step) return command(step);
    const message = resolved(step.message);
    const answer = call(step.rpc, message);
    if (!step.later) return answer;
    later.set(step.later, answer);
    return undefined;
  }

  await target.records?.();
  try {
    for (const step of scenario.steps) {
      const answer = await take(step);
      const lacking = typeof answer === 'string' && target.lacks?.(answer);
      if (lacking) throw new CannotRun(lacking);
      const outcome: StepOutcome = { step: nameOf(step) };
      if (answer !== undefined) outcome.answer = answer;
      const records = await target.records?.();
      if (records) {
        records.forEach(note);
        outcome.records = trace.lines(records);
      }
      outcomes.push(outcome);
    }
  } finally {
    for (const processInstanceKey of instances)
      await target.grpc.call('CancelProcessInstance', { processInstanceKey }).catch(() => undefined);
  }
  return outcomes;
}

function nameOf(step: Step): string {
  if ('advance' in step) return `advance ${step.advance} ms`;
  if ('command' in step) return step.command;
  if ('answerOf' in step) return `answer of ${step.answerOf}`;
  const { bpmnProcessId, type, jobKey, name } = step.message;
  const about = [bpmnProcessId, type, jobKey, name].find((one) => typeof one === 'string' && one !== '');
  return about === undefined ? step.rpc : `${step.rpc} ${about}`;
}

/** From here on a text is told by its beginning and its length. */
const LONG_TEXT = 5_000;

/** What a text of JSON holds; integers that no double holds as text. */
const heldIn = (text: string) => sorted(readJson(text));

function longNumber(value: bigint): JsonValue {
  return BigInt(Number(value)) === value ? Number(value) : `${value} (64 bits)`;
}

/** Names of objects have no order, nor have the elements of an ad-hoc sub-process. */
export function sorted(value: JsonValue, name = ''): JsonValue {
  if (name === 'adHocSubProcessElements' && Array.isArray(value))
    return value
      .map((one) => sorted(one))
      .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (Array.isArray(value)) return value.map((one) => sorted(one));
  if (typeof value === 'string' && value.length > LONG_TEXT)
    return `${value.slice(0, 20)}… ${value.length} characters`;
  if (typeof value === 'bigint') return longNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name]!, name)]));
}
