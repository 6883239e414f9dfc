import { date, dateAndTime, FeelFunction } from 'feelin';
import { toJson } from './json.ts';
import { typeName } from './types.ts';

/** What built-in functions need from outside the expression. */
export interface BuiltinPorts {
  /** epoch ms of the evaluation under way. */
  now(): number;
  /** A number in [0, 1) for `random number()`; without it the function gives null. */
  random?: (() => number) | undefined;
  /** For `uuid()`; without it the function gives null. */
  uuid?: (() => string) | undefined;
}

/** Thrown by `assert`, told as an evaluation failure. */
export class AssertionFailure extends Error {}

const text = (value: unknown): value is string => typeof value === 'string';

/** Camunda's additions to FEEL, and the functions that read the clock. */
export function createBuiltins(ports: BuiltinPorts): { [name: string]: FeelFunction } {
  const define = (names: string[], run: (...values: never[]) => unknown) =>
    new FeelFunction(run as (...values: unknown[]) => unknown, names);
  return {
    now: define([], () => dateAndTime(new Date(ports.now()).toISOString())),
    today: define([], () => date(new Date(ports.now()).toISOString().slice(0, 10))),
    'random number': define([], () => ports.random?.() ?? null),
    uuid: define([], () => ports.uuid?.() ?? null),
    'is defined': define(['value'], (value: unknown) => value !== null && value !== undefined),
    'get or else': define(['value', 'default'], (value: unknown, other: unknown) => value ?? other ?? null),
    'is blank': define(['string'], (value: unknown) => (text(value) ? value.trim() === '' : null)),
    'is empty': define(['list'], (value: unknown) => (Array.isArray(value) ? value.length === 0 : null)),
    // counts UTF-16 units, as Zeebe does
    'string length': define(['string'], (value: unknown) => (text(value) ? value.length : null)),
    trim: define(['string'], (value: unknown) => (text(value) ? value.trim() : null)),
    extract: define(['string', 'pattern'], (value: unknown, pattern: unknown) =>
      text(value) && text(pattern)
        ? [...value.matchAll(new RegExp(pattern, 'g'))].map((found) => found[0])
        : null,
    ),
    partition: define(['list', 'size'], (list: unknown, size: unknown) => {
      if (!Array.isArray(list) || typeof size !== 'number' || size < 1) return null;
      const parts: unknown[][] = [];
      for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
      return parts;
    }),
    assert: define(['value', 'condition', 'cause'], (value: unknown, condition: unknown, cause: unknown) => {
      if (condition === true) return value;
      throw new AssertionFailure(text(cause) ? cause : 'The condition is not fulfilled');
    }),
    'to json': define(['value'], (value: unknown) => JSON.stringify(toJson(value))),
    'from json': define(['value'], (value: unknown) => {
      if (!text(value)) return null;
      try {
        return JSON.parse(value);
      } catch {
        return null;
      }
    }),
    'get value': define(['context', 'key'], (context: unknown, key: unknown) => {
      if (typeName(context) !== 'context') return null;
      let value: unknown = context;
      for (const name of Array.isArray(key) ? key : [key]) {
        if (!text(name) || typeName(value) !== 'context' || !Object.hasOwn(value as object, name))
          return null;
        value = (value as { [name: string]: unknown })[name];
      }
      return value;
    }),
    /** Marks what a model may fill in; evaluates to its first argument. */
    fromAi: define(['value', 'description', 'type', 'schema', 'options'], (value: unknown) => value ?? null),
  };
}
