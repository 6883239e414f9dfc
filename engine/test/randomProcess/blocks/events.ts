import {
  catchLink,
  catchMessage,
  catchSignal,
  catchTimer,
  flow,
  parallelGateway,
  path,
  serviceTask,
  throwEvent,
  throwLink,
  throwSignal,
} from '../../bpmn.ts';
import { alone, type Block, type BlockKind, blockOf } from '../block.ts';

export const events = {
  milestone: {
    fields: alone,
    draw(drawing) {
      const event = drawing.id('milestone');
      return { content: throwEvent(event), first: event, last: event };
    },
  } satisfies BlockKind,
  link: {
    fields: alone,
    draw(drawing) {
      const [away, target] = [drawing.id('away'), drawing.id('target')];
      return { content: throwLink(away, away) + catchLink(target, away), first: away, last: target };
    },
  } satisfies BlockKind,
  pause: {
    fields: alone,
    draw(drawing) {
      const event = drawing.id('pause');
      return { content: catchTimer(event, { duration: 'PT1M' }), first: event, last: event };
    },
  } satisfies BlockKind,
  message: {
    fields: alone,
    draw(drawing) {
      const event = drawing.id('message');
      return { content: catchMessage(event, 'M1'), first: event, last: event };
    },
  } satisfies BlockKind,
  /** The block begins when a signal is heard; one comes from the task before the end of the other branch. */
  signal: {
    fields: blockOf,
    draw(drawing, { block }) {
      const [fork, join, task, say, heard] = [
        drawing.id('fork'),
        drawing.id('join'),
        drawing.id('task'),
        drawing.id('say'),
        drawing.id('heard'),
      ];
      const inner = drawing.part(block);
      return {
        content: [
          parallelGateway(fork),
          parallelGateway(join),
          serviceTask(task, { type: 'work' }),
          throwSignal(say),
          catchSignal(heard),
          inner.content,
          path(fork, task, say, join),
          path(fork, heard, inner.first),
          flow(inner.last, join),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
  } satisfies BlockKind<{ block: Block }>,
};
