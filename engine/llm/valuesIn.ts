import type { JsonValue } from '@baton/engine/protocol';

/** Values in the JSON that texts hold, by property name; a later one stands for those before. */
export function valuesIn(texts: readonly string[]): Map<string, JsonValue> {
  const values = new Map<string, JsonValue>();
  for (const text of texts) {
    const parsed = parseObject(text);
    if (parsed !== undefined) collectValues(parsed, values);
  }
  return values;
}

function parseObject(text: string): JsonValue | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1)) as JsonValue;
  } catch {
    return undefined;
  }
}

function collectValues(value: JsonValue, into: Map<string, JsonValue>): void {
  if (Array.isArray(value)) for (const item of value) collectValues(item, into);
  else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      into.set(name, inner);
      collectValues(inner, into);
    }
  }
}
