import { type Disposable, disposable } from '../base/disposable.ts';

interface Fitted {
  layout(size: { width: number; height: number }): void;
}

/**
 * A Monaco editor has the size of its place. Where the place is not on show it keeps the size it had: lines are not
 * broken for a width of nothing, and it is found as it was left.
 */
export function fitEditor(place: HTMLElement, editor: Fitted): Disposable {
  let fitted = { width: 0, height: 0 };
  const resized = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    if (width === 0 || height === 0 || (width === fitted.width && height === fitted.height)) return;
    fitted = { width, height };
    editor.layout(fitted);
  });
  resized.observe(place);
  return disposable(() => resized.disconnect());
}
