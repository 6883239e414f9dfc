import type { DragEvent } from 'react';
import type { Resource } from '../platform/documents.ts';
import type { Editors } from '../platform/editors.ts';
import { carriesResource, readResource } from '../ui/resourceDrag.ts';
import type { DropPlace } from './dropPlace.ts';

const dragType = 'application/x-baton-tab';

interface DraggedTab {
  group: number;
  key: string;
}

/** The tab of this window that is being dragged: what is dragged can be read only once it is dropped. */
let dragged: DraggedTab | undefined;

export function startTabDrag(event: DragEvent, group: number, key: string, resource: Resource): void {
  dragged = { group, key };
  event.dataTransfer.setData(dragType, JSON.stringify(resource));
  event.dataTransfer.effectAllowed = 'copyMove';
}

export function endTabDrag(): void {
  dragged = undefined;
}

/** A tab, of this window or of another one. */
export const isTabDrag = (event: DragEvent) => event.dataTransfer.types.includes(dragType);

/** Something editors can show. */
export const isDocumentDrag = (event: DragEvent) => isTabDrag(event) || carriesResource(event.dataTransfer);

/** Whether dropping it here would change anything. */
export function wouldMove(editors: Editors, event: DragEvent, group: number, place: DropPlace): boolean {
  if (!dragged || !isTabDrag(event)) return true;
  if (place === 'centre') return dragged.group !== group;
  return editors.canMoveToEdge(dragged.group, dragged.key, group, event.ctrlKey || event.altKey);
}

/** Shows what was dropped: tabs move, and stay as well with Ctrl; what comes from elsewhere is opened. */
export function dropDocument(
  editors: Editors,
  event: DragEvent,
  group: number,
  place: DropPlace,
  before?: string,
): void {
  const copy = event.ctrlKey || event.altKey;
  const own = isTabDrag(event) ? dragged : undefined;
  endTabDrag();
  if (own && !copy) {
    if (place === 'centre') editors.move(own.group, own.key, group, before);
    else editors.moveToEdge(own.group, own.key, group, place);
    return;
  }
  if (own && place !== 'centre') {
    editors.moveToEdge(own.group, own.key, group, place, true);
    return;
  }
  const resource = droppedResource(event);
  if (!resource) return;
  void editors.open(resource, {
    group,
    ...(place !== 'centre' && { split: place }),
    ...(before !== undefined && { before }),
  });
}

function droppedResource(event: DragEvent): Resource | undefined {
  const tab = event.dataTransfer.getData(dragType);
  return tab ? (JSON.parse(tab) as Resource) : readResource(event.dataTransfer);
}
