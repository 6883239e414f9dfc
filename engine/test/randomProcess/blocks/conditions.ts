import fc from 'fast-check';
import {
  catchCondition,
  conditionBoundary,
  end,
  eventSubProcess,
  flow,
  parallelGateway,
  path,
  scriptTask,
  serviceTask,
  start,
  startCondition,
  subProcess,
} from '../../bpmn.ts';
import { type Block, type BlockKind, blockOf } from '../block.ts';

/** Set by somebody outside, as often as he likes. */
const alarmed = '=alarm > 0';

export const conditions = {
  /** The block begins when a task of the other branch was done. */
  condition: {
    fields: blockOf,
    draw(drawing, { block }) {
      const [fork, join, task, say, fulfilled] = [
        drawing.id('fork'),
        drawing.id('join'),
        drawing.id('task'),
        drawing.id('say'),
        drawing.id('fulfilled'),
      ];
      const inner = drawing.part(block);
      return {
        content: [
          parallelGateway(fork),
          parallelGateway(join),
          serviceTask(task, { type: 'work' }),
          scriptTask(say, '=true', fulfilled),
          catchCondition(fulfilled, `=${fulfilled}`),
          inner.content,
          path(fork, task, say, join),
          path(fork, fulfilled, inner.first),
          flow(inner.last, join),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
  } satisfies BlockKind<{ block: Block }>,
  conditionAtBoundary: {
    fields: ({ block }) => fc.record({ interrupting: fc.boolean(), handler: block }),
    draw(drawing, { interrupting, handler }) {
      const task = drawing.id('alarmed');
      const content = serviceTask(task, { type: 'work' });
      if (interrupting)
        return drawing.escaping(task, content, (event) => conditionBoundary(event, task, alarmed), handler);
      return drawing.beside(
        task,
        content,
        (event) => conditionBoundary(event, task, alarmed, { interrupting: false }),
        handler,
      );
    },
  } satisfies BlockKind<{ interrupting: boolean; handler: Block }>,
  conditionInScope: {
    fields: ({ block }) => fc.record({ interrupting: fc.boolean(), block, handler: block }),
    draw(drawing, { interrupting, block, handler }) {
      const [scope, first, last] = [drawing.id('scope'), drawing.id('start'), drawing.id('end')];
      const [on, begin, finish] = [drawing.id('on'), drawing.id('begin'), drawing.id('end')];
      const inner = drawing.part(block);
      const aside = drawing.part(handler);
      const content = subProcess(
        scope,
        {},
        start(first),
        end(last),
        inner.content,
        path(first, inner.first),
        path(inner.last, last),
        eventSubProcess(
          on,
          startCondition(begin, alarmed, { interrupting }),
          aside.content,
          end(finish),
          path(begin, aside.first),
          path(aside.last, finish),
        ),
      );
      return { content, first: scope, last: scope };
    },
  } satisfies BlockKind<{ interrupting: boolean; block: Block; handler: Block }>,
};
