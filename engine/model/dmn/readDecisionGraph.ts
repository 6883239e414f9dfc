import type { Feel, FeelExpression } from '@baton/engine/feel';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { inHashOrder } from '../hashOrder.ts';
import { faultOfSchema } from '../schema/index.ts';
import { child, childrenNamed, idOf, localName, nameOf, readXml, type XmlElement } from '../xml/read.ts';
import type {
  Aggregation,
  Decision,
  DecisionGraph,
  DecisionLogic,
  DecisionTable,
  HitPolicy,
  KnowledgeModel,
  TableOutput,
} from './decisionGraph.ts';

/** What the file lacks to be DMN at all; the real broker says no more of it. */
const NOT_DMN = 'Failed to parse DMN: org.camunda.bpm.model.dmn.DmnModelException: Unable to parse model';

/** Expression languages that mean FEEL. */
const feelLanguage = /^$|feel/i;

const logicNames: {
  readonly [name: string]: (element: XmlElement, reading: Reading) => DecisionLogic | undefined;
} = {
  literalExpression: (element, reading) => {
    const expression = readExpression(element, reading);
    return expression && { kind: 'literalExpression', expression };
  },
  decisionTable: readTable,
  context: readContext,
  list: (element, reading) => ({
    kind: 'list',
    items: logicsIn(element).flatMap((item) => readLogic(item, reading) ?? []),
  }),
  relation: readRelation,
  invocation: readInvocation,
};

/** Collects what is wrong while a file is read. */
interface Reading {
  readonly feel: Feel;
  readonly faults: string[];
  /** Faults of expressions, each told once. */
  readonly unreadable: Set<string>;
  readonly byId: ReadonlyMap<string, XmlElement>;
}

/** The decisions of a file, or what is wrong with it in the words of the real broker. Synchronous and pure. */
export function readDecisionGraph(xml: string, feel: Feel): Result<DecisionGraph, string> {
  const reading = readXml(xml);
  const definitions = reading.root;
  if (definitions?.name !== 'dmn:definitions' || reading.fault || faultOfSchema(reading, 'dmn'))
    return failed(NOT_DMN);
  const byId = new Map(withId(definitions));
  const unknown = references(definitions).find((id) => !byId.has(id));
  if (unknown !== undefined) return failed(`Unable to find a model element instance for id ${unknown}`);
  const elements = childrenNamed(definitions, 'dmn:decision');
  if (idOf(definitions) === '' || elements.some((one) => idOf(one) === '')) return failed('null');
  if (hasCycle(elements)) return failed('Invalid DMN model: Cyclic dependencies between decisions detected.');

  const found: Reading = { feel, faults: [], unreadable: new Set(), byId };
  const decisions = elements.flatMap((element) => readDecision(element, found) ?? []);
  if (found.faults.length > 0) return failed(found.faults.join('\n'));
  return ok({
    id: idOf(definitions),
    name: nameOf(definitions),
    namespace: definitions.attributes.namespace ?? '',
    decisions: new Map(inHashOrder(requiredFirst(decisions), ({ id }) => id).map((one) => [one.id, one])),
  });
}

function* withId(element: XmlElement): Generator<[string, XmlElement]> {
  const id = idOf(element);
  if (id !== '' && element.name.startsWith('dmn:')) yield [id, element];
  for (const one of element.children) yield* withId(one);
}

const requirement = {
  decision: ['dmn:informationRequirement', 'dmn:requiredDecision'],
  input: ['dmn:informationRequirement', 'dmn:requiredInput'],
  knowledge: ['dmn:knowledgeRequirement', 'dmn:requiredKnowledge'],
} as const;

/** Ids of what an element requires of one kind. */
function required(element: XmlElement, kind: keyof typeof requirement): string[] {
  const [around, reference] = requirement[kind];
  return childrenNamed(element, around).flatMap((one) => {
    const href = child(one, reference)?.attributes.href;
    return href === undefined ? [] : [href.slice(href.indexOf('#') + 1)];
  });
}

function references(definitions: XmlElement): string[] {
  return definitions.children.flatMap((element) => [
    ...required(element, 'decision'),
    ...required(element, 'input'),
    ...required(element, 'knowledge'),
  ]);
}

