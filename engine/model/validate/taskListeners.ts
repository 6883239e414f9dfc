import { taskListenerEvents } from '../executable.ts';
import { listenerEvents } from '../transform/taskListeners.ts';
import { childrenNamed, extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A task listener says before which transition it stands, and what job it is; only the broker's own user tasks have any. */
export const taskListeners: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const container = extension(node, 'taskListeners');
    const all = childrenNamed(container, 'zeebe:taskListener');
    if (!container || all.length === 0) continue;
    if (node.name !== 'bpmn:userTask' || !extension(node, 'userTask')) {
      const message = 'Task listeners are only allowed on Camunda user tasks.';
      report.error(container, 'bpmn/task-listener', message);
      continue;
    }
    for (const listener of all) {
      const { eventType = '', type = '' } = listener.attributes;
      const fault = (message: string) => report.error(listener, 'bpmn/task-listener', message);
      if (eventType === '') fault("Attribute 'eventType' must be present and not empty");
      else if (!(eventType in listenerEvents))
        fault(`Attribute 'eventType' must be one of: ${taskListenerEvents.join(', ')}`);
      if (type === '') fault("Attribute 'type' must be present and not empty");
    }
  }
};
