import fc from 'fast-check';
import { bpmn, end, path, start } from '../bpmn.ts';
import type { Block, BlockKind } from './block.ts';
import { adHoc } from './blocks/adHoc.ts';
import { boundaryEvents } from './blocks/boundaryEvents.ts';
import { compensation } from './blocks/compensation.ts';
import { conditions } from './blocks/conditions.ts';
import { decisions } from './blocks/decisions.ts';
import { eventSubProcesses } from './blocks/eventSubProcesses.ts';
import { events } from './blocks/events.ts';
import { forms } from './blocks/forms.ts';
import { gateways } from './blocks/gateways.ts';
import { scopes } from './blocks/scopes.ts';
import { tasks } from './blocks/tasks.ts';
import { createDrawing, type Drawing } from './drawing.ts';

export type { Block } from './block.ts';
export { chance } from './chance.ts';
export { possibleSteps, type Step } from './steps/index.ts';

const kinds: { readonly [kind: string]: BlockKind<never> } = {
  ...tasks,
  ...events,
  ...boundaryEvents,
  ...gateways,
  ...scopes,
  ...adHoc,
  ...eventSubProcesses,
  ...compensation,
  ...conditions,
  ...decisions,
  ...forms,
};

/** Any process, as nested blocks; `without` names kinds of blocks to leave out. */
export function blocks(without: readonly string[] = []): fc.Arbitrary<Block> {
  return fc.letrec<{ block: Block }>((tie) => {
    const inner = {
      block: tie('block'),
      several: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    };
    const each = Object.entries(kinds)
      .filter(([kind]) => !without.includes(kind))
      .map(([kind, { fields }]) => fields(inner).map((fields): Block => ({ kind, fields })));
    return { block: fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...each) };
  }).block;
}

const ELEMENT = /<bpmn:(?!sequenceFlow|association)\w+ id="([^"]+)"/g;

export interface RandomProcess extends Pick<Drawing, 'choices' | 'guarded'> {
  /** BPMN and what is deployed with it; the process is called `random`. */
  files: { name: string; content: string }[];
  /** Ids of the elements of the process itself, those it calls left out. */
  elementIds: string[];
}

export function processOf(block: Block): RandomProcess {
  const drawing = createDrawing((drawing, { kind, fields }) => kinds[kind]!.draw(drawing, fields as never));
  const body = drawing.part(block);
  const { choices, guarded, called, files } = drawing;
  const content = [start(), body.content, end(), path('start', body.first), path(body.last, 'end')];
  const xml = bpmn('random', ...content).replace(
    '</bpmn:definitions>',
    `${called.join('\n')}</bpmn:definitions>`,
  );
  const others = [...files].map(([name, content]) => ({ name, content }));
  return {
    files: [{ name: 'process.bpmn', content: xml }, ...others],
    elementIds: [...content.join('').matchAll(ELEMENT)].map(([, id]) => id!),
    choices,
    guarded,
  };
}
