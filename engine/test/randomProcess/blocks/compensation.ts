import fc from 'fast-check';
import { compensable, end, flow, path, start, subProcess, throwCompensation } from '../../bpmn.ts';
import type { Block, BlockKind } from '../block.ts';

export const compensation = {
  /** Something is done, and undone by another block at once, later by whoever undoes all that was done, or never. */
  compensated: {
    fields: ({ block }) =>
      fc.record({ done: block, undo: block, asked: fc.constantFrom('at once', 'by name', 'not here') }),
    draw(drawing, { done, undo, asked }) {
      const [scope, begin, finish] = [drawing.id('scope'), drawing.id('start'), drawing.id('end')];
      const [activity, handler, back] = [drawing.id('done'), drawing.id('undo'), drawing.id('back')];
      const pair = compensable(
        subProcess(activity, {}, drawing.whole(done)),
        subProcess(handler, {}, drawing.whole(undo)),
      );
      const content = subProcess(
        scope,
        {},
        start(begin),
        pair,
        end(finish),
        ...(asked === 'not here'
          ? [flow(activity, finish)]
          : [
              throwCompensation(back, asked === 'by name' ? activity : undefined),
              path(activity, back, finish),
            ]),
        flow(begin, activity),
      );
      return { content, first: scope, last: scope };
    },
  } satisfies BlockKind<{ done: Block; undo: Block; asked: 'at once' | 'by name' | 'not here' }>,
};
