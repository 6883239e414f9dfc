/** One field of a form made from a JSON Schema of an object, or from values alone. */
export interface FormField {
  name: string;
  title: string;
  type: 'text' | 'longText' | 'number' | 'integer' | 'boolean' | 'choice' | 'json';
  required: boolean;
  /** Unit or format at the label's right. */
  note?: string;
  description?: string;
  choices?: readonly string[];
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Schema = { [keyword: string]: unknown };

/** What the user typed: texts, and switches as they stand. */
export type FormValues = Readonly<Record<string, string | boolean>>;

export function fieldsOf(schema: Schema): FormField[] {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, property]) => {
    const choices = property.enum as unknown[] | undefined;
    const texts = choices?.every((choice) => typeof choice === 'string') ? (choices as string[]) : undefined;
    const note =
      (property.format as string | undefined) ?? (texts ? undefined : (property.type as string | undefined));
    return {
      name,
      title: (property.title as string | undefined) ?? titleOf(name),
      type: texts ? 'choice' : typeOf(property),
      required: required.has(name),
      ...(note && note !== 'multiline' && { note }),
      ...(property.description !== undefined && { description: String(property.description) }),
      ...(texts && { choices: texts }),
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

export function initialValues(
  fields: readonly FormField[],
  example: Readonly<Record<string, unknown>>,
): FormValues {
  return Object.fromEntries(
    fields.map((field) => {
      const value = example[field.name];
      if (field.type === 'boolean') return [field.name, value === true];
      if (value === undefined) return [field.name, ''];
      return [field.name, field.type === 'json' ? JSON.stringify(value, null, 2) : String(value)];
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
    if (value.trim() === '') {
      if (field.required) errors[field.name] = `Expected ${field.title.toLowerCase()}, but it is empty.`;
      continue;
    }
    const read = readText(field, value);
    if ('error' in read) errors[field.name] = read.error;
    else variables[field.name] = read.value;
  }
  return { variables, errors };
}

function readText(field: FormField, text: string): { value: Json } | { error: string } {
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
      return field.choices?.includes(text)
        ? { value: text }
        : { error: `Expected one of ${field.choices?.join(', ')}, but got ${text}.` };
    case 'json':
      return readJsonText(text);
    default:
      return { value: text };
  }
}

export function readJsonText(text: string): { value: Json } | { error: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { error: `Expected JSON, but ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function typeOf(property: Schema): FormField['type'] {
  switch (property.type) {
    case 'string':
      return property.format === 'multiline' || Number(property.maxLength ?? 0) > 200 ? 'longText' : 'text';
    case 'number':
    case 'integer':
    case 'boolean':
      return property.type;
    default:
      return 'json';
  }
}

/** `escalateAfter` → `Escalate after`. */
function titleOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
