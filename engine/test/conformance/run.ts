import type { JsonValue } from '@baton/engine/protocol';
import type { Scenario, Step } from './scenario.ts';
import type { SeenRecord, Target } from './target.ts';
import { createTrace, withoutKeys } from './trace.ts';

/** What one step brought. */
export interface StepOutcome {
  step: string;
  /** What the client got: the answer without keys, or `CODE: text`. */
  answer?: JsonValue;
  /** What the broker published, one line a record; absent where it cannot be seen. */
  records?: string[];
}

/** Raised when a scenario names something that this broker does not show. */
export class NotVisible extends Error {}

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
  key?: string;
  processInstanceKey?: string;
  processDefinitionKey?: string;
  bpmnProcessId?: string;
  version?: number;
  variables?: string;
  tenantId?: string;
  gatewayVersion?: string;
  brokers?: { partitions: unknown[] }[];
  deployments?: { process?: { bpmnProcessId: string; version: number; resourceName: string } }[];
}

/** Runs a scenario and writes down what came of each step. Leaves no instance of its own running. */
export async function run(scenario: Scenario, target: Target): Promise<StepOutcome[]> {
  const seen = new Map<string, string>();
  const later = new Map<string, Promise<JsonValue>>();
  const trace = createTrace();
  const instances: string[] = [];
  const outcomes: StepOutcome[] = [];

  function note(record: SeenRecord): void {
    const elementId = `${record.value.elementId}`;
    if (record.valueType === 'PROCESS_INSTANCE' && record.intent === 'ELEMENT_ACTIVATING')
      seen.set(`$element.${elementId}`, `${record.key}`);
    if (record.valueType === 'INCIDENT' && record.intent === 'CREATED')
      seen.set(`$incident.${elementId}`, `${record.key}`);
  }

  function resolved(value: JsonValue, name = ''): JsonValue {
    if (typeof value === 'string' && value.startsWith('$')) {
      const key = seen.get(value);
      if (key === undefined) throw new NotVisible(`${value} is not visible to a client here`);
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
    seen.set(`$job.${job.type}`, job.key);
    seen.set(`$element.${job.elementId}`, job.elementInstanceKey);
    return {
      type: job.type,
      elementId: job.elementId,
      process: `${job.bpmnProcessId} v${job.processDefinitionVersion}`,
      worker: job.worker,
      retries: job.retries,
      headers: sorted(JSON.parse(job.customHeaders)),
      variables: sorted(JSON.parse(job.variables)),
      tenantId: tenantOf(job.tenantId),
    };
  }

  function plainAnswer(answer: Answer): JsonValue {
    const shown: { [name: string]: JsonValue } = {};
    if (answer.processInstanceKey) {
      seen.set('$instance', answer.processInstanceKey);
      instances.push(answer.processInstanceKey);
    }
    if (answer.bpmnProcessId) shown.process = `${answer.bpmnProcessId} v${answer.version}`;
    if (answer.processDefinitionKey) seen.set('$definition', answer.processDefinitionKey);
    if (answer.variables !== undefined) shown.variables = sorted(JSON.parse(answer.variables));
    if (answer.brokers)
      shown.topology = {
        brokers: answer.brokers.map(({ partitions }) => partitions as JsonValue),
      };
    if (answer.deployments)
      shown.deployments = answer.deployments.map(({ process }) =>
        process ? `${process.bpmnProcessId} v${process.version} of ${process.resourceName}` : 'not a process',
      );
    if (answer.tenantId !== undefined) shown.tenantId = tenantOf(answer.tenantId);
    return shown;
  }

  async function call(rpc: string, message: JsonValue): Promise<JsonValue> {
    try {
      if (rpc === 'ActivateJobs' || rpc === 'StreamActivatedJobs') return await activated(rpc, message);
      return plainAnswer(await target.grpc.call<Answer>(rpc, message));
    } catch (error) {
      const { code, details } = error as { code?: number; details?: string };
      if (code === undefined) throw error;
      return `${codes[code]}: ${withoutKeys(details ?? '')}`;
    }
  }

  async function activated(rpc: string, message: JsonValue): Promise<JsonValue> {
    for (let attempt = 0; ; attempt++) {
      const jobs: JsonValue[] = [];
      const stream = target.grpc.stream<{ jobs: JobAnswer[] }>(rpc, message);
      for await (const part of stream) jobs.push(...part.jobs.map(jobAnswer));
      if (jobs.length > 0 || !target.settles || attempt === 2) return jobs;
      await target.settles();
    }
  }

  async function take(step: Step): Promise<JsonValue | undefined> {
    if ('advance' in step) {
      await target.advance(step.advance);
      return undefined;
    }
    if ('answerOf' in step) return later.get(step.answerOf);
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
  if ('answerOf' in step) return `answer of ${step.answerOf}`;
  const { bpmnProcessId, type, jobKey, name } = step.message;
  const about = [bpmnProcessId, type, jobKey, name].find((one) => typeof one === 'string' && one !== '');
  return about === undefined ? step.rpc : `${step.rpc} ${about}`;
}

/** Names of objects have no order. */
export function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name]!)]));
}
