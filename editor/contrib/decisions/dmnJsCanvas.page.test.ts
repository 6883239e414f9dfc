import { expect, it, vi } from 'vitest';
import { addSvgToJsdom } from '../../test/svgInJsdom.ts';
import { blankDecision } from './blankDecision.ts';
import { dmnJsCanvas } from './dmnJsCanvas.ts';

addSvgToJsdom();

it('leaves nothing at the page when it is closed', async () => {
  const listening = new Map<string, number>();
  const count = (by: number) => (type: string) => void listening.set(type, (listening.get(type) ?? 0) + by);
  const { addEventListener, removeEventListener } = document;
  vi.spyOn(document, 'addEventListener').mockImplementation(
    (...args: Parameters<Document['addEventListener']>) => {
      count(1)(args[0]);
      addEventListener.apply(document, args);
    },
  );
  vi.spyOn(document, 'removeEventListener').mockImplementation(
    (...args: Parameters<Document['removeEventListener']>) => {
      count(-1)(args[0]);
      removeEventListener.apply(document, args);
    },
  );
  const canvas = dmnJsCanvas(true, { changed: () => {}, views: () => {} });
  document.body.append(canvas.element);
  expect(await canvas.show(blankDecision('Discount'))).toMatchObject({ ok: true });
  expect(canvas.element.querySelector('table')).not.toBeNull();
  canvas.dispose();
  expect(canvas.element.querySelector('table')).toBeNull();
  expect([...listening].filter(([, left]) => left > 0)).toEqual([]);
});

it('rules that are marked are those of its own table, though a copy beside it has the same', async () => {
  const sheets: string[] = [];
  Object.assign(CSSStyleSheet.prototype, { replaceSync: (text: string) => void sheets.push(text) });
  const shown = async () => {
    const canvas = dmnJsCanvas(true, { changed: () => {}, views: () => {} });
    document.body.append(canvas.element);
    await canvas.show(blankDecision('Discount'));
    return canvas;
  };
  const [canvas, copy] = [await shown(), await shown()];
  const rule = canvas.element.querySelector<HTMLElement>('td[data-row-id]')!.dataset.rowId!;
  canvas.mark([rule]);
  const marked = [...document.querySelectorAll(sheets[0]!.split('{')[0]!)];
  expect(marked.length).toBeGreaterThan(0);
  expect(marked.filter((cell) => !canvas.element.contains(cell))).toEqual([]);
  canvas.dispose();
  copy.dispose();
});
