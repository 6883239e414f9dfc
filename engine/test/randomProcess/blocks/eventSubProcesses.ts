import fc from 'fast-check';
import {
  end,
  eventSubProcess,
  path,
  start,
  startEscalation,
  startMessage,
  startSignal,
  startTimer,
  subProcess,
  throwEscalation,
} from '../../bpmn.ts';
import type { Block, BlockKind } from '../block.ts';

/** What may begin an event sub-process. */
const begins = {
  timer: (id: string, interrupting: boolean) => startTimer(id, { duration: 'PT1M' }, { interrupting }),
  message: (id: string, interrupting: boolean) => startMessage(id, 'M2', { interrupting }),
  signal: (id: string, interrupting: boolean) => startSignal(id, 'S1', { interrupting }),
  escalation: (id: string, interrupting: boolean) => startEscalation(id, 'X2', { interrupting }),
};

export const eventSubProcesses = {
  /** A scope with an event sub-process, which begins by itself, when somebody tells it to, or never. */
  handled: {
    fields: ({ block }) =>
      fc.record({
        block,
        handler: block,
        interrupting: fc.boolean(),
        by: fc.constantFrom('timer', 'message', 'signal', 'escalation'),
      }),
    draw(drawing, { block, handler, interrupting, by }) {
      const [scope, on, begin, finish] = [
        drawing.id('scope'),
        drawing.id('on'),
        drawing.id('begin'),
        drawing.id('end'),
      ];
      const inner = drawing.part(block);
      const [first, raise, last] = [drawing.id('start'), drawing.id('raise'), drawing.id('end')];
      const aside = drawing.part(handler);
      const content = subProcess(
        scope,
        {},
        start(first),
        end(last),
        throwEscalation(raise, 'X2'),
        inner.content,
        path(first, raise, inner.first),
        path(inner.last, last),
        eventSubProcess(
          on,
          begins[by](begin, interrupting),
          aside.content,
          end(finish),
          path(begin, aside.first),
          path(aside.last, finish),
        ),
      );
      return { content, first: scope, last: scope };
    },
  } satisfies BlockKind<{
    block: Block;
    handler: Block;
    interrupting: boolean;
    by: keyof typeof begins;
  }>,
};
