import type { FormField } from '../../ui/schemaForm.ts';

/** A path of names, as variables are asked for: `customer.age`. */
const path = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
const quoted = /"((?:[^"\\]|\\.)*)"/g;

/** What a decision has to be told: inputs of its table and of the decisions it requires, by the types they are given. */
export function decisionInputs(xml: string, decisionId: string): FormField[] {
  const model = new DOMParser().parseFromString(xml, 'text/xml');
  const byId = new Map(named(model, '*').flatMap((one) => (one.id ? [[one.id, one] as const] : [])));
  const fields = new Map<string, FormField>();
  const decided = new Set<string>();
  const seen = new Set<string>();

  function visit(decision: Element | undefined): void {
    if (!decision || seen.has(decision.id)) return;
    seen.add(decision.id);
    for (const required of named(decision, 'requiredDecision').flatMap((one) => referred(one) ?? [])) {
      const [variable] = named(required, 'variable');
      decided.add(variable?.getAttribute('name') || required.id);
      visit(required);
    }
    for (const input of named(decision, 'input')) {
      const [expression] = named(input, 'inputExpression');
      const allowed = named(input, 'inputValues')[0]?.textContent ?? '';
      const name = expression?.textContent?.trim() ?? '';
      add(name, input.getAttribute('label') ?? '', expression?.getAttribute('typeRef') ?? '', allowed);
    }
    for (const data of named(decision, 'requiredInput').flatMap((one) => referred(one) ?? [])) {
      const [variable] = named(data, 'variable');
      const name = variable?.getAttribute('name') || data.getAttribute('name') || '';
      add(name, '', variable?.getAttribute('typeRef') ?? '', '');
    }
  }
  const referred = (reference: Element) =>
    byId.get((reference.getAttribute('href') ?? '').replace(/^.*#/, ''));
  function add(name: string, label: string, type: string, allowed: string): void {
    if (!path.test(name) || fields.has(name)) return;
    const choices = [...allowed.matchAll(quoted)].map(([, value = '']) => ({ value, title: value }));
    fields.set(name, {
      name,
      title: label || name,
      type: choices.length > 0 ? 'choice' : (fieldTypes[type] ?? 'json'),
      required: false,
      note: label && label !== name ? `${name}${type && `: ${type}`}` : type,
      ...(choices.length > 0 && { choices }),
    });
  }
  visit(byId.get(decisionId));
  return [...fields.values()].filter(({ name }) => !decided.has(name.split('.')[0]!));
}

const fieldTypes: { readonly [type: string]: FormField['type'] } = {
  string: 'text',
  number: 'number',
  integer: 'integer',
  long: 'integer',
  double: 'number',
  boolean: 'boolean',
  date: 'date',
};

/** Elements of a name below, whatever their namespace's prefix is. */
function named(within: Document | Element, name: string): Element[] {
  return [...within.getElementsByTagNameNS('*', name)];
}

/** `{ 'customer.age': 3 }` as the variables an expression asks: `{ customer: { age: 3 } }`. */
export function variablesOf(values: { readonly [path: string]: unknown }): { [name: string]: unknown } {
  const variables: { [name: string]: unknown } = {};
  for (const [key, value] of Object.entries(values)) {
    const steps = key.split('.');
    const last = steps.pop()!;
    let at = variables;
    for (const step of steps) {
      const inner = Object.hasOwn(at, step) ? at[step] : undefined;
      const group = typeof inner === 'object' && inner !== null ? (inner as { [name: string]: unknown }) : {};
      at[step] = group;
      at = group;
    }
    at[last] = value;
  }
  return variables;
}
