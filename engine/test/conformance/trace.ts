import { type JsonObject, type JsonValue, writeJson } from '@baton/engine/protocol';
import { sorted } from './run.ts';
import type { SeenRecord } from './target.ts';

/** Keys differ from run to run, as does the order of a set; what a parser would have liked to see is its own matter. */
export function withoutKeys(text: string): string {
  return elementsInOrder(text)
    .replace(/\b\d{15,19}\b/g, 'KEY')
    .replace(/(failed to parse expression '[^\n]*?': Expected)[^\n]*/g, '$1 …')
    .replace(
      /(Supported element types are: \[)([^\]]*)/g,
      (_, begin, list: string) => begin + list.split(', ').sort().join(', '),
    )
    .replace(/(?<=but the tags )'.*'(?= are invalid)/, (tags) => tags.split(', ').sort().join(', '));
}

/** The real ones tell of the faulty elements of a file in an order that differs from run to run. */
function elementsInOrder(text: string): string {
  return text.replace(/(?<=^'[^'\n]*': )- Element: [\s\S]*?(?=^'[^'\n]*': |$(?![\s\S]))/gm, (elements) =>
    elements
      .split(/(?=^- Element: )/m)
      .map((element) => `${element.trimEnd()}\n`)
      .sort()
      .join(''),
  );
}

/** A listener finds the key of its user task among the headers, a service task those of what it links. */
export function plainHeaders({ 'io.camunda.zeebe:userTaskKey': _, ...headers }: JsonObject): JsonObject {
  const { linkedResources } = headers;
  if (typeof linkedResources !== 'string') return headers;
  return { ...headers, linkedResources: withoutKeys(linkedResources) };
}

type Value = SeenRecord['value'];
type Projection = (value: Value, record: SeenRecord, scopeOf: (key: unknown) => string) => string;

const json = (value: unknown, name?: string) => writeJson(sorted(value as JsonValue, name));
const isFilled = (one: unknown) =>
  one !== undefined && one !== '' && one !== null && json(one) !== '{}' && json(one) !== '[]';
const filled = (fields: { [name: string]: unknown }) => {
  const told = Object.entries(fields).filter(([, one]) => isFilled(one));
  return told.map(([name, one]) => ` ${name}=${typeof one === 'string' ? one : json(one)}`).join('');
};

/** A set of texts. */
const anyOrder = (texts: unknown) => (texts as string[] | undefined)?.toSorted();

/** Fields that no trace tells: who and where from is in the step, keys differ from run to run. */
const untold =
  /(^|[a-z])([kK]eys?|[pP]osition|[tT]imestamp)$|^(tenantId|resource|resources|checksum|requestId|requestStreamId)$/;
const isKey = (value: unknown) => typeof value === 'number' && value >= 2 ** 51;

/** What a trace tells of a value type that has no line below: every field that is filled, by name, without keys. */
function everyField(value: unknown, record: SeenRecord): unknown {
  if (Array.isArray(value)) return value.filter((one) => !isKey(one)).map((one) => everyField(one, record));
  if (typeof value === 'string') return withoutKeys(value);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value)
    .filter((name) => !untold.test(name))
    .sort();
  const fields = names.map((name): [string, unknown] => {
    const field = (value as Value)[name];
    if (/(dueDate|deadline)$/i.test(name) && typeof field === 'number')
      return [name, field < 0 ? '' : `in ${dueIn(field, record.timestamp)}`];
    return [name, isKey(field) || field === -1 || field === false ? '' : everyField(field, record)];
  });
  return Object.fromEntries(fields.filter(([, one]) => isFilled(one)));
}

const allFilled: Projection = (value, record) => filled(everyField(value, record) as Value).trim();

