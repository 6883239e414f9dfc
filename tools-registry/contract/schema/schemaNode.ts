import type { JsonValue } from '../json.ts';
import type { Place } from './place.ts';
import type { Reason } from './reason.ts';
import type { Walk } from './walk.ts';

/** A schema of a document, with what its keywords demand. */
export interface SchemaNode {
  readonly schema: JsonValue | undefined;
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly resource: SchemaResource;
  /** Read when first asked: what nobody reaches costs nothing. */
  checks(): readonly Check[];
}

/** A part of the document with an identity of its own: the document, or a schema with `$id`. */
export interface SchemaResource {
  readonly uri: string;
  readonly anchors: Map<string, string>;
  /** Anchors that a `$dynamicRef` finds from wherever it is reached: JSON pointers by name. */
  readonly dynamicAnchors: Map<string, string>;
}

/** What of an object or list some keyword has looked at; `unevaluated…` are about the rest. */
export interface Evaluated {
  properties: Set<string> | 'all';
  /** Items from the first on; single ones beyond in `items`. */
  prefix: number;
  items: Set<number>;
}

/** One value, met by one schema. */
export interface Visit {
  readonly value: JsonValue;
  readonly at: Place;
  readonly walk: Walk;
  /** Why it does not fit is told here; `undefined` when nobody wants to know. */
  readonly reasons: Reason[] | undefined;
  /** `undefined` when nothing of the document asks for it. */
  readonly evaluated: Evaluated | undefined;
}

/** Whether the value fits one keyword. */
export type Check = (visit: Visit) => boolean;

/** Beside a keyword: the schema it stands in. */
export interface Surroundings {
  readonly schema: { readonly [keyword: string]: JsonValue };
  /** The schema at a pointer below this one. */
  child(...steps: readonly (string | number)[]): SchemaNode;
  /** The schema at a JSON pointer of the document. */
  at(pointer: string): SchemaNode | undefined;
  /** What a reference names, if it is in the document. */
  resolve(reference: string): SchemaNode | undefined;
}

/** Makes the check of a keyword's value; `undefined` when it demands nothing, or is no value of the keyword. */
export type Keyword = (operand: JsonValue, surroundings: Surroundings) => Check | undefined;
