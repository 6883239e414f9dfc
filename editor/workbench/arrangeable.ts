import { type DragEvent, type MouseEvent, type ReactNode, useState } from 'react';
import { arranged } from '../platform/layout.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { useContextMenu } from './contextMenu.tsx';
import { usePlatform, useReadable } from './platformContext.ts';

interface Arrangeable<T> {
  /** In the user's order, without what the user hid. */
  shown: readonly T[];
  onContextMenu(event: MouseEvent): void;
  /** What makes an entry draggable among its own. */
  draggable(id: string): {
    draggable: true;
    'data-arrange': string;
    'data-drop': boolean | undefined;
    onDragStart(event: DragEvent): void;
    onDragEnter(event: DragEvent): void;
    onDragOver(event: DragEvent): void;
    onDragEnd(): void;
    onDrop(event: DragEvent): void;
  };
  menu: ReactNode;
}

/** Entries of a bar which the user orders by dragging, and hides and shows by its menu. */
export function useArrangeable<T extends { id: string; title: string }>(
  available: readonly T[],
  what: 'container' | 'panel',
): Arrangeable<T> {
  const { layout } = usePlatform();
  const state = useReadable(layout);
  const menu = useContextMenu();
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const shown = arranged(available, state);
  const end = () => {
    setDragged(undefined);
    setOver(undefined);
  };
  const ids = shown.map(({ id }) => id);
  const moveOver = (event: DragEvent, id: string) => {
    if (dragged === undefined) return;
    event.preventDefault();
    if (over !== id) setOver(id);
  };

  const entries = (): MenuEntry[] =>
    available.map(({ id, title }) => ({
      id,
      title,
      checked: !state.hidden.includes(id),
      // One always stays.
      disabled: shown.length === 1 && shown[0]!.id === id,
      run: () => layout.toggleHidden(id),
    }));
  const moves = (id: string): MenuEntry[] => {
    const at = ids.indexOf(id);
    const [earlier, later] = what === 'container' ? ['Move up', 'Move down'] : ['Move left', 'Move right'];
    return [
      { id: 'earlier', title: earlier!, disabled: at === 0, run: () => layout.reorder(ids, id, ids[at - 1]) },
      {
        id: 'later',
        title: later!,
        disabled: at === ids.length - 1,
        run: () => layout.reorder(ids, id, ids[at + 2]),
      },
    ];
  };

  return {
    shown,
    onContextMenu(event) {
      event.preventDefault();
      const own = (event.target as Element).closest<HTMLElement>('[data-arrange]')?.dataset.arrange;
      menu.show(what === 'container' ? 'Activity bar' : 'Panel', [own ? moves(own) : [], entries()], {
        x: event.clientX,
        y: event.clientY,
      });
    },
    draggable: (id) => ({
      draggable: true,
      'data-arrange': id,
      'data-drop': (over === id && dragged !== id) || undefined,
      onDragStart(event) {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('application/x-baton-part', id);
        setDragged(id);
      },
      onDragEnter: (event) => moveOver(event, id),
      onDragOver: (event) => moveOver(event, id),
      onDragEnd: end,
      onDrop(event) {
        if (dragged === undefined) return;
        event.preventDefault();
        const forward = ids.indexOf(dragged) < ids.indexOf(id);
        layout.reorder(ids, dragged, forward ? ids[ids.indexOf(id) + 1] : id);
        end();
      },
    }),
    menu: menu.element,
  };
}
