import type { JsonSchema, JsonValue } from '../json.ts';
import { readSchema, type SchemaDocument } from './schemaDocument.ts';

/** Characters of schemas that are kept read, all together. */
const KEPT = 8_000_000;

const byObject = new WeakMap<JsonSchema, SchemaDocument>();
/** By their text, least lately used first: the same schema is read once, however often it is fetched. */
const byText = new Map<string, SchemaDocument>();
let kept = 0;

/** The schema, read once for each text of it that is in use. */
export function documentOf(schema: JsonSchema): SchemaDocument {
  // What others wrote may be `true`, which is a schema too, or nothing of the kind.
  if (typeof schema !== 'object' || schema === null) return readSchema(schema as JsonValue);
  const known = byObject.get(schema);
  if (known) return known;
  const text = JSON.stringify(schema);
  let document = byText.get(text);
  if (document) byText.delete(text);
  else {
    document = readSchema(schema as JsonValue);
    kept += text.length;
  }
  byText.set(text, document);
  for (const oldest of byText.keys()) {
    if (kept <= KEPT || oldest === text) break;
    byText.delete(oldest);
    kept -= oldest.length;
  }
  byObject.set(schema, document);
  return document;
}
