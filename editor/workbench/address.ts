import type { Resource } from '../platform/documents.ts';
import type { Platform } from '../platform/platform.ts';

/** `#/workflow/17`: the active document in the address, so that a link opens it. */
export function addressOf(resource: Resource | undefined): string {
  return resource ? `#/${encodeURIComponent(resource.kind)}/${encodeURIComponent(resource.id)}` : '';
}

export function openAddress(platform: Platform, hash: string): void {
  const [, kind, id] = hash.split('/').map(decodeURIComponent);
  if (kind && id && platform.documentKinds.get(kind)) void platform.editors.open({ kind, id });
}
