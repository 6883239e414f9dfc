import type { Found, TableSearch } from '@baton/engine/broker';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { invalidArgument, type Problem } from './problem.ts';
import type { RestAnswer, RestRequest } from './route.ts';

/** A search request of `/v2`: filter, page and sort. */
export interface Search {
  filter: Filter;
  from: number;
  limit: number;
  newestFirst: boolean;
}

export interface Filter {
  /** The one value a field must have, when the filter says just that. */
  exact(field: string): string | undefined;
  /** The values a field may have, when the filter names them. */
  among(field: string): string[] | undefined;
  /** The fields it says something of. */
  fields: readonly string[];
  /** Whether a thing with these field values passes; keys and numbers compare as text. */
  matches(values: { readonly [field: string]: unknown }): boolean;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** Reads a search; `fields` may be filtered by, `creation` are the names under which the order of creation is sorted by. */
export function readSearch(
  request: RestRequest,
  fields: readonly string[],
  creation: readonly string[],
): Result<Search, Problem> {
  const body = request.json();
  if (!body.ok) return body;
  const filter = (body.value.filter ?? {}) as JsonObject;
  const unknown = Object.keys(filter).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    return failed(
      invalidArgument(`Expected filter fields to be among [${fields.join(', ')}], but got '${unknown}'`),
    );
  }
  const page = (body.value.page ?? {}) as JsonObject;
  const from = Number(page.from ?? 0);
  const limit = Number(page.limit ?? DEFAULT_LIMIT);
  if (!Number.isInteger(from) || from < 0 || !Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) {
    return failed(
      invalidArgument(`Expected page.from >= 0 and page.limit between 0 and ${MAX_LIMIT}, but got otherwise`),
    );
  }
  const [sort] = Array.isArray(body.value.sort) ? (body.value.sort as JsonObject[]) : [];
  if (sort && !creation.includes(String(sort.field))) {
    return failed(
      invalidArgument(`Expected to sort by one of [${creation.join(', ')}], but got '${sort.field}'`),
    );
  }
  const newestFirst = String(sort?.order ?? 'ASC').toUpperCase() === 'DESC';
  return ok({ filter: filterOf(filter), from, limit, newestFirst });
}

function filterOf(filter: JsonObject): Filter {
  const among = (field: string): string[] | undefined => {
    const condition = filter[field];
    if (condition === undefined) return undefined;
    if (!isObject(condition)) return [String(condition)];
    if (condition.$eq !== undefined) return [String(condition.$eq)];
    return Array.isArray(condition.$in) ? condition.$in.map(String) : undefined;
  };
  return {
    among,
    fields: Object.keys(filter),
    exact(field) {
      const values = among(field);
      return values?.length === 1 ? values[0] : undefined;
    },
    matches: (values) =>
      Object.entries(filter).every(([field, condition]) => passes(values[field], condition)),
  };
}

function passes(value: unknown, condition: JsonValue): boolean {
  if (!isObject(condition)) return String(value) === String(condition);
  return Object.entries(condition).every(([operator, operand]) => {
    switch (operator) {
      case '$eq':
        return String(value) === String(operand);
      case '$neq':
        return String(value) !== String(operand);
      case '$in':
        return Array.isArray(operand) && operand.some((one) => String(one) === String(value));
      case '$exists':
        return (value !== undefined && value !== '') === operand;
      default:
        return false;
    }
  });
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A search of history's tables: tenant and state choose what is looked at, `values` names the rest for the filter. */
export function tableSearch<Facets>(
  { filter, from, limit, newestFirst }: Search,
  values: (found: Found<Facets>) => { readonly [field: string]: unknown },
): TableSearch<Facets> {
  const tenantId = filter.exact('tenantId');
  const states = filter.among('state');
  const chosen = (field: string) =>
    (field === 'tenantId' && tenantId !== undefined) || (field === 'state' && states !== undefined);
  const matches = filter.fields.every(chosen)
    ? undefined
    : (found: Found<Facets>) => filter.matches(values(found));
  return { tenantId, states, matches, from, limit, newestFirst };
}

/** The answer to a search. */
export function searchAnswer(items: object[], total: number): Result<RestAnswer, Problem> {
  const page = { totalItems: total, hasMoreTotalItems: false, startCursor: null, endCursor: null };
  return ok({ status: 200, json: { items, page } });
}

/** A page of things that are all at hand. */
export function pageOf<T extends object>(
  all: T[],
  { from, limit, newestFirst }: Search,
): Result<RestAnswer, Problem> {
  const ordered = newestFirst ? [...all].reverse() : all;
  return searchAnswer(ordered.slice(from, from + limit), all.length);
}
