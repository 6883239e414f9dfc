import type Canvas from 'diagram-js/lib/core/Canvas';
import type PopupMenu from 'diagram-js/lib/features/popup-menu/PopupMenu';

const field = '.djs-popup-search input';

/**
 * A menu takes its keys as soon as it is there, and Enter in its search takes what the letters find. diagram-js hears
 * Escape and moves its selection only after the next picture and reads the letters as keys are released: a quick Escape
 * would be lost, a quick Enter take what was found before.
 */
export class QuickMenu {
  static $inject = ['canvas', 'popupMenu'];

  constructor(canvas: Canvas, popupMenu: PopupMenu) {
    const container = canvas.getContainer();
    let typed = false;
    const enter = (search: Element) => {
      const found = search.closest('.djs-popup')?.querySelector('.djs-popup-results .entry');
      if (!found) return;
      typed = false;
      const { left: clientX, bottom: clientY } = search.getBoundingClientRect();
      found.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, clientX, clientY }));
    };
    const keydown = (event: KeyboardEvent) => {
      const at = event.target as Element;
      if (event.key.startsWith('Arrow')) typed = false;
      if (event.key === 'Escape' && at.closest('.djs-popup')) popupMenu.close();
      else if (event.key === 'Enter' && typed && at.matches(field)) enter(at);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    container.addEventListener('keydown', keydown, true);
    container.addEventListener('pointermove', () => (typed = false));
    container.addEventListener('input', ({ target }) => {
      if (!(target as Element).matches(field)) return;
      typed = true;
      (target as Element).dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
    });
  }
}
