import fc from 'fast-check';
import {
  end,
  errorBoundary,
  escalationBoundary,
  flow,
  messageBoundary,
  path,
  receiveTask,
  serviceTask,
  start,
  subProcess,
  throwEscalation,
  timerBoundary,
} from '../../bpmn.ts';
import type { Block, BlockKind } from '../block.ts';

export const boundaryEvents = {
  timed: {
    fields: ({ block }) => fc.record({ interrupting: fc.boolean(), handler: block }),
    draw(drawing, { interrupting, handler }) {
      const task = drawing.id('timed');
      const content = serviceTask(task, { type: 'work' });
      if (interrupting)
        return drawing.escaping(
          task,
          content,
          (event) => timerBoundary(event, task, { duration: 'PT1M' }),
          handler,
        );
      const [event, finish] = [drawing.id('event'), drawing.id('end')];
      const aside = drawing.apart(handler);
      return {
        content: [
          content,
          timerBoundary(event, task, { duration: 'PT1M' }, { interrupting: false }),
          aside.content,
          end(finish),
          flow(event, aside.first),
          flow(aside.last, finish),
        ].join('\n'),
        first: task,
        last: task,
      };
    },
  } satisfies BlockKind<{ interrupting: boolean; handler: Block }>,
  guarded: {
    fields: ({ block }) => fc.record({ handler: block }),
    draw(drawing, { handler }) {
      const task = drawing.id('guarded');
      drawing.guarded.add(task);
      const content = serviceTask(task, { type: 'work' });
      return drawing.escaping(task, content, (event) => errorBoundary(event, task, 'E1'), handler);
    },
  } satisfies BlockKind<{ handler: Block }>,
  reminded: {
    fields: ({ block }) => fc.record({ interrupting: fc.boolean(), handler: block }),
    draw(drawing, { interrupting, handler }) {
      const task = drawing.id('reminded');
      const content = receiveTask(task, 'M1');
      if (interrupting)
        return drawing.escaping(task, content, (event) => messageBoundary(event, task, 'M2'), handler);
      const [event, finish] = [drawing.id('event'), drawing.id('end')];
      const aside = drawing.apart(handler);
      return {
        content: [
          content,
          messageBoundary(event, task, 'M2', { interrupting: false }),
          aside.content,
          end(finish),
          flow(event, aside.first),
          flow(aside.last, finish),
        ].join('\n'),
        first: task,
        last: task,
      };
    },
  } satisfies BlockKind<{ interrupting: boolean; handler: Block }>,
  escalating: {
    fields: ({ block }) => fc.record({ interrupting: fc.boolean(), block, handler: block }),
    draw(drawing, { interrupting, block, handler }) {
      const [scope, begin, raise] = [drawing.id('scope'), drawing.id('start'), drawing.id('raise')];
      const inner = drawing.part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        throwEscalation(raise, 'X1'),
        inner.content,
        path(begin, raise, inner.first),
      );
      if (interrupting)
        return drawing.escaping(scope, content, (event) => escalationBoundary(event, scope, 'X1'), handler);
      const [event, finish] = [drawing.id('event'), drawing.id('end')];
      const aside = drawing.apart(handler);
      return {
        content: [
          content,
          escalationBoundary(event, scope, 'X1', { interrupting: false }),
          aside.content,
          end(finish),
          flow(event, aside.first),
          flow(aside.last, finish),
        ].join('\n'),
        first: scope,
        last: scope,
      };
    },
  } satisfies BlockKind<{ interrupting: boolean; block: Block; handler: Block }>,
};
