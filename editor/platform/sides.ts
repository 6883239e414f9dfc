import type { StoreApi } from 'zustand/vanilla';
import type { DocumentModel } from './documents.ts';

/** One of the two views of a document. */
export interface Side {
  /** The mode that shows it alone; mode `both` shows the two. */
  mode: string;
  /** As it stands in a sentence: `form`, `YAML`. */
  name: string;
}
export type Sides = readonly [Side, Side];

/** A document with two views, shown alone or beside each other. */
export interface SidedDocument extends DocumentModel {
  readonly view: StoreApi<{ mode: string }>;
  showMode(mode: string): void;
}
