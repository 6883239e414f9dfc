import type { Platform } from '../../platform/platform.ts';

/** Where somebody asks for help: the names of the places around the focus, inmost first, and the field itself. */
export interface HelpPlace {
  ids: readonly string[];
  field?: { label: string; description: string } | undefined;
}

export function helpPlace({ editors, layout }: Platform, focused: Element | null): HelpPlace {
  const part = (focused?.closest('[data-part]') as HTMLElement | null)?.dataset.part;
  const named = focused?.closest('[data-help]') as HTMLElement | null;
  const state = layout.getState();
  const kind = editors.activeResource()?.kind;
  const ids = [
    named?.dataset.help,
    part === 'sideBar' || part === 'activityBar' ? state.container : undefined,
    part === 'panel' ? state.activePanel : undefined,
    part === undefined || part === 'editor' || part === 'secondary' ? kind?.replace(/Json$/, '') : part,
    'editor',
  ];
  return { ids: ids.filter((id) => id !== undefined), field: fieldOf(focused) };
}

/** What the field says of itself: its label, and its hint. */
function fieldOf(focused: Element | null): HelpPlace['field'] {
  if (
    !(focused instanceof HTMLElement) ||
    !focused.matches('input, textarea, select, [contenteditable="true"]')
  )
    return undefined;
  const label =
    focused.getAttribute('aria-label') ??
    (focused as HTMLInputElement).labels?.[0]?.firstChild?.textContent ??
    '';
  const description = (focused.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => (id ? (document.getElementById(id)?.textContent ?? '') : ''))
    .filter(Boolean)
    .join(' ');
  return label ? { label, description } : undefined;
}
