import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { JsonSchema } from '@baton/tools-registry/contract';
import type { Offer, OfferedTool } from '../offer.ts';
import { modelName } from '../toolNames.ts';

/** Of an element whose tools are another server's: found out by asking it. */
const GATEWAY = 'io.camunda.agenticai.gateway.type';

/** Names of parameters that are not a model's to give: `toolCall._meta` says which call it is. */
const RESERVED = '_meta';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** The elements of an ad-hoc sub-process as the tools of its agent; the failure says which of them cannot be one. */
export function toolsOf(elements: readonly JsonObject[]): Result<Offer, string> {
  const tools = new Map<string, OfferedTool>();
  for (const element of elements) {
    const id = textOf(element.elementId);
    const { properties } = element;
    if (isObject(properties) && textOf(properties[GATEWAY]) !== '') {
      return failed(
        `Expected '${id}' to be a tool itself, but it stands for those of another server (${textOf(properties[GATEWAY])}); name them as tools of their own`,
      );
    }
    const schema = schemaOf(id, Array.isArray(element.parameters) ? element.parameters : []);
    if (!schema.ok) return schema;
    const as = modelName(id);
    const description = textOf(element.documentation) || textOf(element.elementName) || id;
    tools.set(as, { as, name: id, version: 1, tool: { name: as, description, parameters: schema.value } });
  }
  return ok(tools);
}

/** What `fromAi(toolCall.x, …)` asks for, as a JSON Schema of the arguments. */
function schemaOf(id: string, parameters: readonly JsonValue[]): Result<JsonSchema, string> {
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const parameter of parameters.filter(isObject)) {
    const { name, description, type, schema, options } = parameter;
    const leaf = /^toolCall\.([^.]+)$/.exec(textOf(name))?.[1];
    if (leaf === undefined) {
      return failed(
        `Expected every fromAi() of '${id}' to take a value like toolCall.city, but one takes '${textOf(name)}'`,
      );
    }
    if (leaf === RESERVED)
      return failed(`Expected parameters of '${id}' to have names of their own, but one is '${RESERVED}'`);
    if (Object.hasOwn(properties, leaf))
      return failed(`Expected parameters of '${id}' to differ, but '${leaf}' is asked for twice`);
    const given = isObject(schema) ? schema : {};
    properties[leaf] = {
      ...given,
      ...(textOf(type) !== '' ? { type: textOf(type) } : schemaSaysType(given) ? {} : { type: 'string' }),
      ...(textOf(description) !== '' && { description: textOf(description) }),
    };
    if (!isObject(options) || options.required !== false) required.push(leaf);
  }
  return ok({ type: 'object', properties, required } as JsonSchema);
}

const schemaSaysType = (schema: JsonObject): boolean =>
  ['type', 'enum', 'const', 'anyOf', 'oneOf', 'allOf', '$ref'].some((key) => Object.hasOwn(schema, key));
