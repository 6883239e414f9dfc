import type { Place, Resource } from '../platform/documents.ts';
import type { Platform } from '../platform/platform.ts';

/** A document, and a place inside it. */
export interface Address {
  resource: Resource;
  place?: Place;
}

/** `#/workflow/17?element=task_a`: what a link opens. Lines and columns count from 1. */
export function addressOf(resource: Resource | undefined, place: Place = {}): string {
  if (!resource) return '';
  const query = new URLSearchParams();
  if (place.elementId) query.set('element', place.elementId);
  for (const part of place.path ?? []) query.append('path', part);
  if (place.line) query.set('line', String(place.line));
  if (place.column) query.set('column', String(place.column));
  const text = query.toString();
  return `#/${encodeURIComponent(resource.kind)}/${encodeURIComponent(resource.id)}${text ? `?${text}` : ''}`;
}

const wholeNumber = (text: string | null) => (text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

/** What an address names; whatever is not one is `undefined`. */
export function readAddress(hash: string): Address | undefined {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [, kind, id] = path.split('/').map(decoded);
  if (!kind || !id) return undefined;
  const asked = new URLSearchParams(query);
  const elementId = asked.get('element') ?? undefined;
  const inside = asked.getAll('path');
  const line = wholeNumber(asked.get('line'));
  const column = wholeNumber(asked.get('column'));
  const place: Place = {
    ...(elementId && { elementId }),
    ...(inside.length > 0 && { path: inside }),
    ...(line && { line }),
    ...(line && column && { column }),
  };
  return Object.keys(place).length > 0 ? { resource: { kind, id }, place } : { resource: { kind, id } };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Opens what an address names; one of a kind nobody knows is said, not dropped. */
export function openAddress(platform: Platform, hash: string): void {
  const address = readAddress(hash);
  if (!address) return;
  const { resource, place } = address;
  void platform.editors.open(resource, place ? { place } : {});
}

/** The address of what is in front of the user, as a whole link. */
export function linkHere(platform: Platform, location: Location): string | undefined {
  const resource = platform.editors.activeResource();
  if (!resource) return undefined;
  const place = platform.editors.active.getState()?.here?.();
  return `${location.origin}${location.pathname}${addressOf(resource, place)}`;
}
