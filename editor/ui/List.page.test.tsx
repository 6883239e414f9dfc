import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { List } from './List.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
Element.prototype.scrollIntoView ??= () => {};

test('arrows walk a list that selects nothing by itself, and Enter opens the row they came to', () => {
  const place = document.createElement('div');
  const opened: string[] = [];
  const root = createRoot(place);
  act(() =>
    root.render(
      <List
        label="Open tasks"
        items={['check', 'refund', 'call']}
        idOf={(name) => name}
        render={(name) => name}
        selected={undefined}
        onSelect={() => undefined}
        onOpen={(name) => opened.push(name)}
      />,
    ),
  );
  const list = place.querySelector('[role="listbox"]')!;
  document.body.append(place);
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter'])
    act(() => void list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));

  expect(opened).toEqual(['refund']);
  expect(list.getAttribute('aria-activedescendant')).toBe('list-refund');
  act(() => root.unmount());
});
