import type { CatalogTool, JsonSchema } from '@baton/tools-registry/contract';
import type { ElementTemplate } from '../../api/index.ts';

/** Fields of one form; a schema may have any number of properties. */
const MOST_FIELDS = 100;
const MOST_CHOICES = 200;
/** Characters of a text that stands beside a field. */
const LONGEST = 1_000;
/** What can be the target of an input mapping; a dot would be a path. */
const variable = /^[\p{L}_][\p{L}\p{N}_]*$/u;

type Property = { [field: string]: unknown };

/** A tool as an element template of Camunda: a service task that calls it, with a field for each of its inputs. */
export function elementTemplateOf({ definition, version }: CatalogTool): ElementTemplate {
  const { name, description, input } = definition;
  return {
    $schema: 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
    id: `baton.tool.${name}`,
    name,
    version,
    ...(description ? { description: description.slice(0, LONGEST) } : {}),
    category: { id: 'tools', name: 'Tools' },
    appliesTo: ['bpmn:Task', 'bpmn:ServiceTask'],
    elementType: { value: 'bpmn:ServiceTask' },
    groups: [
      { id: 'input', label: 'Input' },
      { id: 'output', label: 'Output' },
    ],
    properties: [
      { type: 'Hidden', value: 'tool', binding: { type: 'zeebe:taskDefinition', property: 'type' } },
      { type: 'Hidden', value: name, binding: { type: 'zeebe:taskHeader', key: 'tool' } },
      ...fieldsOf(input),
      {
        id: 'resultVariable',
        label: 'Result variable',
        description: 'Takes the answer; without it, the parts of the answer are variables of their own',
        group: 'output',
        type: 'String',
        value: variableFor(name),
        optional: true,
        binding: { type: 'zeebe:taskHeader', key: 'resultVariable' },
      },
    ],
  };
}

function fieldsOf(input: JsonSchema): Property[] {
  const required = new Set(Array.isArray(input.required) ? input.required : []);
  const properties = isObject(input.properties) ? Object.entries(input.properties) : [];
  const fields = properties
    .filter(([name]) => variable.test(name))
    .map(([name, schema]) => ({ name, schema: isObject(schema) ? schema : {}, needed: required.has(name) }));
  // What is needed is shown, whatever else there is not room for.
  const shown = [...fields.filter(({ needed }) => needed), ...fields.filter(({ needed }) => !needed)];
  return shown.slice(0, MOST_FIELDS).map(({ name, schema, needed }) => ({
    id: `input-${name}`,
    label: textOf(schema.title) ?? name,
    ...(textOf(schema.description) ? { description: textOf(schema.description) } : {}),
    group: 'input',
    ...controlOf(schema, needed),
    binding: { type: 'zeebe:input', name },
    ...(needed ? { constraints: { notEmpty: true } } : { optional: true }),
  }));
}

/** The control that fits the values a schema lets through; values of which there is no control are FEEL. */
function controlOf(schema: Property, needed: boolean): Property {
  const { default: usual, enum: values, examples } = schema;
  const types = [schema.type].flat().filter((type) => type !== 'null');
  const type = types.length === 1 ? types[0] : undefined;
  const words = Array.isArray(values) && values.every((value) => typeof value === 'string') ? values : [];
  // A choice cannot be left open: what may be missing is typed.
  if (words.length > 0 && words.length <= MOST_CHOICES && needed) {
    const choices = words.map((value) => ({ name: value, value }));
    return {
      type: 'Dropdown',
      choices,
      ...(typeof usual === 'string' && words.includes(usual) ? { value: usual } : {}),
    };
  }
  if (type === 'boolean')
    return { type: 'Boolean', feel: 'optional', ...(typeof usual === 'boolean' ? { value: usual } : {}) };
  if (type === 'number' || type === 'integer')
    return { type: 'Number', feel: 'optional', ...(typeof usual === 'number' ? { value: usual } : {}) };
  const example = Array.isArray(examples) ? examples[0] : undefined;
  if (type === 'string' || words.length > 0) {
    const placeholder = words.length > 0 ? words.join(', ').slice(0, LONGEST) : textOf(example);
    return {
      type: 'String',
      feel: 'optional',
      // A text that begins with = would be an expression.
      ...(typeof usual === 'string' ? { value: usual.startsWith('=') ? expression(usual) : usual } : {}),
      ...(placeholder ? { placeholder } : {}),
    };
  }
  return {
    type: 'Text',
    feel: 'required',
    ...(usual === undefined ? {} : { value: expression(usual) }),
    ...(example === undefined ? {} : { placeholder: expression(example).slice(0, LONGEST) }),
  };
}

/** JSON is FEEL. */
const expression = (value: unknown) => `=${JSON.stringify(value)}`;

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined;

function isObject(value: unknown): value is Property {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `github.create_issue` answers `createIssue`. */
function variableFor(name: string): string {
  const words = (name.split('.').at(-1) ?? '').split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const joined = words
    .map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('');
  return variable.test(joined) ? joined : 'result';
}
