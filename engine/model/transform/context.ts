import type { Expression, Feel, FeelSyntaxProblem } from '@baton/engine/feel';
import type { BpmnElement, ExecutableFlow } from '../executable.ts';
import type { Report } from '../problems.ts';
import { compensationOf, isCompensation, type Structure } from '../structure.ts';
import { idOf, nameOf, type XmlElement } from '../xml/read.ts';
import { executionListeners } from './executionListeners.ts';
import { mappings } from './ioMapping.ts';

/** What a transformer of one element needs. */
export interface TransformContext {
  readonly feel: Feel;
  readonly structure: Structure;
  readonly report: Report;
  /** Executable flows, by id. */
  readonly flows: ReadonlyMap<string, ExecutableFlow>;
}

/** The text as an expression; a fault is reported at `element`. Empty or absent text is undefined. */
export function expression(
  context: Pick<TransformContext, 'feel' | 'report'>,
  element: XmlElement,
  text: string | undefined,
): Expression | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed = context.feel.parse(text);
  if (parsed.ok) return parsed.value;
  context.report.error(element, 'feel/syntax', unparsed(text, parsed.failure), parsed.failure.offset);
  return undefined;
}

/** Why `text`, with its leading `=`, is no expression. */
export const unparsed = (text: string, { message }: FeelSyntaxProblem): string =>
  `failed to parse expression '${text.slice(1)}': ${message}`;

/** What every element has. */
export function base(context: TransformContext, element: XmlElement): Omit<BpmnElement, 'type'> {
  const id = idOf(element);
  const attached = [...context.structure.nodes.values()].filter(
    (node) =>
      node.name === 'bpmn:boundaryEvent' && node.attributes.attachedToRef === id && !isCompensation(node),
  );
  const compensation = compensationOf(context.structure, element);
  const executable = (flows: readonly XmlElement[]) =>
    flows.flatMap((flow) => context.flows.get(idOf(flow)) ?? []);
  return {
    id,
    name: nameOf(element),
    scopeId: element === context.structure.process ? '' : idOf(element.parent!),
    outgoing: executable(context.structure.outgoing(id)).reverse(),
    incoming: executable(context.structure.incoming(id)),
    boundaryEvents: attached.map(idOf).reverse(),
    ...(compensation && {
      compensation: { event: idOf(compensation.event), handler: idOf(compensation.handler) },
    }),
    ...mappings(context, element),
    ...executionListeners(context, element),
  };
}
