import type { AdHocElement, ExecutableAdHocSubProcess } from '../executable.ts';
import { isEventSubProcess, isFlowNode } from '../structure.ts';
import { child, childrenNamed, extension, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import { base, expression, type TransformContext } from './context.ts';
import { jobDefinition } from './jobDefinition.ts';
import { handlersOf } from './process.ts';

/** Elements that nobody activates by name: they wait for something of their own, or end what began elsewhere. */
const notActivatable = new Set(['bpmn:startEvent', 'bpmn:endEvent', 'bpmn:boundaryEvent']);

/** Becomes local to each inner instance when it is no more than a name. */
const variableName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

export function adHocSubProcess(
  context: TransformContext,
  element: XmlElement,
): ExecutableAdHocSubProcess | undefined {
  const adHoc = extension(element, 'adHoc');
  const { outputCollection, outputElement, activeElementsCollection } = adHoc?.attributes ?? {};
  const outputExpression = adHoc && expression(context, adHoc, outputElement);
  const output =
    outputCollection && outputExpression
      ? { collection: outputCollection, element: outputExpression }
      : undefined;
  const job = jobDefinition(context, element);
  if (extension(element, 'taskDefinition') && !job) return undefined;
  const condition = child(element, 'bpmn:completionCondition');
  const shared = base(context, element);
  return {
    ...shared,
    type: 'AD_HOC_SUB_PROCESS',
    work: job
      ? { kind: 'job', ...job }
      : {
          kind: 'elements',
          active: adHoc && expression(context, adHoc, activeElementsCollection),
          completionCondition: condition && expression(context, element, condition.text.trim()),
          cancelRemaining: element.attributes.cancelRemainingInstances !== 'false',
        },
    output,
    activatable: element.children.filter((node) => isActivatable(context, node)).map(described),
    handlers: handlersOf(element),
    inner: {
      id: `${shared.id}#innerInstance`,
      name: '',
      type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE',
      scopeId: shared.id,
      outgoing: [],
      incoming: [],
      inputMappings: undefined,
      outputMappings: undefined,
      startListeners: [],
      endListeners: [],
      boundaryEvents: [],
      ownVariable:
        output && variableName.test(output.element.text.trim()) ? output.element.text.trim() : undefined,
    },
  };
}

function isActivatable({ structure }: TransformContext, node: XmlElement): boolean {
  if (!isFlowNode(node) || notActivatable.has(node.name)) return false;
  return structure.incoming(idOf(node)).length === 0 && !isEventSubProcess(node);
}

function described(node: XmlElement): AdHocElement {
  const all = childrenNamed(extension(node, 'properties'), 'zeebe:property');
  const properties = all.flatMap(({ attributes: { name, value } }) => (name ? [[name, value ?? '']] : []));
  const documentation = child(node, 'bpmn:documentation')?.text ?? '';
  return {
    elementId: idOf(node),
    ...(nameOf(node) === '' ? {} : { elementName: nameOf(node) }),
    ...(documentation === '' ? {} : { documentation }),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
  };
}
