import { DEFAULT_TENANT, failed, type JsonObject, ok } from '@baton/engine/protocol';
import type { EngineFailure, EngineResult, StreamedRecord } from '../ports.ts';
import type { RestApi } from './api.ts';

/**
 * Records as far as the search API of a cluster tells of them: what began and ended, incidents and user tasks. In between
 * nothing is seen, and a position counts within one answer only.
 */

type Item = { [field: string]: unknown };

/** One search of the API, and the records that an item of it stands for. */
interface Source {
  path: string;
  /** The dates that a change can have: searched by and sorted by. */
  dates: readonly string[];
  records(item: Item): (Omit<StreamedRecord, 'position' | 'timestamp' | 'tenantId' | 'recordType'> & {
    date: unknown;
  })[];
}

const ends: { [state: string]: string } = {
  COMPLETED: 'ELEMENT_COMPLETED',
  TERMINATED: 'ELEMENT_TERMINATED',
  CANCELED: 'ELEMENT_TERMINATED',
};

/** An element or a whole process: it began, and may have ended. */
function lifeOf(item: Item, key: string, bpmnElementType: string, elementId: string) {
  const value = {
    ...common(item),
    bpmnElementType,
    elementId,
    bpmnProcessId: text(item.processDefinitionId),
  };
  const record = (intent: string, date: unknown) => ({
    valueType: 'PROCESS_INSTANCE',
    intent,
    key,
    value,
    date,
  });
  const end = ends[text(item.state)];
  return [record('ELEMENT_ACTIVATED', item.startDate), ...(end ? [record(end, item.endDate)] : [])];
}

const sources: readonly Source[] = [
  {
    path: '/v2/process-instances',
    dates: ['startDate', 'endDate'],
    records: (item) => lifeOf(item, text(item.processInstanceKey), 'PROCESS', text(item.processDefinitionId)),
  },
  {
    path: '/v2/element-instances',
    dates: ['startDate', 'endDate'],
    records: (item) => lifeOf(item, text(item.elementInstanceKey), text(item.type), text(item.elementId)),
  },
  {
    path: '/v2/incidents',
    dates: ['creationTime'],
    records: (item) => [
      {
        valueType: 'INCIDENT',
        intent: 'CREATED',
        key: text(item.incidentKey),
        value: {
          ...common(item),
          elementId: text(item.elementId),
          errorType: text(item.errorType),
          errorMessage: text(item.errorMessage),
        },
        date: item.creationTime,
      },
    ],
  },
  {
    path: '/v2/user-tasks',
    dates: ['creationDate', 'completionDate'],
    records(item) {
      const record = (intent: string, date: unknown) => ({
        valueType: 'USER_TASK',
        intent,
        key: text(item.userTaskKey),
        value: { ...common(item), elementId: text(item.elementId), assignee: text(item.assignee) },
        date,
      });
      const state = text(item.state);
      const ended = state === 'COMPLETED' || state === 'CANCELED';
      return [record('CREATED', item.creationDate), ...(ended ? [record(state, item.completionDate)] : [])];
    },
  },
];

const PAGE_LIMIT = 1000;

export const noHistory: EngineFailure = {
  code: 'NOT_FOUND',
  message:
    'Expected this engine to keep history, but it does not: it has neither a record stream nor a search API with data. ' +
    'A cluster needs its secondary storage for this',
};

/** The records of one process instance, oldest first. */
export async function recordsOfInstance(
  api: RestApi,
  processInstanceKey: string,
): EngineResult<StreamedRecord[]> {
  return search(api, () => [{ processInstanceKey }]);
}

/** What has changed at or after `since` (ISO 8601), oldest first. */
export async function recordsSince(api: RestApi, since: string): EngineResult<StreamedRecord[]> {
  return search(api, ({ dates }) => dates.map((date) => ({ [date]: { $gte: since } })));
}

/** The date of the newest process instance: where a follower begins. */
export async function newestDate(api: RestApi): EngineResult<string | undefined> {
  const answer = await api.post<{ items: Item[] }>('/v2/process-instances/search', {
    sort: [{ field: 'startDate', order: 'DESC' }],
    page: { limit: 1 },
  });
  if (!answer.ok) return failed(said(answer.failure));
  const [newest] = answer.value.items;
  return ok(newest && text(newest.startDate));
}

async function search(api: RestApi, filtersOf: (source: Source) => object[]): EngineResult<StreamedRecord[]> {
  const found = new Map<string, StreamedRecord>();
  for (const source of sources) {
    for (const filter of filtersOf(source)) {
      for (let from = 0; ; from += PAGE_LIMIT) {
        const answer = await api.post<{ items: Item[]; page: { totalItems: number } }>(
          `${source.path}/search`,
          {
            filter,
            page: { from, limit: PAGE_LIMIT },
          },
        );
        if (!answer.ok) return failed(said(answer.failure));
        for (const item of answer.value.items) {
          for (const { date, ...record } of source.records(item)) {
            const timestamp = Date.parse(text(date));
            if (Number.isNaN(timestamp)) continue;
            found.set(identityOf(record), {
              ...record,
              timestamp,
              position: 0,
              recordType: 'EVENT',
              tenantId: text(item.tenantId) || DEFAULT_TENANT,
            });
          }
        }
        if (answer.value.items.length < PAGE_LIMIT) break;
      }
    }
  }
  const ordered = [...found.values()].sort(
    (a, b) => a.timestamp - b.timestamp || Number(BigInt(a.key) - BigInt(b.key)),
  );
  return ok(ordered.map((record, position) => ({ ...record, position })));
}

export function identityOf({
  valueType,
  intent,
  key,
}: Pick<StreamedRecord, 'valueType' | 'intent' | 'key'>): string {
  return `${valueType} ${intent} ${key}`;
}

/** A cluster without secondary storage refuses searches in one of several ways. */
function said(failure: EngineFailure): EngineFailure {
  return failure.code === 'NOT_FOUND' || failure.code === 'PERMISSION_DENIED' ? noHistory : failure;
}

function common(item: Item): JsonObject {
  return {
    processInstanceKey: text(item.processInstanceKey),
    processDefinitionKey: text(item.processDefinitionKey),
  };
}

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
