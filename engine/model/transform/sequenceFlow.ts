import type { ExecutableFlow } from '../executable.ts';
import { child, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

export function sequenceFlow(
  context: Pick<TransformContext, 'feel' | 'report'>,
  element: XmlElement,
): ExecutableFlow {
  const condition = child(element, 'bpmn:conditionExpression');
  return {
    id: idOf(element),
    name: nameOf(element),
    source: element.attributes.sourceRef ?? '',
    target: element.attributes.targetRef ?? '',
    condition: condition && expression(context, condition, condition.text.trim()),
  };
}
