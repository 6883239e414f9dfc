import { ok, type Result } from '@baton/engine/protocol';
import { type ApiFailure, type HistoryRecord, type Instance, table } from '@baton/gateway/api';
import type { CommandContext, Output } from './command.ts';

export interface FollowOptions {
  /** What came, as it came: lines for a person, and the records they are of. */
  records(lines: readonly string[], records: readonly HistoryRecord[]): void;
  /** All records; those that a person wants to know about without it. */
  full?: boolean;
  /** What there is, without waiting. */
  once?: boolean;
  /** An incident is not the end. */
  stay: boolean;
  /** ms since 1970. */
  until?: number | undefined;
}

export interface Followed {
  instance: Instance;
  why: 'ended' | 'incident' | 'late' | 'interrupted' | 'read';
}

const pageSize = 500;

/** A run from its first record to its end. */
export async function follow(
  { api, output, signal, watch, now }: CommandContext,
  key: string,
  { records: heard, full = false, once = false, stay, until }: FollowOptions,
): Promise<Result<Followed, ApiFailure>> {
  let happened = true;
  let wake = () => {};
  const tellChange = () => {
    happened = true;
    wake();
  };
  const unwatch = once ? () => {} : watch(`instance:${key}`, tellChange);
  signal.addEventListener('abort', tellChange);
  let offset = 0;
  try {
    for (;;) {
      happened = false;
      // Before its records: what is read after the end was seen is complete.
      const instance = await api.call(table.instances.getInstance, { params: { key }, signal });
      if (signal.aborted && instance.ok === false)
        return ok({ instance: {} as Instance, why: 'interrupted' });
      if (!instance.ok) return instance;
      for (let more = true; more && !signal.aborted; ) {
        const part = await api.call(table.instances.listHistory, {
          params: { key },
          query: { limit: pageSize, offset },
          signal,
        });
        if (signal.aborted) break;
        if (!part.ok) return part;
        const told = part.value.items.filter((record) => full || of(record) !== undefined);
        offset += part.value.items.length;
        more = part.value.has_more;
        if (told.length > 0)
          heard(
            told.map((record) => lineOf(record, output)),
            told,
          );
      }
      const end = (why: Followed['why']) => ok({ instance: instance.value, why });
      if (signal.aborted) return end('interrupted');
      if (instance.value.state !== 'ACTIVE') return end('ended');
      if (once) return end('read');
      if (instance.value.incidents > 0 && !stay) return end('incident');
      if (until !== undefined && now() >= until) return end('late');
      if (!happened)
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (happened) resolve();
        });
    }
  } finally {
    signal.removeEventListener('abort', tellChange);
    unwatch();
  }
}

type Told = (record: HistoryRecord, output: Output) => string;
const name = ({ elementId, value }: HistoryRecord) => String(value.elementId || elementId || '');
const element =
  (mark: (output: Output) => string): Told =>
  (record, output) =>
    `${mark(output)} ${name(record)} ${output.paint.faint(
      String(record.value.bpmnElementType ?? '')
        .toLowerCase()
        .replaceAll('_', ' '),
    )}`;

/** Records a person wants to know about, by type of value and intent. */
const told: { readonly [valueType: string]: { readonly [intent: string]: Told } } = {
  PROCESS_INSTANCE: {
    ELEMENT_ACTIVATED: element(({ paint }) => paint.faint('→')),
    ELEMENT_COMPLETED: element(({ paint }) => paint.good('✓')),
    ELEMENT_TERMINATED: element(({ paint }) => paint.bad('✗')),
  },
  INCIDENT: {
    CREATED: (record, { paint }) =>
      `${paint.bad('!')} ${name(record)} ${paint.bad(`${record.value.errorType}: ${record.value.errorMessage}`)}`,
    RESOLVED: (record, { paint }) => `${paint.good('✓')} ${name(record)} ${paint.faint('incident resolved')}`,
  },
  USER_TASK: {
    CREATED: (record, { paint }) =>
      `${paint.warn('○')} ${name(record)} ${paint.faint('waits for a person:')} ${paint.link(record.key, `#/userTask/${record.key}`)}`,
  },
  JOB: {
    FAILED: (record, { paint }) =>
      `${paint.warn('!')} ${name(record)} ${paint.warn(`failed: ${record.value.errorMessage}`)}`,
    ERROR_THROWN: (record, { paint }) =>
      `${paint.warn('!')} ${name(record)} ${paint.warn(`threw ${record.value.errorCode}`)}`,
  },
  PROCESS_MESSAGE_SUBSCRIPTION: {
    CREATED: (record, { paint }) =>
      `${paint.warn('○')} ${name(record)} ${paint.faint(`waits for message ${record.value.messageName}`)}`,
  },
  TIMER: {
    CREATED: (record, { paint }) => `${paint.warn('○')} ${name(record)} ${paint.faint('waits for its time')}`,
  },
};

const of = ({ recordType, valueType, intent }: HistoryRecord): Told | undefined =>
  recordType === 'EVENT' ? told[valueType]?.[intent] : undefined;

function lineOf(record: HistoryRecord, output: Output): string {
  const { paint } = output;
  const time = paint.faint(output.person ? record.timestamp.slice(11, 23) : record.timestamp);
  const words = of(record);
  if (words) return `${time} ${words(record, output)}`;
  return `${time} ${paint.faint(record.recordType.toLowerCase())} ${record.valueType} ${record.intent} ${record.elementId} ${paint.faint(record.key)}`.trimEnd();
}
