type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Schema = { [keyword: string]: unknown };

/** One value a field can have, as it is sent and as it is called. */
export interface Choice {
  value: Json;
  title: string;
}

/** One field of a form made from a JSON Schema of an object, or from values alone. */
export interface FormField {
  name: string;
  title: string;
  /** `choices`: any number of them. */
  type: 'text' | 'longText' | 'number' | 'integer' | 'boolean' | 'choice' | 'choices' | 'date' | 'json';
  required: boolean;
  /** Unit or format at the label's right. */
  note?: string;
  description?: string;
  choices?: readonly Choice[];
  /** What it begins with. */
  initial?: Json;
  readOnly?: boolean;
}

/** What the user typed: texts, switches as they stand, and the texts of what is ticked. */
export type FormValues = Readonly<Record<string, string | boolean | readonly string[]>>;

export function fieldsOf(schema: Schema): FormField[] {
  const required = new Set(Array.isArray(schema.required) ? (schema.required as string[]) : []);
  return Object.entries(isSchema(schema.properties) ? schema.properties : {}).map(([name, stated]) => {
    const property = resolved(schema, stated);
    const type = typeOf(property);
    const choices = choicesOf(type === 'choices' ? resolved(schema, property.items) : property);
    const jsonType = [property.type].flat().find((each) => each !== 'null');
    const note = choices ? undefined : (textOf(property.format) ?? textOf(jsonType));
    const bounds = boundsOf(property);
    const said = textOf(property.description);
    const description = [said && bounds ? said.replace(/([^.!?])$/, '$1.') : said, bounds]
      .filter(Boolean)
      .join(' ');
    return {
      name,
      title: textOf(property.title) ?? titleOf(name),
      type,
      required: required.has(name),
      ...(note && note !== 'multiline' && { note }),
      ...(description && { description }),
      ...(choices && { choices }),
      ...((property.const ?? property.default) !== undefined && {
        initial: (property.const ?? property.default) as Json,
      }),
      ...(property.readOnly === true && { readOnly: true }),
    };
  });
}

/** Fields for values without a schema: their types are what they are now. */
export function fieldsOfValues(values: Readonly<Record<string, Json>>): FormField[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    title: titleOf(name),
    type:
      typeof value === 'string'
        ? value.length > 60 || value.includes('\n')
          ? 'longText'
          : 'text'
        : typeof value === 'number'
          ? 'number'
          : typeof value === 'boolean'
            ? 'boolean'
            : 'json',
    required: false,
  }));
}

/** The text that stands for a choice in its control. */
export function choiceText({ value }: Pick<Choice, 'value'>): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function initialValues(
  fields: readonly FormField[],
  example: Readonly<Record<string, unknown>>,
): FormValues {
  return Object.fromEntries(
    fields.map((field) => {
      const value = Object.hasOwn(example, field.name) ? example[field.name] : field.initial;
      if (field.type === 'boolean') return [field.name, value === true];
      if (field.type === 'choices')
        return [field.name, Array.isArray(value) ? value.map((each) => choiceText({ value: each })) : []];
      if (value === undefined || (value === null && field.type !== 'json')) return [field.name, ''];
      if (field.type === 'json') return [field.name, JSON.stringify(value, null, 2)];
      return [field.name, typeof value === 'string' ? value : JSON.stringify(value)];
    }),
  );
}

/** The variables of a form and, by field, what keeps it from being sent. Empty optional fields are left out. */
export function readValues(
  fields: readonly FormField[],
  values: FormValues,
): { variables: Record<string, Json>; errors: Record<string, string> } {
  const variables: Record<string, Json> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name] ?? '';
    if (typeof value === 'boolean') {
      variables[field.name] = value;
      continue;
    }
    if (typeof value === 'string' ? value.trim() === '' : value.length === 0) {
      if (field.required) errors[field.name] = `Expected ${field.title.toLowerCase()}, but it is empty.`;
      continue;
    }
    const read = typeof value === 'string' ? readText(field, value) : readChoices(field, value);
    if ('error' in read) errors[field.name] = read.error;
    else variables[field.name] = read.value;
  }
  return { variables, errors };
}

