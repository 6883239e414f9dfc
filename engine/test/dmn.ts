/** DMN for scenarios, written as text. */

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const attributes = (given: { [name: string]: string | undefined }) =>
  Object.entries(given)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('');

interface GraphOptions {
  name?: string;
  namespace?: string;
}

/** A decision requirements graph. */
export function dmn(id: string, content: readonly string[], options: GraphOptions = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"${attributes(
    { id, name: options.name ?? `Graph ${id}`, namespace: options.namespace ?? 'test' },
  )}>
${withOwnIds(content.join('\n'))}
</definitions>`;
}

/** The inputs, outputs and rules of a second table are not those of the first. */
function withOwnIds(content: string): string {
  const met = new Map<string, number>();
  return content.replace(/ id="((?:input|output|rule)\d+)"/g, (_, id: string) => {
    const times = (met.get(id) ?? 0) + 1;
    met.set(id, times);
    return ` id="${times === 1 ? id : `${id}-${times}`}"`;
  });
}

interface DecisionOptions {
  name?: string;
  /** Ids of decisions that it requires. */
  requires?: readonly string[];
  /** Ids of inputs that it requires. */
  requiresInputs?: readonly string[];
  /** Ids of business knowledge models that it requires. */
  requiresKnowledge?: readonly string[];
  /** Name of its variable. */
  variable?: string;
  versionTag?: string;
}

export const decision = (id: string, logic: string, options: DecisionOptions = {}) =>
  `<decision${attributes({ id, name: options.name ?? `Decision ${id}` })}>${
    options.versionTag === undefined
      ? ''
      : `<extensionElements><zeebe:versionTag value="${options.versionTag}" /></extensionElements>`
  }${options.variable === undefined ? '' : `<variable${attributes({ name: options.variable })} />`}${[
    ...(options.requires ?? []).map(
      (other) => `<informationRequirement><requiredDecision href="#${other}" /></informationRequirement>`,
    ),
    ...(options.requiresInputs ?? []).map(
      (other) => `<informationRequirement><requiredInput href="#${other}" /></informationRequirement>`,
    ),
    ...(options.requiresKnowledge ?? []).map(
      (other) => `<knowledgeRequirement><requiredKnowledge href="#${other}" /></knowledgeRequirement>`,
    ),
  ].join('')}${logic}</decision>`;

export const literal = (text: string, more: { [name: string]: string } = {}) =>
  `<literalExpression${attributes(more)}><text>${escapeXml(text)}</text></literalExpression>`;

interface Clause {
  id?: string;
  label?: string;
  name?: string;
  expression?: string;
  /** Absent where an output has none. */
  defaultOutput?: string;
  typeRef?: string;
  values?: string;
}

interface TableOptions {
  hitPolicy?: string;
  aggregation?: string;
  inputs: readonly Clause[];
  outputs: readonly Clause[];
  /** Entries of inputs, then entries of outputs. */
  rules: readonly (readonly [inputs: readonly string[], outputs: readonly string[]])[];
}

const text = (tag: string, value: string, more: { [name: string]: string | undefined } = {}) =>
  `<${tag}${attributes(more)}><text>${escapeXml(value)}</text></${tag}>`;

export function table({ hitPolicy, aggregation, inputs, outputs, rules }: TableOptions): string {
  return `<decisionTable${attributes({ hitPolicy, aggregation })}>
${inputs
  .map(
    ({ id, label, expression, typeRef, values }, index) =>
      `<input${attributes({ id: id ?? `input${index + 1}`, label })}>${
        expression === undefined ? '' : text('inputExpression', expression, { typeRef })
      }${values === undefined ? '' : text('inputValues', values)}</input>`,
  )
  .join('\n')}
${outputs
  .map(
    ({ id, label, name, defaultOutput, typeRef, values }, index) =>
      `<output${attributes({ id: id ?? `output${index + 1}`, label, name, typeRef })}>${values === undefined ? '' : text('outputValues', values)}${
        defaultOutput === undefined ? '' : text('defaultOutputEntry', defaultOutput)
      }</output>`,
  )
  .join('\n')}
${rules
  .map(
    ([tests, results], index) =>
      `<rule id="rule${index + 1}">${tests.map((one) => text('inputEntry', one)).join('')}${results
        .map((one) => text('outputEntry', one))
        .join('')}</rule>`,
  )
  .join('\n')}
</decisionTable>`;
}
