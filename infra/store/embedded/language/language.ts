import type { Document } from 'bson';
import { Aggregator } from 'mingo/aggregator';
import { Context } from 'mingo/core';
import { type Iterator, Lazy } from 'mingo/lazy';
import * as accumulator from 'mingo/operators/accumulator';
import * as expression from 'mingo/operators/expression';
import * as pipelineOperators from 'mingo/operators/pipeline';
import * as projection from 'mingo/operators/projection';
import * as query from 'mingo/operators/query';
import * as window from 'mingo/operators/window';
import { Query } from 'mingo/query';
import type { AnyObject, Options } from 'mingo/types';
import { CommandRefusal } from '../errors.ts';
import { type SortSpecification, sortDocuments } from './sort.ts';

// `$out` and `$merge` write and belong to storage; `$where` and `$function` run code of the caller and stay off.
const { $out, $merge, ...reading } = pipelineOperators;

const context = Context.init({
  accumulator,
  expression,
  pipeline: {
    ...reading,
    $sort: (documents: Iterator, specification: SortSpecification) =>
      documents.transform((all: unknown) => Lazy(sortDocuments(all as Document[], specification))),
  } as never,
  projection,
  query,
  window,
} as never);

export const languageOptions: Partial<Options> = { context, scriptEnabled: false, useStrictMode: true };

/** Tests documents against a filter. */
export function matcher(filter: Document): (document: Document) => boolean {
  if (Object.keys(filter).length === 0) return () => true;
  const { $comment, ...conditions } = filter;
  return refusingBadInput(() => {
    const compiled = new Query(conditions, languageOptions);
    return (document) => refusingBadInput(() => compiled.test(document as never));
  });
}

export function project(documents: Document[], fields: Document | undefined): Document[] {
  if (!fields || Object.keys(fields).length === 0) return documents;
  return refusingBadInput(
    () => new Query({}, languageOptions).find(documents as never, fields as never).all() as Document[],
  );
}

export function aggregate(
  documents: Document[],
  pipeline: Document[],
  collectionNamed: (name: string) => Document[],
): Document[] {
  if (pipeline.length === 0) return documents;
  return refusingBadInput(() =>
    new Aggregator(pipeline, {
      ...languageOptions,
      collectionResolver: (name: string) => collectionNamed(name) as AnyObject[],
    }).run(documents as AnyObject[]),
  ) as Document[];
}

/** The query language answers bad operators by throwing; for a client that is a refusal. */
export function refusingBadInput<T>(evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof CommandRefusal) throw error;
    throw new CommandRefusal('BadValue', error instanceof Error ? error.message : String(error));
  }
}
