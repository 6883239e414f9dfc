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
  /** By fields, the first counts most; empty = in the order of creation. */
  sort: readonly { field: string; descending: boolean }[];
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

/**
 * Reads a search.
 * @param fields may be filtered and sorted by
 * @param creation the names under which the order of creation is sorted by
 * @param within what the path says of the fields
 */
export function readSearch(
  request: RestRequest,
  fields: readonly string[],
  creation: readonly string[],
  within: JsonObject = {},
): Result<Search, Problem> {
  const body = request.json();
  if (!body.ok) return body;
  const filter = { ...said((body.value.filter ?? {}) as JsonObject), ...within };
  const fault = filterFault(filter, fields);
  if (fault) return failed(invalidArgument(fault));
  const page = readPage((body.value.page ?? {}) as JsonObject);
  if (!page.ok) return page;
  const given = Array.isArray(body.value.sort) ? (body.value.sort as JsonObject[]) : [];
  const sortable = [...new Set([...creation, ...fields])];
  const unsortable = given.find(({ field }) => !sortable.includes(String(field)));
  if (unsortable) {
    return failed(
      invalidArgument(`Expected to sort by one of [${sortable.join(', ')}], but got '${unsortable.field}'`),
    );
  }
  const sort = given.map(({ field, order }) => ({
    field: String(field),
    descending: String(order ?? 'ASC').toUpperCase() === 'DESC',
  }));
  const [first] = sort;
  const byCreation = first === undefined || creation.includes(first.field);
  return ok({
    filter: filterOf(filter),
    ...page.value,
    newestFirst: first?.descending ?? false,
    sort: byCreation ? [] : sort,
  });
}

/** A filter without what says nothing: clients send `null` and empty lists for what they leave open. */
function said(filter: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(filter)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    const content = isObject(value)
      ? said(value)
      : name === '$or' && Array.isArray(value)
        ? value.map((one) => (isObject(one) ? said(one) : one))
        : value;
    if (!isObject(content) || Object.keys(content).length > 0) kept[name] = content;
  }
  return kept;
}

/** Where a page lies: from an offset, or after or before the place a cursor names. */
function readPage(page: JsonObject): Result<{ from: number; limit: number }, Problem> {
  const limit = Number(page.limit ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) return failed(badPage);
  if (page.after !== undefined && page.after !== null) {
    const place = placeOf(page.after);
    return place === undefined ? failed(badCursor(page.after)) : ok({ from: place + 1, limit });
  }
  if (page.before !== undefined && page.before !== null) {
    const place = placeOf(page.before);
    if (place === undefined) return failed(badCursor(page.before));
    const from = Math.max(0, place - limit);
    return ok({ from, limit: place - from });
  }
  const from = Number(page.from ?? 0);
  return Number.isInteger(from) && from >= 0 ? ok({ from, limit }) : failed(badPage);
}

const badPage = invalidArgument(
  `Expected page.from >= 0 and page.limit between 0 and ${MAX_LIMIT}, but got otherwise`,
);

function badCursor(cursor: JsonValue): Problem {
  return invalidArgument(`Expected a cursor of an earlier answer, but was '${String(cursor)}'`);
}

/** A cursor is the place of an item in the whole answer; what it looks like is nobody's business. */
function cursorOf(place: number): string {
  return Buffer.from(JSON.stringify([place])).toString('base64');
}

function placeOf(cursor: JsonValue): number | undefined {
  try {
    const [place] = JSON.parse(Buffer.from(String(cursor), 'base64').toString('utf8')) as unknown[];
    return Number.isInteger(place) && (place as number) >= 0 ? (place as number) : undefined;
  } catch {
    return undefined;
  }
}

type Operator = (value: unknown, operand: JsonValue) => boolean;

/** What a filter may say of a field beside its value. */
const operators = {
  $eq: same,
  $neq: (value, operand) => !same(value, operand),
  $in: (value, operand) => Array.isArray(operand) && operand.some((one) => same(value, one)),
  $notIn: (value, operand) => Array.isArray(operand) && !operand.some((one) => same(value, one)),
  $like: (value, operand) => !absent(value) && pattern(String(operand)).test(String(value)),
  $gt: (value, operand) => !absent(value) && compareValues(value, operand) > 0,
  $gte: (value, operand) => !absent(value) && compareValues(value, operand) >= 0,
  $lt: (value, operand) => !absent(value) && compareValues(value, operand) < 0,
  $lte: (value, operand) => !absent(value) && compareValues(value, operand) <= 0,
  $exists: (value, operand) => !absent(value) === operand,
} satisfies { [name: string]: Operator };

