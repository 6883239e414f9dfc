import type { ResourceKind } from './resources.ts';

/** A document that is given another name, while what names it has the old one still. */
export interface Renaming {
  id: string;
  tenantId: string;
  kind: ResourceKind;
  /** The document. */
  resourceId: string;
  from: string;
  to: string;
  /** Its version before. */
  version: number;
  author: string;
  /** Until then whoever began it is believed to be at work. */
  until: Date;
}

/** Said before the first change and taken back after the last, so that one which is cut in between is finished. */
export interface RenamingStore {
  begin(renaming: Renaming): Promise<void>;
  end(tenantId: string, id: string): Promise<void>;
  /** Of the whole installation: those whose `until` is before. */
  left(before: Date): Promise<Renaming[]>;
}
