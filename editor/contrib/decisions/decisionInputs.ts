import type { FeelVariable } from '../../platform/languages/feelLanguage.ts';
import type { FormField } from '../../ui/schemaForm.ts';

/** A path of names, as variables are asked for: `customer.age`. */
const path = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
const quoted = /"((?:[^"\\]|\\.)*)"/g;

/** What a decision has to be told: inputs of its table and of the decisions it requires, by the types they are given. */
export function decisionInputs(xml: string, decisionId: string): FormField[] {
  const { inputs, decided } = requirementsOf(xml, decisionId);
  const answers = new Set(decided.map(({ name }) => name));
  return inputs
    .filter(({ name }) => !answers.has(name.split('.')[0]!))
    .map(({ name, label, type, allowed }) => {
      const choices = [...allowed.matchAll(quoted)].map(([, value = '']) => ({ value, title: value }));
      return {
        name,
        title: label || name,
        type: choices.length > 0 ? 'choice' : (fieldTypes[type] ?? 'json'),
        required: false,
        note: label && label !== name ? `${name}${type && `: ${type}`}` : type,
        ...(choices.length > 0 && { choices }),
      };
    });
}

/** What expressions of a decision can read: what it is told, and what the decisions it requires answer. */
export function decisionVariables(xml: string, decisionId: string): FeelVariable[] {
  const { inputs, decided, knowledge } = requirementsOf(xml, decisionId);
  const variables: FeelVariable[] = [
    ...decided
      .filter(({ required }) => required)
      .map(({ name, title, type, outputs }) => ({
        name,
        description: `Answer of the decision “${title}”.`,
        ...(type && { type }),
        ...(outputs.length > 0 && {
          members: outputs.map((output) => ({
            name: output.name,
            description: `Output of the decision “${title}”.`,
            ...(output.type && { type: output.type }),
          })),
        }),
      })),
    ...knowledge.map(({ name, parameters }) => ({
      name,
      description: `Knowledge model, called with (${parameters.join(', ')}).`,
      type: 'function',
    })),
  ];
  const asked = nested(inputs);
  return [...variables, ...asked.filter(({ name }) => !variables.some((known) => known.name === name))];
}

/** `customer.age` and `customer.kind` are what one variable has in it. */
function nested(inputs: readonly Input[]): FeelVariable[] {
  const names = new Set(inputs.map((input) => input.name.split('.')[0]!));
  return [...names].map((name) => {
    const own = inputs.find((input) => input.name === name);
    const within = inputs
      .filter((input) => input.name.startsWith(`${name}.`))
      .map((input) => ({ ...input, name: input.name.slice(name.length + 1) }));
    const type = own?.type || (within.length > 0 ? 'context' : '');
    return {
      name,
      description: own?.label ? `Input “${own.label}”.` : 'Input of the decision.',
      ...(type && { type }),
      ...(within.length > 0 && { members: nested(within) }),
    };
  });
}

interface Input {
  name: string;
  label: string;
  type: string;
  /** Values that are listed. */
  allowed: string;
}

interface Decided {
  name: string;
  /** By the decision itself: what is further away it does not see. */
  required: boolean;
  title: string;
  type: string;
  /** Of a table with several. */
  outputs: readonly { name: string; type: string }[];
}

interface Requirements {
  inputs: readonly Input[];
  decided: readonly Decided[];
  /** That the decision itself requires. */
  knowledge: readonly { name: string; parameters: readonly string[] }[];
}

/** What a decision and those it requires ask of each other and of the world. */
function requirementsOf(xml: string, decisionId: string): Requirements {
  const model = new DOMParser().parseFromString(xml, 'text/xml');
  const byId = new Map(named(model, '*').flatMap((one) => (one.id ? [[one.id, one] as const] : [])));
  const inputs = new Map<string, Input>();
  const decided = new Map<string, Decided>();
  const asked = byId.get(decisionId);
  const seen = new Set<string>();

  const referred = (within: Element, reference: string) =>
    named(within, reference).flatMap((one) => {
      const to = byId.get(attribute(one, 'href').replace(/^.*#/, ''));
      return to ? [to] : [];
    });
  function visit(decision: Element | undefined): void {
    if (!decision || seen.has(decision.id)) return;
    seen.add(decision.id);
    for (const required of referred(decision, 'requiredDecision')) {
      const answer = answerOf(required);
      const known = decided.get(answer.name)?.required ?? false;
      decided.set(answer.name, { ...answer, required: known || decision === asked });
      visit(required);
    }
    for (const input of named(decision, 'input')) {
      const [expression] = named(input, 'inputExpression');
      add({
        name: expression?.textContent?.trim() ?? '',
        label: attribute(input, 'label'),
        type: attribute(expression, 'typeRef'),
        allowed: named(input, 'inputValues')[0]?.textContent ?? '',
      });
    }
    for (const data of referred(decision, 'requiredInput')) {
      const [variable] = named(data, 'variable');
      const name = attribute(variable, 'name') || attribute(data, 'name');
      add({ name, label: '', type: attribute(variable, 'typeRef'), allowed: '' });
    }
  }
  function add(input: Input): void {
    if (path.test(input.name) && !inputs.has(input.name)) inputs.set(input.name, input);
  }
  visit(asked);
  const knowledge = (asked ? referred(asked, 'requiredKnowledge') : []).map((one) => ({
    name: attribute(one, 'name'),
    parameters: named(one, 'formalParameter').map((parameter) => attribute(parameter, 'name')),
  }));
  return { inputs: [...inputs.values()], decided: [...decided.values()], knowledge };
}

function answerOf(decision: Element): Omit<Decided, 'required'> {
  const [variable] = named(decision, 'variable');
  const outputs = named(decision, 'output').map((output) => ({
    name: attribute(output, 'name'),
    type: attribute(output, 'typeRef'),
  }));
  return {
    name: attribute(variable, 'name') || decision.id,
    title: attribute(decision, 'name') || decision.id,
    type: outputs.length > 1 ? 'context' : attribute(variable, 'typeRef') || (outputs[0]?.type ?? ''),
    outputs: outputs.length > 1 ? outputs : [],
  };
}

const attribute = (element: Element | undefined, name: string) => element?.getAttribute(name) ?? '';

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

/** The same the other way round: a value for each field that has one, and under '' what no field asks for. */
export function valuesOf(
  fields: readonly FormField[],
  variables: { readonly [name: string]: unknown },
): { [path: string]: unknown } {
  const rest = structuredClone(variables) as Group;
  const values: Group = {};
  for (const { name } of fields) {
    const value = name === '' ? undefined : taken(rest, name.split('.'));
    if (value !== undefined) values[name] = value;
  }
  return Object.keys(rest).length > 0 ? { ...values, '': rest } : values;
}

type Group = { [name: string]: unknown };

/** Takes a value out of the groups it is in, and those that are empty then. */
function taken(from: Group, [step = '', ...steps]: readonly string[]): unknown {
  if (!Object.hasOwn(from, step)) return undefined;
  const at = from[step];
  const group = steps.length > 0 && typeof at === 'object' && at !== null ? (at as Group) : undefined;
  if (steps.length > 0 && !group) return undefined;
  const value = group ? taken(group, steps) : at;
  if (!group || Object.keys(group).length === 0) delete from[step];
  return value;
}