function filterFault(filter: JsonObject, fields: readonly string[]): string | undefined {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$or') {
      if (!Array.isArray(condition) || !condition.every(isObject))
        return 'Expected $or to be a list of filters';
      for (const one of condition) {
        const fault = filterFault(one as JsonObject, fields);
        if (fault) return fault;
      }
      continue;
    }
    if (!fields.includes(field)) {
      return `Expected filter fields to be among [${fields.join(', ')}], but got '${field}'`;
    }
    const unknown = isObject(condition)
      ? Object.keys(condition).find((name) => !(name in operators))
      : undefined;
    if (unknown !== undefined) {
      return `Expected filter operators to be among [${Object.keys(operators).join(', ')}], but got '${unknown}'`;
    }
  }
  return undefined;
}

function filterOf(filter: JsonObject): Filter {
  const among = (field: string): string[] | undefined => {
    const condition = filter[field];
    if (condition === undefined) return undefined;
    if (!isObject(condition)) return [String(condition)];
    if (Object.keys(condition).length > 1) return undefined;
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
    matches: (values) => passesAll(values, filter),
  };
}

function passesAll(values: { readonly [field: string]: unknown }, filter: JsonObject): boolean {
  return Object.entries(filter).every(([field, condition]) =>
    field === '$or'
      ? (condition as JsonObject[]).some((one) => passesAll(values, one))
      : passes(values[field], condition),
  );
}

/**
 * A thing with several values of a field passes when one of them does. A value that is a function decides itself: what is
 * costly to know is looked up only for those who ask.
 */
export function passes(value: unknown, condition: JsonValue): boolean {
  if (typeof value === 'function') return value(condition) as boolean;
  if (Array.isArray(value)) return value.some((one) => passes(one, condition));
  if (!isObject(condition)) return same(value, condition);
  return Object.entries(condition).every(([operator, operand]) =>
    operators[operator as keyof typeof operators](value, operand),
  );
}

function absent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function same(value: unknown, operand: JsonValue): boolean {
  return (
    String(value) === String(operand) ||
    (isDate(value) && isDate(operand) && compareValues(value, operand) === 0)
  );
}

const DATE = /^\d{4}-\d{2}-\d{2}T/;

function isDate(value: unknown): value is string {
  return typeof value === 'string' && DATE.test(value);
}

/** Dates by time, numbers and keys by size, all else as text; what is absent comes last. */
function compareValues(a: unknown, b: unknown): number {
  if (absent(a) || absent(b)) return Number(absent(a)) - Number(absent(b));
  if (isDate(a) && isDate(b)) return Date.parse(a) - Date.parse(b);
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  const [s, t] = [String(a), String(b)];
  return s < t ? -1 : s > t ? 1 : 0;
}

/** `*` stands for any text, `?` for one character; a backslash takes their meaning away. */
function pattern(like: string): RegExp {
  const source = like.replace(/\\([*?\\])|[\s\S]/g, (character, escaped: string | undefined) => {
    if (escaped === undefined && character === '*') return '[\\s\\S]*';
    if (escaped === undefined && character === '?') return '[\\s\\S]';
    return (escaped ?? character).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Values = { readonly [field: string]: unknown };

function ordering(sort: Search['sort']): (a: Values, b: Values) => number {
  return (a, b) => {
    for (const { field, descending } of sort) {
      const order = compareValues(a[field], b[field]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

/** A search of history's tables: tenant and state choose what is looked at, `values` names the rest for the filter. */
export function tableSearch<Facets>(
  { filter, from, limit, newestFirst, sort }: Search,
  values: (found: Found<Facets>) => Values,
): TableSearch<Facets> {
  const tenantId = filter.exact('tenantId');
  const states = filter.among('state');
  const chosen = (field: string) =>
    (field === 'tenantId' && tenantId !== undefined) || (field === 'state' && states !== undefined);
  const matches = filter.fields.every(chosen)
    ? undefined
    : (found: Found<Facets>) => filter.matches(values(found));
  const order = sort.length > 0 ? ordering(sort) : undefined;
  const compare = order && ((a: Found<Facets>, b: Found<Facets>) => order(values(a), values(b)));
  return { tenantId, states, matches, compare, from, limit, newestFirst };
}

/** The answer to a search; `from` is the place of its first item in all there is. */
export function searchAnswer(
  items: object[],
  total: number,
  from = 0,
  hasMoreTotalItems = false,
): Result<RestAnswer, Problem> {
  const page = {
    totalItems: total,
    hasMoreTotalItems,
    startCursor: items.length > 0 ? cursorOf(from) : null,
    endCursor: items.length > 0 ? cursorOf(from + items.length - 1) : null,
  };
  return ok({ status: 200, json: { items, page } });
}

/** A page of things that are all at hand, oldest first. */
export function pageOf<T extends object>(all: T[], search: Search): Result<RestAnswer, Problem> {
  const { from, limit } = search;
  return searchAnswer(inOrder(all, search).slice(from, from + limit), all.length, from);
}

/** Things that are given oldest first, as a search wants them. */
export function inOrder<T extends object>(all: T[], { newestFirst, sort }: Search): T[] {
  if (sort.length === 0) return newestFirst ? [...all].reverse() : all;
  const order = ordering(sort);
  return [...all].sort((a, b) => order(a as Values, b as Values));
}