/** What a trace tells of each value type. */
const compared: { readonly [valueType: string]: Projection } = {
  PROCESS_INSTANCE: (value) => `${value.bpmnElementType} ${value.elementId}`,
  PROCESS_INSTANCE_CREATION: (value) =>
    `${value.bpmnProcessId} v${value.version}${filled({
      variables: value.variables,
      runtimeInstructions: value.runtimeInstructions,
      tags: anyOrder(value.tags),
    })}`,
  PROCESS_INSTANCE_RESULT: (value) => `${value.bpmnProcessId}${filled({ variables: value.variables })}`,
  PROCESS: (value) => `${value.bpmnProcessId} v${value.version} of ${value.resourceName}`,
  DEPLOYMENT: (value) =>
    (value.processesMetadata as { bpmnProcessId: string; version: number }[])
      .map(({ bpmnProcessId, version }) => `${bpmnProcessId} v${version}`)
      .join(', '),
  JOB: (value, { intent }) =>
    `${value.type} of ${value.elementId} retries=${value.retries}${filled({
      headers: intent === 'CREATED' ? plainHeaders(value.customHeaders as JsonObject) : '',
      variables: value.variables,
      errorCode: value.errorCode,
      errorMessage: value.errorMessage,
      backoff: value.retryBackoff || '',
      tags: anyOrder(value.tags),
    })}`,
  VARIABLE: (value, _, scopeOf) =>
    `${value.name} = ${json(value.value, `${value.name}`)} in ${scopeOf(value.scopeKey)}`,
  VARIABLE_DOCUMENT: (value, _, scopeOf) =>
    `${value.updateSemantics} ${json(value.variables)} in ${scopeOf(value.scopeKey)}`,
  INCIDENT: (value) => `${value.errorType} at ${value.elementId}: ${withoutKeys(`${value.errorMessage}`)}`,
  TIMER: (value, { intent, timestamp }) =>
    `${value.targetElementId} repetitions=${value.repetitions}${
      intent === 'CREATED' ? ` due in ${dueIn(value.dueDate as number, timestamp)}` : ''
    }`,
  USER_TASK: (value) =>
    `${value.elementId}${filled({
      assignee: value.assignee,
      candidateGroups: value.candidateGroupsList ?? value.candidateGroups,
      candidateUsers: value.candidateUsersList ?? value.candidateUsers,
      dueDate: value.dueDate,
      followUpDate: value.followUpDate,
      priority: value.priority,
      externalFormReference: value.externalFormReference,
      headers: value.customHeaders,
      variables: value.variables,
      changed: value.changedAttributes,
      action: value.action,
    })}`,
  MESSAGE: (value) =>
    `${value.name}${filled({
      correlationKey: value.correlationKey,
      messageId: value.messageId,
      timeToLive: value.timeToLive,
      variables: value.variables,
    })}`,
  PROCESS_MESSAGE_SUBSCRIPTION: (value, { intent }) =>
    `${value.messageName} for ${value.elementId} of ${value.bpmnProcessId}${filled({
      correlationKey: value.correlationKey,
      variables: intent === 'CORRELATED' ? value.variables : '',
    })}`,
  MESSAGE_START_EVENT_SUBSCRIPTION: (value) =>
    `${value.messageName} for ${value.startEventId} of ${value.bpmnProcessId}${filled({
      correlationKey: value.correlationKey,
      variables: value.variables,
    })}`,
  SIGNAL: (value) => `${value.signalName}${filled({ variables: value.variables })}`,
  SIGNAL_SUBSCRIPTION: (value) => `${value.signalName} for ${value.catchEventId} of ${value.bpmnProcessId}`,
  ESCALATION: (value) =>
    `${value.escalationCode} from ${value.throwElementId} to ${value.catchElementId || 'nobody'}`,
  MULTI_INSTANCE: (value) => json(value.inputCollection),
  ERROR: (value) => `${value.exceptionMessage}`,
};

/** Record kinds that stay out of the traces, and why. */
export const leftOut: { readonly [kind: string]: string } = {
  COMMAND: 'how the engine talks to itself; what follows from a command is in its events',
  COMMAND_REJECTION:
    'a refusal is in the answer of its step; refusals of commands of the engine to itself change nothing',
  PROCESS_EVENT:
    'how the variables of an event travel inside the engine; here an event without variables has none (see the README of the broker)',
  PROCESS_INSTANCE_BATCH: 'children ended in groups; each has its own events',
  ASYNC_REQUEST:
    'bookkeeping of the requests that wait for listeners; the elements and tasks show what came of them',
  JOB_BATCH: 'says again what the answer of ActivateJobs says',
  MESSAGE_BATCH: 'expiry of messages in groups; each message has its own event',
  MESSAGE_SUBSCRIPTION:
    'the message’s side of a subscription, in Zeebe often of another partition: when its answers come depends on the way between; the element’s side is compared',
  'PROCESS_MESSAGE_SUBSCRIPTION CREATED': 'the answer of the message’s side',
  'PROCESS_MESSAGE_SUBSCRIPTION DELETED': 'the answer of the message’s side',
  COMMAND_DISTRIBUTION: 'between partitions; there is one',
  DEPLOYMENT_DISTRIBUTION: 'between partitions; there is one',
  'DEPLOYMENT FULLY_DISTRIBUTED': 'between partitions; there is one',
  IDENTITY_SETUP: 'people and rights are the gateway’s',
  USER: 'people and rights are the gateway’s',
  ROLE: 'people and rights are the gateway’s',
  TENANT: 'people and rights are the gateway’s',
  AUTHORIZATION: 'people and rights are the gateway’s',
  USAGE_METRIC: 'counted for a licence',
  JOB_METRICS_BATCH: 'counted by the history here',
};

function dueIn(dueDate: number, timestamp: number): string {
  // some of the time of a real engine passes while it works
  const seconds = Math.ceil((dueDate - timestamp - 100) / 1000);
  return Math.abs(seconds) > 30 * 86_400 ? 'more than a month' : `${seconds} s`;
}

export interface Trace {
  /** One line a record: `VALUE_TYPE INTENT …`, in order. */
  lines(records: readonly SeenRecord[]): string[];
}

/** Remembers which element a scope belongs to. */
export function createTrace(): Trace {
  const scopes = new Map<unknown, string>();
  const scopeOf = (key: unknown) => scopes.get(key) ?? 'an unknown scope';
  return {
    lines(records) {
      const lines: string[] = [];
      // a process gets its variables before it is entered
      for (const { valueType, key, value } of records)
        if (valueType === 'PROCESS_INSTANCE') scopes.set(key, `${value.elementId}`);
      for (const record of records) {
        const { recordType, valueType, intent, value } = record;
        if ([recordType, valueType, `${valueType} ${intent}`].some((kind) => leftOut[kind])) continue;
        const project = compared[valueType] ?? allFilled;
        const reference = record.operationReference ?? -1;
        const referred = reference > 0 ? ` operationReference=${reference}` : '';
        lines.push(`${valueType} ${intent} ${project(value, record, scopeOf)}${referred}`.trim());
      }
      return lines;
    },
  };
}

/** Variables that one document sets come in the order of a hash map: lines of variables that follow each other have no order. */
export function orderless(lines: readonly string[]): string[] {
  const ordered: string[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && lines[end]!.startsWith('VARIABLE ')) end++;
    if (end === at) ordered.push(lines[at++]!);
    else {
      ordered.push(...lines.slice(at, end).sort());
      at = end;
    }
  }
  return ordered;
}
