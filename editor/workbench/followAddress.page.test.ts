import { beforeEach, expect, test, vi } from 'vitest';
import type { Resource } from '../platform/documents.ts';
import type { Platform } from '../platform/platform.ts';
import { followAddress } from './followAddress.ts';

/** A frame whose documents open at once, and its timer, which runs when told to. */
function frame() {
  let active: Resource = { kind: 'note', id: 'a' };
  let tell = () => {};
  let write = () => {};
  const open = vi.fn(async (resource: Resource) => {
    active = resource;
    tell();
  });
  const editors = {
    activeResource: () => active,
    active: { getState: () => undefined },
    subscribe(listener: () => void) {
      tell = listener;
      return () => {};
    },
    open,
  };
  const timers = {
    after(_ms: number, run: () => void) {
      write = run;
      return { dispose() {} };
    },
  };
  const stop = followAddress({ editors, timers, me: { tenant: { name: 'Acme' } } } as unknown as Platform);
  return { open, stop, drawn: () => write() };
}

/** As browsers do it: the address is there first, and told later. */
const type = (hash: string) => window.history.replaceState(null, '', hash);
const told = () => window.dispatchEvent(new Event('hashchange'));

beforeEach(() => type('#'));

test('the address is that of the active document, once it is drawn', () => {
  const { open, drawn, stop } = frame();
  expect(window.location.hash).toBe('#/note/a');
  void open({ kind: 'note', id: 'b' });
  expect(window.location.hash).toBe('#/note/a');
  drawn();
  expect(window.location.hash).toBe('#/note/b');
  stop.dispose();
});

test('an address that is typed while another one is yet to be written is opened', () => {
  const { open, drawn, stop } = frame();
  void open({ kind: 'note', id: 'b' });
  type('#/note/c');
  drawn();
  told();
  expect(open).toHaveBeenLastCalledWith({ kind: 'note', id: 'c' }, {});
  drawn();
  expect(window.location.hash).toBe('#/note/c');
  stop.dispose();
});
