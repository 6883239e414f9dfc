import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import type { ElementInstances } from './elementInstances.ts';
import type { Store } from './store.ts';
import { keyPart, MAX_PART } from './tableKey.ts';

export interface Variable {
  readonly key: number;
  readonly value: JsonValue;
}

/** Variables by scope. A scope is an element instance; what it lacks is looked for in the scope around it. */
export interface Variables {
  getLocal(scopeKey: number, name: string): Variable | undefined;
  put(scopeKey: number, name: string, variable: Variable): void;
  /** The value seen from a scope, nearest first; undefined where no scope has the name. */
  get(scopeKey: number, name: string): JsonValue | undefined;
  /** All that is seen from a scope, or those of `names` that exist. */
  visible(scopeKey: number, names?: readonly string[]): JsonObject;
  /** Variables of this scope alone. */
  local(scopeKey: number): JsonObject;
  /** The same, with their keys; shorter names first. */
  ofScope(scopeKey: number): { name: string; variable: Variable }[];
  /** Scope around a scope; undefined for the process instance. */
  parent(scopeKey: number): number | undefined;
  removeScope(scopeKey: number): void;
}

export function createVariables(store: Store, elementInstances: ElementInstances): Variables {
  const table = store.table<[number, string], Variable>('variables');
  /** Names that are more than their part of the key. */
  const longNames = store.table<[number, string], string>('longVariableNames');
  const nameOf = (key: readonly [number, string]) =>
    key[1].length > MAX_PART ? (longNames.get([...key]) ?? key[1]) : key[1];
  const scope = (scopeKey: number) => table.range({ start: [scopeKey, ''], end: [scopeKey + 1, ''] });
  const parent = (scopeKey: number) => {
    const flowScopeKey = elementInstances.get(scopeKey)?.value.flowScopeKey ?? -1;
    return flowScopeKey < 0 ? undefined : flowScopeKey;
  };
  const get = (scopeKey: number, name: string) => {
    const part = keyPart(name);
    for (let at: number | undefined = scopeKey; at !== undefined; at = parent(at)) {
      const variable = table.get([at, part]);
      if (variable) return variable.value;
    }
    return undefined;
  };
  /** `__proto__` as a variable name must become a property like any other. */
  const set = (into: JsonObject, name: string, value: JsonValue) => {
    if (name === '__proto__')
      Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
    else into[name] = value;
  };

  return {
    getLocal: (scopeKey, name) => table.get([scopeKey, keyPart(name)]),
    put(scopeKey, name, variable) {
      const part = keyPart(name);
      if (part !== name) longNames.put([scopeKey, part], name);
      table.put([scopeKey, part], variable);
    },
    get,
    visible(scopeKey, names) {
      const seen: JsonObject = {};
      if (names && names.length > 0) {
        for (const name of names) {
          const value = get(scopeKey, name);
          if (value !== undefined) set(seen, name, value);
        }
        return seen;
      }
      for (let at: number | undefined = scopeKey; at !== undefined; at = parent(at)) {
        for (const { key, value } of scope(at)) {
          const name = nameOf(key);
          if (!Object.hasOwn(seen, name)) set(seen, name, value.value);
        }
      }
      return seen;
    },
    local(scopeKey) {
      const own: JsonObject = {};
      for (const { key, value } of scope(scopeKey)) set(own, nameOf(key), value.value);
      return own;
    },
    ofScope: (scopeKey) =>
      [...scope(scopeKey)]
        .map(({ key, value }) => ({ name: nameOf(key), variable: value }))
        .sort((one, other) => one.name.length - other.name.length),
    parent,
    removeScope(scopeKey) {
      for (const { key } of scope(scopeKey)) {
        if (key[1].length > MAX_PART) longNames.delete(key);
        table.delete(key);
      }
    },
  };
}
