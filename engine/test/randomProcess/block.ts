import fc from 'fast-check';
import type { Drawing, Part } from './drawing.ts';

/** A piece of a process with one way in and one way out, as data; only its kind knows its fields. */
export interface Block {
  readonly kind: string;
  readonly fields: object;
}

/** What a block may hold. */
export interface Inner {
  readonly block: fc.Arbitrary<Block>;
  /** Two or three. */
  readonly several: fc.Arbitrary<Block[]>;
}

/** One kind of block: which fields it may have, and how it is drawn. */
export interface BlockKind<F extends object = object> {
  fields(inner: Inner): fc.Arbitrary<object>;
  draw(drawing: Drawing, fields: F): Part;
}

// what most blocks hold

export const alone = () => fc.constant({});
export const blockOf = ({ block }: Inner) => fc.record({ block });
export const blocksOf = ({ several }: Inner) => fc.record({ blocks: several });
