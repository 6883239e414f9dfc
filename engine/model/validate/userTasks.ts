import { extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)(\[[\w/+-]+\])?$/;

/** Static dates and priorities of user tasks can be read. */
export const userTasks: Rule = (process, report) => {
  for (const task of process.nodes.values()) {
    if (task.name !== 'bpmn:userTask') continue;
    const schedule = extension(task, 'taskSchedule');
    for (const name of ['dueDate', 'followUpDate']) {
      const text = schedule?.attributes[name];
      if (!schedule || !text || text.startsWith('=') || dateTime.test(text)) continue;
      const message = `Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '${text}'.`;
      report.error(schedule, 'bpmn/user-task', message);
    }
    const priority = extension(task, 'priorityDefinition');
    const text = priority?.attributes.priority;
    if (priority && text && !text.startsWith('=') && !(/^\d+$/.test(text) && Number(text) <= 100)) {
      const message = /^\d+$/.test(text)
        ? `Priority must be a number between 0 and 100, but was '${text}'.`
        : `Expected static value to be a valid Number between 0 and 100, but found '${text}'.`;
      report.error(priority, 'bpmn/user-task', message);
    }
  }
};