type Read = { value: Json } | { error: string };

function readText(field: FormField, text: string): Read {
  switch (field.type) {
    case 'number':
    case 'integer': {
      const number = Number(text);
      const fits = Number.isFinite(number) && (field.type === 'number' || Number.isInteger(number));
      return fits
        ? { value: number }
        : { error: `Expected ${field.type === 'integer' ? 'a whole' : 'a'} number, but got ${text}.` };
    }
    case 'choice':
      return readChoice(field, text);
    case 'json':
      return readJsonText(text);
    default:
      return { value: text };
  }
}

function readChoice({ choices = [] }: FormField, text: string): Read {
  const chosen = choices.find((choice) => choiceText(choice) === text);
  return chosen
    ? { value: chosen.value }
    : { error: `Expected one of ${choices.map(({ title }) => title).join(', ')}, but got ${text}.` };
}

function readChoices(field: FormField, texts: readonly string[]): Read {
  const values: Json[] = [];
  for (const text of texts) {
    const read = readChoice(field, text);
    if ('error' in read) return read;
    values.push(read.value);
  }
  return { value: values };
}

export function readJsonText(text: string): Read {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { error: `Expected JSON, but ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function typeOf(property: Schema): FormField['type'] {
  if (choicesOf(property)) return 'choice';
  const [type, more] = [property.type].flat().filter((each) => each !== 'null');
  if (more !== undefined) return 'json';
  switch (type) {
    case 'string':
      if (property.format === 'date') return 'date';
      return property.format === 'multiline' || Number(property.maxLength ?? 0) > 200 ? 'longText' : 'text';
    case 'number':
    case 'integer':
    case 'boolean':
      return type;
    case 'array':
      return isSchema(property.items) && choicesOf(property.items) ? 'choices' : 'json';
    default:
      return 'json';
  }
}

/** `enum`, with the names MCP gives beside it, or `oneOf` and `anyOf` of constants with titles. */
function choicesOf(schema: Schema): Choice[] | undefined {
  if (Array.isArray(schema.enum) && schema.enum.length > 0) {
    const names = Array.isArray(schema.enumNames) ? (schema.enumNames as unknown[]) : [];
    return (schema.enum as Json[]).map((value, at) => ({
      value,
      title: textOf(names[at]) ?? choiceText({ value }),
    }));
  }
  const variants = schema.oneOf ?? schema.anyOf;
  if (!Array.isArray(variants) || variants.length === 0) return undefined;
  const constants = (variants as unknown[]).filter(
    (variant): variant is Schema => isSchema(variant) && Object.hasOwn(variant, 'const'),
  );
  if (constants.length < variants.length) return undefined;
  return constants.map((variant) => ({
    value: variant.const as Json,
    title: textOf(variant.title) ?? choiceText({ value: variant.const as Json }),
  }));
}

/** `At least 1, at most 120.` */
function boundsOf({ minimum, maximum, minItems, maxItems }: Schema): string {
  const least = minimum ?? minItems;
  const most = maximum ?? maxItems;
  const said = [
    typeof least === 'number' && least !== 0 && `at least ${least}`,
    typeof most === 'number' && `at most ${most}`,
  ].filter(Boolean);
  const text = said.join(', ');
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The schema a `$ref` into the same document stands for. */
function resolved(root: Schema, schema: unknown): Schema {
  let found = schema;
  for (let steps = 0; isSchema(found) && typeof found.$ref === 'string' && steps < 8; steps++) {
    const path = found.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
    found = path.reduce<unknown>((inner, step) => (isSchema(inner) ? inner[step] : undefined), root);
  }
  return isSchema(found) ? found : {};
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `escalateAfter` → `Escalate after`. */
function titleOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
