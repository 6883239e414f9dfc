import fc from 'fast-check';
import {
  listening,
  manualTask,
  scriptTask,
  sendTask,
  serviceTask,
  undefinedTask,
  userTask,
} from '../../bpmn.ts';
import { alone, type BlockKind } from '../block.ts';

export const tasks = {
  task: {
    fields: alone,
    draw(drawing) {
      const task = drawing.id('task');
      return { content: serviceTask(task, { type: 'work' }), first: task, last: task };
    },
  } satisfies BlockKind,
  userTask: {
    fields: alone,
    draw(drawing) {
      const task = drawing.id('userTask');
      return { content: userTask(task), first: task, last: task };
    },
  } satisfies BlockKind,
  script: {
    fields: alone,
    draw(drawing) {
      const task = drawing.id('script');
      return { content: scriptTask(task, '=[1, "a"]', task), first: task, last: task };
    },
  } satisfies BlockKind,
  send: {
    fields: alone,
    draw(drawing) {
      const task = drawing.id('send');
      return { content: sendTask(task, { type: 'work' }), first: task, last: task };
    },
  } satisfies BlockKind,
  passed: {
    fields: () => fc.record({ manual: fc.boolean() }),
    draw(drawing, { manual }) {
      const task = drawing.id('passed');
      return { content: manual ? manualTask(task) : undefinedTask(task), first: task, last: task };
    },
  } satisfies BlockKind<{ manual: boolean }>,
  heard: {
    fields: () =>
      fc.record({
        listeners: fc.uniqueArray(fc.constantFrom('start:work', 'start:other', 'end:work', 'end:other'), {
          minLength: 1,
        }),
      }),
    draw(drawing, { listeners }) {
      const task = drawing.id('heard');
      return {
        content: listening(serviceTask(task, { type: 'work' }), ...listeners),
        first: task,
        last: task,
      };
    },
  } satisfies BlockKind<{ listeners: string[] }>,
};
