import {
  catchMessage,
  catchTimer,
  eventGateway,
  exclusiveGateway,
  flow,
  inclusiveGateway,
  parallelGateway,
} from '../../bpmn.ts';
import { type Block, type BlockKind, blocksOf } from '../block.ts';

export const gateways = {
  choice: {
    fields: blocksOf,
    draw(drawing, { blocks }) {
      const [fork, join] = [drawing.id('choice'), drawing.id('merge')];
      drawing.choices[fork] = blocks.length;
      const parts = blocks.map(drawing.part);
      const isDefault = (index: number) => index === parts.length - 1;
      return {
        content: [
          exclusiveGateway(fork, `${fork}-${parts.at(-1)!.first}`),
          exclusiveGateway(join),
          ...parts.map(
            ({ content, first, last }, index) =>
              content +
              flow(fork, first, isDefault(index) ? undefined : `=${fork} = ${index}`) +
              flow(last, join),
          ),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
  } satisfies BlockKind<{ blocks: Block[] }>,
  parallel: {
    fields: blocksOf,
    draw(drawing, { blocks }) {
      const [fork, join] = [drawing.id('fork'), drawing.id('join')];
      const parts = blocks.map(drawing.part);
      return {
        content: [
          parallelGateway(fork),
          parallelGateway(join),
          ...parts.map(({ content, first, last }) => content + flow(fork, first) + flow(last, join)),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
  } satisfies BlockKind<{ blocks: Block[] }>,
  inclusive: {
    fields: blocksOf,
    draw(drawing, { blocks }) {
      const [fork, join] = [drawing.id('some'), drawing.id('gather')];
      drawing.choices[fork] = 2 ** (blocks.length - 1);
      const parts = blocks.map(drawing.part);
      // each bit of the choice opens a branch; the last one is for when there is none
      const isDefault = (index: number) => index === parts.length - 1;
      return {
        content: [
          inclusiveGateway(fork, `${fork}-${parts.at(-1)!.first}`),
          inclusiveGateway(join),
          ...parts.map(
            ({ content, first, last }, index) =>
              content +
              flow(fork, first, isDefault(index) ? undefined : `=odd(floor(${fork} / ${2 ** index}))`) +
              flow(last, join),
          ),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
  } satisfies BlockKind<{ blocks: Block[] }>,
  race: {
    fields: blocksOf,
    draw(drawing, { blocks }) {
      const [gateway, merge] = [drawing.id('race'), drawing.id('merge')];
      const ways = blocks.map((block, index) => {
        const event = drawing.id('event');
        const way = drawing.part(block);
        return [
          index === 0 ? catchMessage(event, 'M2') : catchTimer(event, { duration: `PT${index}M` }),
          way.content,
          flow(gateway, event),
          flow(event, way.first),
          flow(way.last, merge),
        ];
      });
      return {
        content: [eventGateway(gateway), exclusiveGateway(merge), ...ways.flat()].join('\n'),
        first: gateway,
        last: merge,
      };
    },
  } satisfies BlockKind<{ blocks: Block[] }>,
};
