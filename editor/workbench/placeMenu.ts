import type { MouseEvent, ReactNode } from 'react';
import type { Platform } from '../platform/platform.ts';
import { useContextMenu } from './contextMenu.tsx';
import { menuEntries } from './menuEntries.ts';

export interface PlaceMenu {
  /** By right click, or by the key for it: then it stands below what has the focus. */
  open(event: MouseEvent, label: string): void;
  element: ReactNode;
}

/** The menu of a place inside a document that names others. */
export function usePlaceMenu(platform: Platform): PlaceMenu {
  const menu = useContextMenu();
  return {
    element: menu.element,
    open(event, label) {
      event.preventDefault();
      const byKey = event.button !== 2;
      const box = byKey ? (event.target as Element).getBoundingClientRect() : undefined;
      const at = box ? { x: box.left + 24, y: box.top + 24 } : { x: event.clientX, y: event.clientY };
      menu.show(label, menuEntries(platform, 'document/place'), at);
    },
  };
}
