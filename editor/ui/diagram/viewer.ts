import 'bpmn-js/dist/assets/diagram-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type Canvas from 'diagram-js/lib/core/Canvas';
import { type DiagramCatalog, diagramModules, diagramOptions, type Tokens } from './index.ts';

/** A diagram to look at, with tokens. */
export interface DiagramViewer {
  readonly element: HTMLElement;
  readonly tokens: Tokens;
  get<T>(name: string): T;
  load(xml: string): Promise<boolean>;
  fit(): void;
  onSelected(listener: (elementId: string | undefined) => void): void;
  dispose(): void;
}

export function createDiagramViewer(catalog?: DiagramCatalog): DiagramViewer {
  const element = document.createElement('div');
  element.className = 'diagram-canvas';
  const viewer = new NavigatedViewer({
    container: element,
    ...diagramOptions(catalog),
    additionalModules: diagramModules as never,
  } as never);
  const get = <T>(name: string): T => viewer.get(name) as T;
  return {
    element,
    get,
    tokens: get<Tokens>('tokens'),
    load: (xml) =>
      viewer.importXML(xml).then(
        () => true,
        () => false,
      ),
    fit: () => fitDiagram(get<Canvas>('canvas')),
    onSelected(listener) {
      viewer.on(
        'selection.changed',
        (event: { newSelection: { id: string; businessObject?: { id?: string } }[] }) =>
          listener(event.newSelection[0]?.businessObject?.id ?? event.newSelection[0]?.id),
      );
    },
    dispose: () => viewer.destroy(),
  };
}

const margin = 48;

/** Shows the whole diagram in the middle, at most in natural size. `left` px are covered by a toolbar. */
export function fitDiagram(canvas: Canvas, left = 0): void {
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (outer.width === 0 || inner.width === 0) return;
  const scale = Math.min(
    1,
    (outer.width - left - 2 * margin) / inner.width,
    (outer.height - 2 * margin) / inner.height,
  );
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({
    x: inner.x + inner.width / 2 - (width + left / scale) / 2,
    y: inner.y + inner.height / 2 - height / 2,
    width,
    height,
  });
  fitted.set(canvas, place(canvas));
}

/** Where each canvas stood when it was fitted last. */
const fitted = new WeakMap<Canvas, string>();

function place(canvas: Canvas): string {
  const { x, y, scale } = canvas.viewbox();
  return [x, y, scale].map((value) => value.toFixed(3)).join(' ');
}

/** Whether nobody moved or zoomed it since it was fitted. */
export function isFitted(canvas: Canvas): boolean {
  return fitted.get(canvas) === place(canvas);
}
