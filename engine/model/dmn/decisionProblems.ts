import type { Feel } from '@baton/engine/feel';
import type { ModelProblem } from '../executable.ts';
import { address } from '../problems.ts';
import { faultOfSchema } from '../schema/index.ts';
import { idOf, nameOf, placeOf, readXml, type XmlElement } from '../xml/read.ts';
import { readDecisionGraph } from './readDecisionGraph.ts';

/** What a deployment of this `.dmn` file would meet, with its place where that is known; for those who draw it. */
export function decisionProblems(xml: string, feel: Feel): ModelProblem[] {
  const reading = readXml(xml);
  if (reading.fault) return [problem('dmn/xml', reading.fault.message, placeOf(xml, reading.fault.offset))];
  const { root } = reading;
  if (root?.name !== 'dmn:definitions') {
    const message = `Expected the root element to be DMN 'definitions', but found '${root?.name ?? 'none'}'`;
    return [problem('dmn/root', message, placeOf(xml, root?.written.start ?? 0))];
  }
  const fault = faultOfSchema(reading, 'dmn');
  if (fault) return [problem('dmn/schema', fault.message, placeOf(xml, fault.offset), fault.element)];
  const graph = readDecisionGraph(xml, feel);
  if (graph.ok) return [];
  const elements = [...below(root)];
  return graph.failure.split('\n').map((message) => {
    const element = namedBy(message, elements);
    return problem('dmn/decision', message, placeOf(xml, (element ?? root).written.start), element);
  });
}

function* below(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const one of element.children) yield* below(one);
}

/** The element a fault quotes: by its text, its id or its name. */
function namedBy(message: string, elements: readonly XmlElement[]): XmlElement | undefined {
  const quoted = /'([\s\S]*?)'(?=[: ]|$|\.)/.exec(message)?.[1] ?? /for id (\S+)/.exec(message)?.[1];
  if (quoted === undefined || quoted === '') return undefined;
  return (
    elements.find(({ name, text }) => name === 'dmn:text' && text.trim() === quoted) ??
    elements.find((element) => idOf(element) === quoted) ??
    elements.find(({ attributes }) => Object.values(attributes).some((value) => value.endsWith(`#${quoted}`)))
  );
}

function problem(
  code: string,
  message: string,
  place: { line: number; column: number },
  element?: XmlElement,
): ModelProblem {
  const { owner, path } = element ? addressIn(element) : { owner: undefined, path: [] };
  return {
    severity: 'error',
    code,
    message,
    elementId: owner ? idOf(owner) : '',
    elementName: owner ? nameOf(owner) : '',
    path,
    ...place,
  };
}

/** The decision, input or model an element belongs to, and the way from there. */
function addressIn(element: XmlElement): ReturnType<typeof address> {
  const drawn = /^dmn:(?:decision|inputData|businessKnowledgeModel|knowledgeSource)$/;
  let owner: XmlElement | undefined = element;
  while (owner && !drawn.test(owner.name)) owner = owner.parent;
  return owner ? { owner, path: owner === element ? [] : address(element).path } : address(element);
}
