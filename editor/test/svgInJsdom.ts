/** The parts of SVG that bpmn-js asks for and jsdom lacks; nothing is laid out, so every box is a guess from the text. */
export function addSvgToJsdom(): void {
  class SVGMatrix {
    readonly a = 1;
    readonly b = 0;
    readonly c = 0;
    readonly d = 1;
    readonly e = 0;
    readonly f = 0;
    inverse = matrix;
    multiply = matrix;
    translate = matrix;
    scale = matrix;
    rotate = matrix;
  }
  function matrix() {
    return new SVGMatrix();
  }
  const transform = () => ({
    matrix: matrix(),
    setMatrix() {},
    setTranslate() {},
    setRotate() {},
    setScale() {},
  });
  const list = () => {
    const items: unknown[] = [];
    return {
      get numberOfItems() {
        return items.length;
      },
      getItem: (at: number) => items[at],
      initialize: (item: unknown) => items.splice(0, items.length, item),
      appendItem: (item: unknown) => items.push(item),
      clear: () => items.splice(0, items.length),
      consolidate: () => items[0] ?? null,
      createSVGTransformFromMatrix: transform,
    };
  };
  const lists = new WeakMap<object, ReturnType<typeof list>>();
  const define = (name: string, value: PropertyDescriptor) =>
    Object.defineProperty(SVGElement.prototype, name, { configurable: true, ...value });
  define('getBBox', {
    value(this: SVGElement) {
      return { x: 0, y: 0, width: (this.textContent ?? '').length * 7, height: 14 };
    },
  });
  define('getScreenCTM', { value: matrix });
  define('getCTM', { value: matrix });
  define('createSVGMatrix', { value: matrix });
  define('createSVGTransform', { value: transform });
  define('createSVGTransformFromMatrix', { value: transform });
  define('createSVGPoint', { value: () => ({ x: 0, y: 0, matrixTransform: () => ({ x: 0, y: 0 }) }) });
  define('transform', {
    get(this: object) {
      if (!lists.has(this)) lists.set(this, list());
      return { baseVal: lists.get(this) };
    },
  });
  Object.assign(globalThis, { SVGMatrix });
  HTMLCanvasElement.prototype.getContext = (() => ({
    measureText: (text: string) => ({ width: text.length * 7 }),
  })) as never;
  globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as never;
}
