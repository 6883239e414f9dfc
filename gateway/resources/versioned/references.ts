import type { ResourceKind } from '@baton/infra/store';

/** How a content names another resource, as `ResourceStore.referring` finds it. */
export function referenceTo(kind: ResourceKind, name: string): string {
  return `${kind}/${name}`;
}
