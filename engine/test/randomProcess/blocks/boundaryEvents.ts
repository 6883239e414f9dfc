import fc from 'fast-check';
import {
  errorBoundary,
  escalationBoundary,
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
      return drawing.beside(
        task,
        content,
        (event) => timerBoundary(event, task, { duration: 'PT1M' }, { interrupting: false }),
        handler,
      );
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
      return drawing.beside(
        task,
        content,
        (event) => messageBoundary(event, task, 'M2', { interrupting: false }),
        handler,
      );
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
      return drawing.beside(
        scope,
        content,
        (event) => escalationBoundary(event, scope, 'X1', { interrupting: false }),
        handler,
      );
    },
  } satisfies BlockKind<{ interrupting: boolean; block: Block; handler: Block }>,
};
