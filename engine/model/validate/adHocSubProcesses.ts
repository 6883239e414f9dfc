import { isEventSubProcess, isFlowNode } from '../structure.ts';
import { child, childrenNamed, extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** An ad-hoc sub-process holds something to do, without a beginning or an end, and either names what is done or has a worker for it. */
export const adHocSubProcesses: Rule = (process, report) => {
  for (const { element } of process.containers) {
    if (element.name !== 'bpmn:adHocSubProcess') continue;
    const fault = (message: string, at = element) => report.error(at, 'bpmn/ad-hoc-sub-process', message);
    const nodes = element.children.filter(isFlowNode);
    if (nodes.length === 0) fault('Must have at least one activity.');
    if (nodes.some(({ name }) => name === 'bpmn:startEvent')) fault('Must not contain a start event.');
    if (nodes.some(({ name }) => name === 'bpmn:endEvent')) fault('Must not contain an end event.');
    for (const node of nodes) {
      if (!isEventSubProcess(node)) continue;
      const interrupts = childrenNamed(node, 'bpmn:startEvent').some(
        ({ attributes }) => attributes.isInterrupting !== 'false',
      );
      if (interrupts)
        fault('An interrupting event subprocess is not allowed inside an ad-hoc subprocess', node);
    }
    const extensions = child(element, 'bpmn:extensionElements');
    if (childrenNamed(extensions, 'zeebe:adHoc').length > 1)
      fault(
        "Must have exactly one 'zeebe:adHoc' extension element when exists. Please check process definition XML and retain only one extension element.",
      );
    const adHoc = extension(element, 'adHoc');
    const { outputCollection, outputElement, activeElementsCollection } = adHoc?.attributes ?? {};
    if (!outputCollection !== !outputElement)
      fault(
        `OutputElement and OutputCollection must both be set, or neither of them set. outputElement:${outputElement || null} and outputCollection:${outputCollection || null}.`,
      );
    for (const text of [activeElementsCollection, outputElement])
      if (adHoc && text && !text.startsWith('=')) fault(staticText(text), adHoc);
    const condition = child(element, 'bpmn:completionCondition');
    if (condition && !condition.text.trim().startsWith('=')) fault(staticText(condition.text.trim()));
    const workers = childrenNamed(extensions, 'zeebe:taskDefinition');
    if (workers.length > 1) fault("Must have exactly one 'zeebe:taskDefinition' extension element");
    const [worker] = workers;
    if (!worker) continue;
    if (!worker.attributes.type) fault('Expected expression but not found.', worker);
    const without = (what: string) =>
      fault(`Must not define ${what} in combination with zeebe:taskDefinition.`);
    if (element.attributes.cancelRemainingInstances === 'false') without('cancelRemainingInstances');
    if (condition) without('completionCondition');
    if (activeElementsCollection) without('activeElementsCollection');
  }
};

function staticText(text: string): string {
  return `Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').`;
}
