import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { ConnectorError, ConnectorWorld } from './connector.ts';

const placeholder = /\{\{\s*secrets\.([\w.-]+)\s*\}\}/g;

/** In place of a secret that an answer repeats. */
const HIDDEN = '•••';

/** Texts within a value, each replaced. */
export function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change)]));
}

function namesIn(value: JsonValue | undefined): string[] {
  const names: string[] = [];
  if (value !== undefined) {
    mapTexts(value, (text) => {
      names.push(...[...text.matchAll(placeholder)].map(([, name = '']) => name));
      return text;
    });
  }
  return names;
}

const refused = (code: string, message: string) => failed<ConnectorError>({ code, message, passing: false });

export interface Unveiled {
  input: JsonObject;
  /** A value that repeats a secret, as it may go on. */
  mask(value: JsonValue): JsonValue;
}

/**
 * The input with the secrets it names, as far as they are granted. A model that writes a placeholder into its arguments gets
 * nothing for it: its call is refused.
 */
export async function unveil(
  variables: JsonObject,
  inputs: readonly string[],
  tenantId: string,
  world: Pick<ConnectorWorld, 'granted' | 'secret'>,
): Promise<Result<Unveiled, ConnectorError>> {
  if (namesIn(variables.toolCall).length > 0) {
    return refused(
      'SECRET_REFUSED',
      'Expected a model to give arguments of its own, but they name secrets of the tenant',
    );
  }
  const values = new Map<string, string>();
  const wanted = new Set(inputs.flatMap((name) => namesIn(variables[name])));
  const secrets: readonly string[] = wanted.size > 0 ? (await world.granted(tenantId)).secrets : [];
  for (const name of wanted) {
    if (!secrets.includes(name)) {
      return refused(
        'NOT_GRANTED',
        `Expected the secret '${name}' to be granted to the tool http.request, but an admin has not granted it yet`,
      );
    }
    const value = await world.secret(tenantId, name);
    if (value === undefined)
      return refused('SECRET_MISSING', `Expected a secret '${name}', but the tenant has none of that name`);
    values.set(name, value);
  }
  const filled = (text: string) =>
    text.replace(placeholder, (whole, name: string) => values.get(name) ?? whole);
  const hidden = [...values.values()].filter((value) => value.length > 3);
  const shown = (text: string) => hidden.reduce((left, value) => left.replaceAll(value, HIDDEN), text);
  return ok({
    input: {
      ...variables,
      ...Object.fromEntries(
        inputs.flatMap((name) =>
          variables[name] === undefined ? [] : [[name, mapTexts(variables[name], filled)]],
        ),
      ),
    },
    mask: (value) => (hidden.length > 0 ? mapTexts(value, shown) : value),
  });
}
