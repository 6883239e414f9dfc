import { expression } from '../transform/context.ts';
import { idOf, nameOf, type XmlElement } from '../xml/read.ts';
import type { FileRule } from './rule.ts';
import { timeOf } from './timers.ts';

/** Event definitions beside the processes, for events to share: nothing runs them, yet they are held to rules of their own. */
export const sharedEventDefinitions: FileRule = (definitions, report, feel) => {
  const rules: { readonly [name: string]: (definition: XmlElement) => string | false | undefined } = {
    'bpmn:timerEventDefinition'(timer) {
      const time = timeOf(timer, report);
      if (time) expression({ feel, report }, timer, time.text.trim());
      return undefined;
    },
    'bpmn:messageEventDefinition': ({ attributes }) =>
      !isThere('bpmn:message', attributes.messageRef) && 'Must reference a message',
    'bpmn:signalEventDefinition': ({ attributes }) =>
      !isThere('bpmn:signal', attributes.signalRef) && 'Must reference a signal',
    'bpmn:linkEventDefinition': (link) => nameOf(link) === '' && 'Link name must be present and not empty.',
    'bpmn:cancelEventDefinition': () => 'Event definition of this type is not supported',
  };
  for (const element of definitions.children) {
    const fault = rules[element.name]?.(element);
    if (fault) report.error(element, 'bpmn/event', fault);
  }

  function isThere(name: string, id: string | undefined): boolean {
    return definitions.children.some((one) => one.name === name && idOf(one) === id);
  }
};
