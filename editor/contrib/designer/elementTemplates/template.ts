import type { TemplateContent } from '@baton/gateway/api';

/** Camunda's element template, as far as the designer looks into it; the rest is bpmn-js-element-templates'. */
export interface ElementTemplate {
  id: string;
  name: string;
  version?: number;
  description?: string;
  appliesTo: string[];
  elementType?: { value: string };
  groups?: { id: string; label: string; openByDefault?: boolean }[];
  properties: TemplateProperty[];
  entriesVisible?: boolean;
  documentationRef?: string;
  icon?: { contents: string };
}

export interface TemplateProperty {
  id?: string;
  type?: 'String' | 'Text' | 'Number' | 'Boolean' | 'Dropdown' | 'Hidden';
  label?: string;
  description?: string;
  placeholder?: string;
  tooltip?: string;
  group?: string;
  value?: string | number | boolean;
  editable?: boolean;
  optional?: boolean;
  feel?: 'optional' | 'required' | 'static';
  choices?: { name: string; value: string | number | boolean }[];
  constraints?: {
    notEmpty?: boolean;
    minLength?: number;
    maxLength?: number;
    pattern?: string | { value: string; message?: string };
  };
  binding: TemplateBinding;
  condition?: Condition;
}

export interface TemplateBinding {
  type: string;
  name?: string;
  property?: string;
  key?: string;
  source?: string;
}

export type Condition = SimpleCondition | { allMatch: SimpleCondition[] };

export interface SimpleCondition {
  property?: string;
  equals?: string | number | boolean;
  oneOf?: (string | number | boolean)[];
  isActive?: boolean;
  isEmpty?: boolean;
}

export function elementTemplateOf(content: TemplateContent): ElementTemplate | undefined {
  return content.of === 'element' ? (content.content as unknown as ElementTemplate) : undefined;
}

/** The tool a template's element calls; `undefined` when it is of something else. */
export function toolOfTemplate({ properties }: ElementTemplate): string | undefined {
  const tool = properties.find(
    ({ binding }) => binding.type === 'zeebe:taskHeader' && binding.key === 'tool',
  );
  return typeof tool?.value === 'string' ? tool.value : undefined;
}

/** What a field holds is FEEL in the file, whether or not one sees it: `=5`, `=true`. */
export function isCast({ feel, type }: TemplateProperty): boolean {
  return feel !== undefined && (type === 'Number' || type === 'Boolean');
}

/** Which fields an element has by what is chosen in others. */
export function shownProperties(
  { properties }: ElementTemplate,
  read: (property: TemplateProperty) => string,
): TemplateProperty[] {
  const holds = (property: TemplateProperty, seen: readonly TemplateProperty[]): boolean => {
    if (seen.includes(property)) return false;
    const conditions = !property.condition
      ? []
      : 'allMatch' in property.condition
        ? property.condition.allMatch
        : [property.condition];
    return conditions.every((condition) => {
      const other = properties.find(({ id }) => id !== undefined && id === condition.property);
      if (condition.isActive !== undefined)
        return condition.isActive === (other !== undefined && holds(other, [...seen, property]));
      if (!other) return false;
      const value = read(other);
      if (condition.isEmpty !== undefined) return condition.isEmpty === (value === '');
      const is = (expected: string | number | boolean) => plain(other, value) === String(expected);
      if (condition.equals !== undefined) return is(condition.equals);
      return (condition.oneOf ?? []).some(is);
    });
  };
  return properties.filter((property) => property.type !== 'Hidden' && holds(property, []));
}

/** The value as it is typed: without the `=` that a figure or a switch has in the file. */
export function plain(property: TemplateProperty, value: string): string {
  return isCast(property) && value.startsWith('=') ? value.slice(1).trim() : value;
}

/** What is wrong with what a field holds: "Expected …, but …". */
export function fieldProblem(property: TemplateProperty, value: string): string | undefined {
  const { constraints = {}, label = 'it', type } = property;
  const { notEmpty, minLength, maxLength, pattern } = constraints;
  if (value === '' || value === '=') return notEmpty ? `Expected a value, but ${label} is empty.` : undefined;
  if (value.startsWith('=') && !isCast(property)) return undefined;
  const text = plain(property, value);
  if (type === 'Number' && property.feel === undefined && !Number.isFinite(Number(text)))
    return `Expected a number, but got ${text}.`;
  if (minLength !== undefined && text.length < minLength)
    return `Expected at least ${minLength} characters, but there are ${text.length}.`;
  if (maxLength !== undefined && text.length > maxLength)
    return `Expected at most ${maxLength} characters, but there are ${text.length}.`;
  if (pattern === undefined) return undefined;
  const { value: expression, message } = typeof pattern === 'string' ? { value: pattern } : { ...pattern };
  return matches(expression, text)
    ? undefined
    : `Expected ${message ?? `a text of the form ${expression}`}, but got ${text}.`;
}

/** A template's own pattern; one that cannot be read forbids nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return true;
  }
}
