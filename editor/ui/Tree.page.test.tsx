import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { Tree } from './Tree.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
let resized: (height: number) => void = () => undefined;
globalThis.ResizeObserver = class {
  constructor(callback: ResizeObserverCallback) {
    resized = (height) => callback([{ contentRect: { height } } as ResizeObserverEntry], this);
  }
  observe() {}
  unobserve() {}
  disconnect() {}
};

const names = ['check', 'refund', 'call', 'write'];

/** As the explorer keeps it: what is selected alone is all that is chosen. */
function Documents() {
  const [state, setState] = useState<{ selected?: string; selection: ReadonlySet<string> }>({
    selection: new Set(),
  });
  return (
    <Tree
      label="Documents"
      nodes={names.map((name) => ({ id: name, label: name, value: name }))}
      closed={new Set()}
      onToggle={() => undefined}
      selected={state.selected}
      selection={state.selection}
      onSelect={({ id }) => setState({ selected: id, selection: new Set([id]) })}
      onSelection={(nodes) =>
        setState((before) => ({ ...before, selection: new Set(nodes.map(({ id }) => id)) }))
      }
      onOpen={() => undefined}
    />
  );
}

test('Shift and a click choose everything between two rows, not the last one alone', () => {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  act(() => root.render(<Documents />));
  const row = (name: string) =>
    [...place.querySelectorAll<HTMLElement>('[role="treeitem"]')].find((one) => one.textContent === name)!;
  act(() => row('refund').click());
  act(() => void row('write').dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true })));

  const chosen = [...place.querySelectorAll('[role="treeitem"][aria-selected="true"]')];
  expect(chosen.map((one) => one.textContent)).toEqual(['refund', 'call', 'write']);
  act(() => root.unmount());
});

test('the selected row stays in sight when its place becomes lower, and only if it was', () => {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const nodes = Array.from({ length: 60 }, (_, at) => ({ id: `row ${at}`, label: `row ${at}`, value: at }));
  act(() =>
    root.render(
      <Tree
        label="Documents"
        nodes={nodes}
        closed={new Set()}
        onToggle={() => undefined}
        selected="row 30"
        onSelect={() => undefined}
        onOpen={() => undefined}
      />,
    ),
  );
  const tree = place.querySelector('[role="tree"]')!;
  act(() => resized(700));
  expect(tree.scrollTop).toBe(0);
  act(() => resized(400));
  expect(tree.scrollTop).toBe(31 * 22 - 400);

  tree.scrollTop = 900;
  act(() => void tree.dispatchEvent(new Event('scroll')));
  act(() => resized(300));
  expect(tree.scrollTop).toBe(900);
  act(() => root.unmount());
});
