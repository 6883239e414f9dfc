import type Canvas from 'diagram-js/lib/core/Canvas';

/**
 * When a name is written or a menu has closed, the next key is the canvas's. diagram-js gives the focus back a timer
 * later, and a key that is quicker goes to nobody. Only while the focus is on its way elsewhere must it wait for that.
 */
export class QuickFocus {
  static $inject = ['canvas'];

  constructor(canvas: Canvas) {
    const container = canvas.getContainer();
    let leaving = false;
    container.addEventListener('focusout', () => (leaving = true), true);
    container.addEventListener('focusout', () => (leaving = false));
    const restoreLater = canvas.restoreFocus.bind(canvas);
    canvas.restoreFocus = () => {
      if (leaving || document.activeElement !== document.body) restoreLater();
      else canvas.focus();
    };
  }
}
