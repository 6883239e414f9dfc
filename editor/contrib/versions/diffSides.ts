import type { Resource } from '../../platform/documents.ts';

/** A version, or what is worked on over the latest one. */
export type DiffSide = number | 'draft';

export interface Compared {
  /** Document kind and id of the resource. */
  kind: string;
  id: string;
  from: DiffSide;
  to: DiffSide;
}

/** `v12`, `draft`. */
export function sideName(side: DiffSide): string {
  return side === 'draft' ? 'draft' : `v${side}`;
}

export function diffResource({ kind, id, from, to }: Compared, name: string): Resource {
  return {
    kind: 'diff',
    id: `${kind}/${id}/${from}/${to}`,
    name: `${name}: ${sideName(from)} ↔ ${sideName(to)}`,
  };
}

const side = (text: string | undefined): DiffSide | undefined =>
  text === 'draft' ? 'draft' : text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;

export function comparedOf(resource: Resource): Compared | undefined {
  const [kind, id, first, second] = resource.id.split('/');
  const [from, to] = [side(first), side(second)];
  return kind && id && from !== undefined && to !== undefined ? { kind, id, from, to } : undefined;
}