function hasCycle(decisions: readonly XmlElement[]): boolean {
  const requires = new Map(decisions.map((one) => [idOf(one), required(one, 'decision')]));
  const done = new Set<string>();
  const returns = (id: string, around: ReadonlySet<string>): boolean => {
    if (around.has(id)) return true;
    if (done.has(id)) return false;
    const within = new Set(around).add(id);
    const found = (requires.get(id) ?? []).some((other) => returns(other, within));
    done.add(id);
    return found;
  };
  return decisions.some((one) => returns(idOf(one), new Set()));
}

function readDecision(element: XmlElement, reading: Reading): Decision | undefined {
  const knowledge = readKnowledge(element, reading, []);
  const logic = readLogic(element.children.find(isLogic), reading);
  const tag = child(child(element, 'dmn:extensionElements'), 'zeebe:versionTag');
  return (
    logic && {
      id: idOf(element),
      name: nameOf(element),
      versionTag: tag?.attributes.value ?? '',
      resultName: resultName(element),
      requires: required(element, 'decision'),
      knowledge,
      logic,
    }
  );
}

/** In the order in which the real broker reads them: what is required before what requires it. */
function requiredFirst(decisions: readonly Decision[]): Decision[] {
  const ordered = new Set<Decision>();
  const take = (decision: Decision | undefined) => {
    if (!decision || ordered.has(decision)) return;
    for (const id of decision.requires) take(decisions.find((other) => other.id === id));
    ordered.add(decision);
  };
  decisions.forEach(take);
  return [...ordered];
}

function resultName(decision: XmlElement): string {
  return child(decision, 'dmn:variable')?.attributes.name ?? idOf(decision);
}

function readKnowledge(element: XmlElement, reading: Reading, around: readonly string[]): KnowledgeModel[] {
  return required(element, 'knowledge').flatMap((id) => {
    const model = reading.byId.get(id)!;
    const encapsulated = child(model, 'dmn:encapsulatedLogic');
    const logic = readLogic(encapsulated?.children.find(isLogic), reading);
    if (!logic || around.includes(id)) return [];
    return [
      {
        id,
        name: nameOf(model),
        parameters: childrenNamed(encapsulated, 'dmn:formalParameter').map(nameOf),
        requires: readKnowledge(model, reading, [...around, id]),
        logic,
      },
    ];
  });
}

/** Elements that can stand where a value is computed. */
const logicElements = new Set(
  [...Object.keys(logicNames), 'functionDefinition'].map((name) => `dmn:${name}`),
);
const isLogic = ({ name }: XmlElement) => logicElements.has(name);
const logicsIn = (element: XmlElement) => element.children.filter(isLogic);

function readLogic(element: XmlElement | undefined, reading: Reading): DecisionLogic | undefined {
  const read = element && logicNames[localName(element)];
  if (read) return read(element, reading);
  reading.faults.push(`unsupported decision expression '${element ? localName(element) : 'null'}'`);
  return undefined;
}

const textOf = (element: XmlElement | undefined) => child(element, 'dmn:text')?.text.trim() ?? '';

function readExpression(element: XmlElement, reading: Reading): FeelExpression | undefined {
  const { feel, faults } = reading;
  const { expressionLanguage = '' } = element.attributes;
  if (!child(element, 'dmn:text')) {
    faults.push(`The expression '${idOf(element) || 'null'}' must not be empty.`);
    return undefined;
  }
  if (!feelLanguage.test(expressionLanguage)) {
    faults.push(`Expression language '${expressionLanguage}' is not supported`);
    return undefined;
  }
  const text = textOf(element);
  const parsed = feel.parse(`=${text}`);
  if (parsed.ok && parsed.value.kind === 'feel') return parsed.value;
  const reason = parsed.ok ? 'Expected an expression' : parsed.failure.message;
  tellOnce(reading, `FEEL expression: failed to parse expression '${text}': ${reason}`);
  return undefined;
}

function tellOnce({ faults, unreadable }: Reading, fault: string): void {
  if (!unreadable.has(fault)) faults.push(fault);
  unreadable.add(fault);
}

