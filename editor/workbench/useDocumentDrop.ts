import { type DragEvent, useState } from 'react';
import { type DropPlace, dropPlace } from './dropPlace.ts';
import { groupAround } from './groupAround.ts';
import { usePlatform } from './platformContext.ts';
import { dropDocument, isDocumentDrag, wouldMove } from './tabDrag.ts';

interface Drop {
  group: number;
  place: DropPlace;
}

/** Documents dropped on an editor are shown in its group, or in a new one at the edge they were dropped at. */
export function useDocumentDrop() {
  const { editors } = usePlatform();
  const [drop, setDrop] = useState<Drop>();
  const leave = () => setDrop(undefined);

  const onDragOverCapture = (event: DragEvent) => {
    const over = editorAround(event.target);
    const group = groupAround(event.target);
    if (!over || group === undefined || !isDocumentDrag(event) || takenInside(event)) return leave();
    const isEmpty = editors.getState().groups.find(({ id }) => id === group)?.tabs.length === 0;
    const place = isEmpty ? 'centre' : dropPlace(over.getBoundingClientRect(), event);
    event.preventDefault();
    event.stopPropagation();
    if (!wouldMove(editors, event, group, place)) leave();
    else if (drop?.group !== group || drop.place !== place) setDrop({ group, place });
  };
  const onDropCapture = (event: DragEvent) => {
    if (!editorAround(event.target) || !isDocumentDrag(event) || takenInside(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (drop) dropDocument(editors, event, drop.group, drop.place);
    leave();
  };
  const onDragLeave = ({ relatedTarget }: DragEvent) => {
    if (!editorAround(relatedTarget)) leave();
  };
  return { drop, onDragEnterCapture: onDragOverCapture, onDragOverCapture, onDropCapture, onDragLeave };
}

const editorAround = (target: EventTarget | null) =>
  target instanceof Element ? target.closest('[data-part="editor"]') : null;

/** The document itself takes what is dropped on it: a canvas makes an element of it. */
function takenInside(event: DragEvent): boolean {
  const { target, dataTransfer } = event;
  const isTab = dataTransfer.types.includes('application/x-baton-tab');
  return !isTab && target instanceof Element && target.closest('[data-takes-documents]') !== null;
}
