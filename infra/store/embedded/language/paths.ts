import type { Document } from 'bson';

/**
 * Every value a dotted path reaches, as MongoDB indexes and sorts see it: arrays on the way are walked element by
 * element, an array at the end stands for its elements. What is not there counts as `undefined`.
 */
export function valuesAt(document: Document, path: string): { values: unknown[]; throughArray: boolean } {
  const values: unknown[] = [];
  let throughArray = false;
  const walk = (value: unknown, names: readonly string[]): void => {
    if (Array.isArray(value)) {
      throughArray = true;
      const [name, ...rest] = names;
      if (name === undefined) {
        if (value.length === 0) values.push(undefined);
        values.push(...value);
        return;
      }
      if (/^\d+$/.test(name)) walk(value[Number(name)], rest);
      for (const element of value) if (isDocument(element)) walk(element, names);
      if (value.length === 0) values.push(undefined);
      return;
    }
    const [name, ...rest] = names;
    if (name === undefined) values.push(value);
    else walk(isDocument(value) ? value[name] : undefined, rest);
  };
  walk(document, path.split('.'));
  return { values: values.length > 0 ? values : [undefined], throughArray };
}

export function isDocument(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp) &&
    !(value instanceof Uint8Array) &&
    !('_bsontype' in value)
  );
}

/** Sets a value at a dotted path of a document under construction, making the documents on the way. */
export function setAt(document: Document, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  let target = document;
  for (const name of names) {
    if (!isDocument(target[name])) define(target, name, {});
    target = target[name];
  }
  define(target, last, value);
}

/** A field may be called `__proto__`; it stays data. */
function define(target: Document, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
