import type { JsonValue } from '@baton/gateway/api';
import { isMap, isNode, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import type { ContentPath } from '../contentPath.ts';
import type { Span } from './languages.ts';

/** A name or a scalar of a YAML text, where it stands. */
export interface YamlValue extends Span {
  path: ContentPath;
  /** The name of a member, not its value. */
  name: boolean;
  value: JsonValue;
}

export interface YamlValues {
  values: readonly YamlValue[];
  /** What the text says as far as it can be read. */
  content: JsonValue | undefined;
}

let last: { text: string; read: YamlValues } | undefined;

/** Reads what can be read; several ask about one text, so that the last one is kept. */
export function yamlValues(text: string): YamlValues {
  if (last?.text === text) return last.read;
  const values: YamlValue[] = [];
  const document = parseDocument(text, { prettyErrors: false });
  if (document.contents) walk(document.contents, [], values);
  let content: JsonValue | undefined;
  try {
    content = document.toJS({ maxAliasCount: 0 }) as JsonValue;
  } catch {
    // An alias: what it stands for is nobody's business here.
  }
  last = { text, read: { values, content } };
  return last.read;
}

function walk(node: ParsedNode, path: ContentPath, values: YamlValue[]): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !key.range) continue;
      const name = String(key.value);
      values.push({ path: [...path, name], name: true, value: name, from: key.range[0], to: key.range[1] });
      if (isNode(value)) walk(value as ParsedNode, [...path, name], values);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries())
      if (isNode(item)) walk(item as ParsedNode, [...path, String(index)], values);
  } else if (isScalar(node) && node.range) {
    values.push({
      path,
      name: false,
      value: node.value as JsonValue,
      from: node.range[0],
      to: node.range[1],
    });
  }
}
