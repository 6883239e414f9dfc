import fc from 'fast-check';
import { adHocSubProcess, subProcess, userTask } from '../../bpmn.ts';
import { type Block, type BlockKind, blocksOf } from '../block.ts';

const events = ['creating', 'assigning', 'updating', 'completing', 'canceling'];

export const adHoc = {
  /** All at once; enough is what the first of them, the last of them, or nobody says. */
  listed: {
    fields: ({ several }) =>
      fc.record({ blocks: several, until: fc.boolean(), cancelRemaining: fc.boolean() }),
    draw(drawing, { blocks, until, cancelRemaining }) {
      const id = drawing.id('listed');
      const ways = blocks.map((block) => subProcess(drawing.id('way'), {}, drawing.whole(block)));
      const ids = ways.map((way) => `"${/ id="([^"]+)"/.exec(way)![1]}"`);
      const options = {
        active: `=[${ids.join(', ')}]`,
        collection: id,
        element: '=1',
        ...(until && { until: '=true', cancelRemaining }),
      };
      return { content: adHocSubProcess(id, options, ...ways), first: id, last: id };
    },
  } satisfies BlockKind<{ blocks: Block[]; until: boolean; cancelRemaining: boolean }>,
  /** The steps answer for its worker. */
  decided: {
    fields: blocksOf,
    draw(drawing, { blocks }) {
      const id = drawing.id('decided');
      const ways = blocks.map((block) => subProcess(drawing.id('way'), {}, drawing.whole(block)));
      const options = { type: 'decide', collection: id, element: '=asked' };
      return { content: adHocSubProcess(id, options, ...ways), first: id, last: id };
    },
  } satisfies BlockKind<{ blocks: Block[] }>,
  /** A user task whose transitions wait for their listeners. */
  watched: {
    fields: () =>
      fc.record({
        listeners: fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 3 }),
        assigned: fc.boolean(),
      }),
    draw(drawing, { listeners, assigned }) {
      const task = drawing.id('watched');
      const all = listeners.map((event) => `<zeebe:taskListener eventType="${event}" type="watch" />`);
      const extensions = `<zeebe:taskListeners>${all.join('')}</zeebe:taskListeners>${
        assigned ? '<zeebe:assignmentDefinition assignee="ann" />' : ''
      }`;
      return { content: userTask(task, extensions), first: task, last: task };
    },
  } satisfies BlockKind<{ listeners: string[]; assigned: boolean }>,
};
