import { end, exclusiveGateway, flow, path, start } from '../bpmn.ts';
import type { Block } from './block.ts';

/** BPMN of a block, and the elements at which it begins and ends. */
export interface Part {
  content: string;
  first: string;
  last: string;
}

/** A process while it is drawn. */
export interface Drawing {
  /** Names of the variables that choose a branch, with the number of branches. */
  readonly choices: { [name: string]: number };
  /** Tasks from which a worker may throw `E1`. */
  readonly guarded: Set<string>;
  /** Processes beside this one, which it calls. */
  readonly called: string[];
  /** Decisions and forms that are deployed with it, by name. */
  readonly files: Map<string, string>;
  /** An id nobody has yet. */
  id(name: string): string;
  part(block: Block): Part;
  /** A block between a start event and an end event. */
  whole(block: Block): string;
  /** Two ways out of an activity, its own and that of its boundary event, that come together again. */
  escaping(activity: string, content: string, boundary: (event: string) => string, handler?: Block): Part;
  /** The way out of an activity, and what its boundary event, which does not interrupt it, begins beside. */
  beside(activity: string, content: string, boundary: (event: string) => string, handler: Block): Part;
  /**
   * Beside what goes on, in a scope of its own: an inclusive gateway that waits for what an event may still bring is not asked
   * again when the event can no longer happen.
   */
  apart(block: Block): Part;
}

export function createDrawing(draw: (drawing: Drawing, block: Block) => Part): Drawing {
  let made = 0;
  const drawing: Drawing = {
    choices: {},
    guarded: new Set(),
    called: [],
    files: new Map(),
    id: (name) => `${name}${++made}`,
    part: (block) => draw(drawing, block),
    whole(block) {
      const [begin, finish] = [drawing.id('start'), drawing.id('end')];
      const inner = drawing.part(block);
      return [
        start(begin),
        inner.content,
        end(finish),
        path(begin, inner.first),
        path(inner.last, finish),
      ].join('\n');
    },
    escaping(activity, content, boundary, handler) {
      const [event, merge] = [drawing.id('event'), drawing.id('merge')];
      const aside = handler && drawing.part(handler);
      return {
        content: [
          content,
          boundary(event),
          exclusiveGateway(merge),
          flow(activity, merge),
          aside ? aside.content + flow(event, aside.first) + flow(aside.last, merge) : flow(event, merge),
        ].join('\n'),
        first: activity,
        last: merge,
      };
    },
    beside(activity, content, boundary, handler) {
      const [event, finish] = [drawing.id('event'), drawing.id('end')];
      const aside = drawing.apart(handler);
      return {
        content: [
          content,
          boundary(event),
          aside.content,
          end(finish),
          path(event, aside.first),
          path(aside.last, finish),
        ].join('\n'),
        first: activity,
        last: activity,
      };
    },
    apart: (block) => drawing.part({ kind: 'scope', fields: { block, timer: false } }),
  };
  return drawing;
}