function readTests(element: XmlElement, reading: Reading): FeelExpression | undefined {
  const text = textOf(element) || '-';
  const parsed = reading.feel.parseUnaryTests(text);
  if (parsed.ok) return parsed.value;
  tellOnce(reading, `FEEL unary-tests: failed to parse expression '${text}': ${parsed.failure.message}`);
  return undefined;
}

function readTable(table: XmlElement, reading: Reading): DecisionTable | undefined {
  const { hitPolicy = 'UNIQUE', aggregation } = table.attributes;
  const outputs = childrenNamed(table, 'dmn:output').map((output) => readOutput(output, reading));
  if (outputs.length > 1) {
    if (aggregation !== undefined && hitPolicy === 'COLLECT')
      reading.faults.push("hit policy 'COLLECT' with aggregator is not defined for compound output");
    for (const { name, label } of outputs)
      if (name === '') reading.faults.push(`no output name defined for \`${label || 'null'}\``);
  }
  return {
    kind: 'decisionTable',
    hitPolicy: hitPolicy as HitPolicy,
    aggregation: aggregation as Aggregation | undefined,
    inputs: childrenNamed(table, 'dmn:input').flatMap((input) => {
      const expression = readExpression(child(input, 'dmn:inputExpression')!, reading);
      if (!expression) return [];
      return [{ id: idOf(input), name: input.attributes.label || expression.text, expression }];
    }),
    outputs,
    rules: childrenNamed(table, 'dmn:rule').map((rule) => ({
      id: idOf(rule),
      tests: childrenNamed(rule, 'dmn:inputEntry').flatMap((entry) => readTests(entry, reading) ?? []),
      outputs: childrenNamed(rule, 'dmn:outputEntry').flatMap(
        (entry) => readExpression(entry, reading) ?? [],
      ),
    })),
  };
}

function readOutput(output: XmlElement, reading: Reading): TableOutput {
  const fallback = child(output, 'dmn:defaultOutputEntry');
  return {
    id: idOf(output),
    name: nameOf(output),
    label: output.attributes.label ?? '',
    values: textOf(child(output, 'dmn:outputValues'))
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== ''),
    defaultOutput: fallback && readExpression(fallback, reading),
  };
}

function readContext(context: XmlElement, reading: Reading): DecisionLogic {
  const entries: { name: string; logic: DecisionLogic }[] = [];
  let result: DecisionLogic | undefined;
  const all = childrenNamed(context, 'dmn:contextEntry');
  for (const [index, entry] of all.entries()) {
    const logic = readLogic(entry.children.find(isLogic), reading);
    const name = child(entry, 'dmn:variable')?.attributes.name;
    if (!logic) continue;
    if (name !== undefined) entries.push({ name, logic });
    else if (index === all.length - 1) result = logic;
    else
      reading.faults.push('Expected every entry of a context but the last to have a name, but one has none');
  }
  return { kind: 'context', entries, ...(result && { result }) };
}

function readRelation(relation: XmlElement, reading: Reading): DecisionLogic {
  const columns = childrenNamed(relation, 'dmn:column').map(nameOf);
  const rows = childrenNamed(relation, 'dmn:row').map((row) => {
    const cells = logicsIn(row);
    if (cells.length !== columns.length)
      reading.faults.push(`expected row with '${columns.length}' elements but found '${cells.length}'`);
    return cells.flatMap((cell, index) => {
      const logic = readLogic(cell, reading);
      return logic ? [{ name: columns[index] ?? '', logic }] : [];
    });
  });
  return { kind: 'relation', rows };
}

function readInvocation(invocation: XmlElement, reading: Reading): DecisionLogic {
  const bindings = childrenNamed(invocation, 'dmn:binding').flatMap((binding) => {
    const logic = readLogic(binding.children.find(isLogic), reading);
    const name = child(binding, 'dmn:parameter')?.attributes.name ?? '';
    return logic ? [{ name, logic }] : [];
  });
  const invoked = textOf(child(invocation, 'dmn:literalExpression'));
  const models = [...reading.byId.values()].filter(({ name }) => name === 'dmn:businessKnowledgeModel');
  if (!models.some((model) => nameOf(model) === invoked))
    reading.faults.push(`no BKM found with name '${invoked}'`);
  return { kind: 'invocation', invoked, bindings };
}
