import type { Document } from 'bson';
import { updateOne } from 'mingo/updater';
import { CommandRefusal } from '../errors.ts';
import { languageOptions, refusingBadInput } from './language.ts';
import { compareValues } from './order.ts';
import { isDocument, setAt } from './paths.ts';

export interface UpdateRequest {
  filter: Document;
  update: Document | Document[];
  arrayFilters?: Document[];
  now(): Date;
}

/** The document after the update. `document` is the caller's own copy and may be changed. */
export function updated(document: Document, request: UpdateRequest, inserting = false): Document {
  const id = document._id;
  const result = Array.isArray(request.update)
    ? byPipeline(document, request.update)
    : isReplacement(request.update)
      ? { _id: id, ...request.update }
      : byOperators(document, request.update, request, inserting);
  if (id !== undefined && compareValues(id, result._id) !== 0)
    throw new CommandRefusal('ImmutableField', "Expected '_id' to stay as it is, but the update changes it");
  return result;
}

/** What an upsert starts from: the equalities its filter demands. */
export function documentFromFilter(filter: Document): Document {
  const document: Document = {};
  const demand = (conditions: Document): void => {
    for (const [path, condition] of Object.entries(conditions)) {
      if (path === '$and') for (const part of condition as Document[]) demand(part);
      else if (path.startsWith('$')) continue;
      else if (!isDocument(condition) || !hasOperators(condition)) {
        if (!(condition instanceof RegExp)) setAt(document, path, condition);
      } else if ('$eq' in condition) setAt(document, path, condition.$eq);
    }
  };
  demand(filter);
  return document;
}

export function isReplacement(update: Document | Document[]): boolean {
  if (Array.isArray(update)) return false;
  const names = Object.keys(update);
  const operators = names.filter((name) => name.startsWith('$'));
  if (operators.length > 0 && operators.length < names.length)
    throw new CommandRefusal('FailedToParse', 'Expected only update operators or only fields, but got both');
  return operators.length === 0;
}

function hasOperators(condition: Document): boolean {
  return Object.keys(condition).some((name) => name.startsWith('$'));
}

function byPipeline(document: Document, stages: Document[]): Document {
  const documents = [document];
  refusingBadInput(() => updateOne(documents, {}, stages as never, { cloneMode: 'none' }, languageOptions));
  return documents[0]!;
}

function byOperators(
  document: Document,
  { $setOnInsert, $currentDate, ...operators }: Document,
  request: UpdateRequest,
  inserting: boolean,
): Document {
  const set = {
    ...(operators.$set as Document | undefined),
    ...($currentDate
      ? Object.fromEntries(Object.keys($currentDate).map((path) => [path, request.now()]))
      : {}),
    ...(inserting ? ($setOnInsert as Document | undefined) : {}),
  };
  const modifier: Document = Object.fromEntries(
    Object.entries(operators).filter(([name, fields]) => name !== '$set' && Object.keys(fields).length > 0),
  );
  if (Object.keys(set).length > 0) modifier.$set = set;
  if (Object.keys(modifier).length === 0) return document;
  const positional = Object.values(modifier).some((fields) =>
    Object.keys(fields).some((path) => /\.\$(\.|$)/.test(path)),
  );
  refusingBadInput(() =>
    updateOne(
      [document],
      positional ? request.filter : {},
      modifier as never,
      { cloneMode: 'none', arrayFilters: request.arrayFilters ?? [] },
      languageOptions,
    ),
  );
  return document;
}
