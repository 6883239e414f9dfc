import { type Disposable, disposable, disposeAll } from '../base/disposable.ts';
import type { LayoutState, Part } from '../platform/layout.ts';
import type { Platform } from '../platform/platform.ts';
import { focusPart, isShown, partOf, stopIn } from './parts.ts';

const floating = '[role="dialog"], [role="menu"]';

/**
 * Keys always have somewhere to go. A document that was called takes the focus as soon as it stands, one that opened by
 * itself only while nobody did anything yet; where what had the focus goes away (a dialog, a tab, a side bar), it is given
 * back to what had it before, else to the editor.
 */
export function keepFocus({ editors, dialogs, layout }: Platform): Disposable {
  /** What had the focus last outside of dialogs and menus, and the part of the frame it was in. */
  let last: { element: HTMLElement; part: Part | undefined } | undefined;
  /** Where it was in each open document. */
  const within = new Map<string, HTMLElement>();
  let waiting: MutationObserver | undefined;
  let frame: number | undefined;
  let called: 'byUser' | 'byItself' | undefined;
  /** Whether the user did anything since the page stands: from then on nothing takes the focus by itself. */
  let atWork = false;
  /** Nobody but this moves the focus: it says nothing about where the user was. */
  let giving = false;

  const inFront = () => {
    const { groups, activeGroup } = editors.getState();
    return groups.find(({ id }) => id === activeGroup)?.active;
  };

  function focusEditor(): void {
    waiting?.disconnect();
    const editor = partOf('editor');
    if (!editor) return;
    let given = document.activeElement;
    const settled = (): boolean => {
      const here = document.activeElement;
      // The document itself took it, or the user went somewhere meanwhile.
      if (here !== given && here !== document.body) return true;
      const remembered = within.get(inFront() ?? '');
      const back = remembered && editor.contains(remembered) && isShown(remembered) ? remembered : undefined;
      const stop = back ?? stopIn(editor) ?? editor;
      giving = true;
      if (stop !== here) stop.focus();
      giving = false;
      given = document.activeElement;
      return stop === back || stop.dataset.autofocus !== undefined;
    };
    if (given && given !== editor && editor.contains(given) && isShown(given)) return;
    if (settled()) return;
    // Parts of a document come one after the other: the one that is meant for it still takes it, until a key is pressed.
    const watch = new MutationObserver(() => {
      if (!editor.isConnected || settled()) watch.disconnect();
    });
    watch.observe(editor, { childList: true, subtree: true });
    waiting = watch;
  }

  function giveBack(): void {
    const here = document.activeElement;
    if (here && here !== document.body && isShown(here)) return;
    if (last && isShown(last.element)) last.element.focus();
    else if (!last?.part || last.part === 'editor' || !focusPart(last.part)) focusEditor();
  }

  /** After what was changed is drawn. */
  function soon(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = undefined;
      if (dialogs.getState() !== undefined || document.querySelector(floating)) return;
      if (called) focusEditor();
      else giveBack();
      called = undefined;
    });
  }
  function call(byItself = false): void {
    if (byItself && atWork) return;
    called = byItself ? 'byItself' : 'byUser';
    atWork ||= !byItself;
    soon();
  }

  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element) || target.closest(floating)) return;
    const element = target as HTMLElement;
    const part = element.closest<HTMLElement>('[data-part]')?.dataset.part as Part | undefined;
    // Somebody went elsewhere since the document was called. A dialog that closes only gives back what it had taken.
    if (!giving && part !== 'editor' && element !== last?.element) {
      called = undefined;
      waiting?.disconnect();
    }
    last = { element, part };
    const key = inFront();
    if (!giving && part === 'editor' && key !== undefined && !element.matches('[data-part], .dochead *'))
      within.set(key, element);
  };
  const onInput = () => {
    waiting?.disconnect();
    atWork = true;
    if (called === 'byItself') called = undefined;
  };
  // Before any view sees it: tables of decisions keep it to themselves.
  document.addEventListener('focusin', onFocus, true);
  window.addEventListener('keydown', onInput, true);
  window.addEventListener('pointerdown', onInput, true);
  return disposeAll(
    editors.onCalled(({ byItself }) => call(byItself)),
    disposable(
      layout.onFocus((part) => (part === 'editor' ? call() : requestAnimationFrame(() => focusPart(part)))),
    ),
    disposable(
      whenOther(editors, inFront, () => {
        const open = editors.getState().groups.flatMap(({ tabs }) => tabs.map(({ key }) => key));
        for (const key of within.keys()) if (!open.includes(key)) within.delete(key);
        soon();
      }),
    ),
    disposable(whenOther(dialogs, dialogs.getState, soon)),
    disposable(whenOther(layout, () => partsShown(layout.getState()), soon)),
    disposable(() => {
      document.removeEventListener('focusin', onFocus, true);
      window.removeEventListener('keydown', onInput, true);
      window.removeEventListener('pointerdown', onInput, true);
      waiting?.disconnect();
      if (frame !== undefined) cancelAnimationFrame(frame);
    }),
  );
}

function partsShown({ sideBar, secondary, panel, zen, container, activePanel }: LayoutState): string {
  return [sideBar, secondary, panel, zen, container, activePanel].join();
}

/** Calls when a value of a store is not what it was. */
function whenOther<T>(
  store: { subscribe(listener: () => void): () => void },
  value: () => T,
  run: () => void,
): () => void {
  let before = value();
  return store.subscribe(() => {
    const now = value();
    if (now === before) return;
    before = now;
    run();
  });
}
