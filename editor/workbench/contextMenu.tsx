import { type ReactNode, useCallback, useState } from 'react';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';

interface Open {
  label: string;
  groups: readonly (readonly MenuEntry[])[];
  at: { x: number; y: number };
}

export interface ContextMenu {
  show(label: string, groups: readonly (readonly MenuEntry[])[], at: { x: number; y: number }): void;
  /** Put this into what the component renders. */
  element: ReactNode;
}

/** A menu at a point: right click, `…`, account. Empty menus do not open. */
export function useContextMenu(): ContextMenu {
  const [open, setOpen] = useState<Open>();
  const close = useCallback(() => setOpen(undefined), []);
  return {
    show: (label, groups, at) => {
      const filled = groups.filter((group) => group.length > 0);
      if (filled.length > 0) setOpen({ label, groups: filled, at });
    },
    element: open && <Menu label={open.label} groups={open.groups} at={open.at} onClose={close} />,
  };
}
