import { child, childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A multi-instance marker says through what it goes, and what comes of it. */
export const multiInstances: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const marker = child(node, 'bpmn:multiInstanceLoopCharacteristics');
    if (!marker) continue;
    const all = childrenNamed(child(marker, 'bpmn:extensionElements'), 'zeebe:loopCharacteristics');
    const loop = all[0];
    if (!loop || all.length > 1) {
      const message = "Must have exactly one 'zeebe:loopCharacteristics' extension element";
      report.error(marker, 'bpmn/multi-instance', message);
      continue;
    }
    const { inputCollection, outputCollection, outputElement } = loop.attributes;
    const fault = (message: string) => report.error(loop, 'bpmn/multi-instance', message);
    if (!inputCollection) fault('Expected expression but not found.');
    if (outputCollection && !outputElement)
      fault("Attribute 'outputElement' must be present if the attribute 'outputCollection' is set");
    if (outputElement && !outputCollection)
      fault("Attribute 'outputCollection' must be present if the attribute 'outputElement' is set");
    for (const text of [inputCollection, outputElement])
      if (text && !text.startsWith('=')) fault(staticText(text));
    const condition = child(marker, 'bpmn:completionCondition');
    const text = condition?.text.trim() ?? '';
    if (condition && !text.startsWith('=')) report.error(condition, 'bpmn/multi-instance', staticText(text));
  }
};

function staticText(text: string): string {
  return `Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').`;
}
