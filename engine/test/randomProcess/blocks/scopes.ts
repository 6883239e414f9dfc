import fc from 'fast-check';
import {
  callActivity,
  end,
  errorBoundary,
  errorEnd,
  flow,
  multiInstance,
  parallelGateway,
  path,
  processElement,
  serviceTask,
  start,
  subProcess,
  terminateEnd,
  timerBoundary,
} from '../../bpmn.ts';
import { type Block, type BlockKind, blockOf, blocksOf } from '../block.ts';

export const scopes = {
  sequence: {
    fields: blocksOf,
    draw(drawing, { blocks }) {
      const parts = blocks.map(drawing.part);
      const flows = parts.slice(1).map(({ first }, index) => flow(parts[index]!.last, first));
      return {
        content: [...parts.map(({ content }) => content), ...flows].join('\n'),
        first: parts[0]!.first,
        last: parts.at(-1)!.last,
      };
    },
  } satisfies BlockKind<{ blocks: Block[] }>,
  scope: {
    fields: ({ block }) => fc.record({ block, timer: fc.boolean() }),
    draw(drawing, { block, timer }) {
      const scope = drawing.id('scope');
      const content = subProcess(scope, {}, drawing.whole(block));
      return timer
        ? drawing.escaping(scope, content, (event) => timerBoundary(event, scope, { duration: 'PT1M' }))
        : { content, first: scope, last: scope };
    },
  } satisfies BlockKind<{ block: Block; timer: boolean }>,
  /** Whichever is done first, the block or the task beside it: the terminate end event takes the other along. */
  stopped: {
    fields: blockOf,
    draw(drawing, { block }) {
      const [scope, begin, fork, task] = [
        drawing.id('scope'),
        drawing.id('start'),
        drawing.id('fork'),
        drawing.id('task'),
      ];
      const [stop, finish] = [drawing.id('stop'), drawing.id('end')];
      const inner = drawing.part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        parallelGateway(fork),
        serviceTask(task, { type: 'work' }),
        inner.content,
        terminateEnd(stop),
        end(finish),
        path(begin, fork, task, stop),
        flow(fork, inner.first),
        flow(inner.last, finish),
      );
      return { content, first: scope, last: scope };
    },
  } satisfies BlockKind<{ block: Block }>,
  failing: {
    fields: blockOf,
    draw(drawing, { block }) {
      const [scope, begin, fail] = [drawing.id('scope'), drawing.id('start'), drawing.id('fail')];
      const inner = drawing.part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        inner.content,
        errorEnd(fail, 'E1'),
        flow(begin, inner.first),
        flow(inner.last, fail),
      );
      const caught = drawing.id('event');
      return {
        content: content + errorBoundary(caught, scope, 'E1'),
        first: scope,
        last: caught,
      };
    },
  } satisfies BlockKind<{ block: Block }>,
  loop: {
    fields: ({ block }) => fc.record({ block, sequential: fc.boolean(), enough: fc.boolean() }),
    draw(drawing, { block, sequential, enough }) {
      const loop = drawing.id('loop');
      const activity = subProcess(loop, {}, drawing.whole(block));
      const content = multiInstance(activity, {
        sequential,
        over: '=[1, 2]',
        as: 'item',
        collection: loop,
        element: '=item * loopCounter',
        ...(enough ? { until: '=numberOfCompletedInstances = 1' } : {}),
      });
      return { content, first: loop, last: loop };
    },
  } satisfies BlockKind<{ block: Block; sequential: boolean; enough: boolean }>,
  call: {
    fields: ({ block }) => fc.record({ block, timer: fc.boolean() }),
    draw(drawing, { block, timer }) {
      const [activity, process] = [drawing.id('call'), drawing.id('called')];
      drawing.called.push(processElement(process, drawing.whole(block)));
      const content = callActivity(activity, process);
      return timer
        ? drawing.escaping(activity, content, (event) => timerBoundary(event, activity, { duration: 'PT1M' }))
        : { content, first: activity, last: activity };
    },
  } satisfies BlockKind<{ block: Block; timer: boolean }>,
};
