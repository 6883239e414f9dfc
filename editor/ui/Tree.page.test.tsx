import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { Tree } from './Tree.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
globalThis.ResizeObserver ??= class {
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
