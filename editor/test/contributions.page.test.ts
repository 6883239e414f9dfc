import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok } from '@baton/engine/protocol';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { memoryStorage } from '../platform/host.ts';
import { type Contribution, createPlatform } from '../platform/platform.ts';
import type { SessionState } from '../platform/session.ts';
import { createThemes } from '../platform/theme.ts';
import { startWorkbench } from '../workbench/startWorkbench.tsx';
import { configuration, editorServer, me } from './editorServer.ts';
import { manualTimers, settled } from './manualTimers.ts';

const editor = dirname(dirname(fileURLToPath(import.meta.url)));
const line = /^export \{ (\w+) \} from '\.\/contrib\/(\w+)\/\w+\.contribution\.ts';$/gm;
const listed = [...readFileSync(join(editor, 'contributions.ts'), 'utf8').matchAll(line)].map(
  ([text, name, folder]) => ({
    text: text!,
    name: name!,
    folder: folder!,
  }),
);

/** The parts of jsdom a browser has and the frame needs. */
beforeAll(() => {
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    ResizeObserver: class {
      private readonly report: (entries: unknown[]) => void;
      constructor(report: (entries: unknown[]) => void) {
        this.report = report;
      }
      observe() {
        this.report([{ contentRect: { width: 1440, height: 900 } }]);
      }
      unobserve() {}
      disconnect() {}
    },
  });
  window.matchMedia = ((query: string) => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  })) as never;
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.checkVisibility ??= () => true;
});

const signedIn: SessionState = { status: 'signedIn', configuration, me };

let stop = () => {};
afterEach(async () => {
  await act(async () => stop());
  document.body.innerHTML = '';
  window.history.replaceState(null, '', '/');
});

async function show(contributions: Readonly<Record<string, Contribution>>): Promise<HTMLElement> {
  const element = document.body.appendChild(document.createElement('div'));
  const time = manualTimers();
  const platform = createPlatform({
    me,
    configuration,
    session: {
      getState: () => signedIn,
      subscribe: () => () => {},
      start: async () => {},
      signIn: async () => {},
      signOut: async () => {},
      signInAgain: async () => ok(),
      shutOut: () => {},
      token: async () => undefined,
    },
    themes: createThemes('dark', { apply: () => {}, token: () => '' }),
    fetch: editorServer,
    openSocket: () => {
      throw new Error('Expected no socket without a token');
    },
    ...time,
    storage: memoryStorage(),
  });
  await act(async () => {
    const workbench = startWorkbench(platform, contributions, createRoot(element));
    stop = () => workbench.dispose();
    await settled();
    time.advance(1_000);
  });
  await act(settled);
  return element;
}

async function load(): Promise<Map<string, Contribution>> {
  return new Map(Object.entries(await import('../contributions.ts'))) as Map<string, Contribution>;
}

/** A screen reader can say what it is. */
function isNamed(control: Element): boolean {
  const said = [
    control.textContent,
    control.getAttribute('aria-label'),
    control.getAttribute('title'),
    ...[...((control as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
    ...(control.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent),
  ];
  return control.getAttribute('type') === 'hidden' || said.some((text) => text?.trim());
}

it('lists every contribution folder on one line', () => {
  const folders = readdirSync(join(editor, 'contrib'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const contributed = folders.filter(({ name }) =>
    readdirSync(join(editor, 'contrib', name)).includes(`${name}.contribution.ts`),
  );
  expect(listed.map(({ folder }) => folder).sort()).toEqual(contributed.map(({ name }) => name).sort());
});

describe('the workbench', () => {
  it('has a name for each button, field and link of every view', async () => {
    const element = await show(Object.fromEntries(await load()));
    const views = [...element.querySelectorAll<HTMLElement>('[data-part="activityBar"] button')];
    const nameless: string[] = [];
    let seen = 0;
    const look = () => {
      for (const control of element.querySelectorAll(
        'button, [role="button"], a[href], input, select, textarea',
      )) {
        seen++;
        if (!isNamed(control)) nameless.push(control.outerHTML.slice(0, 200));
      }
    };
    look();
    for (const view of views) {
      await act(async () => view.click());
      await act(settled);
      look();
    }
    expect(views.length).toBeGreaterThan(5);
    expect(seen).toBeGreaterThan(100);
    expect(nameless).toEqual([]);
  });

  it('shows the frame and what contributions add', async () => {
    const element = await show(Object.fromEntries(await load()));

    expect(element.querySelector('.titlebar')?.textContent).toContain('Acme');
    expect([...element.querySelectorAll('[role="treeitem"]')].map((row) => row.textContent)).toContain(
      'Support triage.bpmn',
    );
    const tabs = [...element.querySelectorAll('.tabbar [role="tab"]')];
    expect(tabs.map((tab) => [tab.textContent, tab.getAttribute('aria-selected')])).toEqual([
      ['Welcome', 'false'],
      ['Support triage.bpmn', 'true'],
    ]);
    expect(element.querySelector('.statusbar')?.textContent).toContain('Embedded engine');
  });

  it('stands without any contribution', async () => {
    const element = await show({});

    expect(element.querySelector('.titlebar')?.textContent).toContain('File');
    expect(element.querySelector('.noeditor')?.textContent).toContain('Command palette');
  });

  it('goes on when a contribution, a view and a status item throw, and says where', async () => {
    const broken: Contribution = ({ views, statusItems, panels, layout }) => {
      const Broken = () => {
        throw new Error('no such thing');
      };
      views.registerContainer({ id: 'broken', title: 'Broken', icon: 'codicon:bug', order: 1 });
      views.register({ id: 'broken.view', container: 'broken', title: 'Broken view', View: Broken });
      panels.register({ id: 'broken.panel', title: 'Broken panel', View: Broken });
      layout.set({ container: 'broken', panel: true, activePanel: 'broken.panel' });
      return statusItems.register({
        id: 'broken.item',
        side: 'left',
        content: {
          subscribe: () => () => {},
          getState: () => {
            throw new Error('no state');
          },
        },
      });
    };
    const unable: Contribution = () => {
      throw new Error('cannot start');
    };
    const element = await show({ broken, unable, ...Object.fromEntries(await load()) });

    expect(element.querySelector('.sidebar')?.textContent).toContain('Expected Broken view to show');
    expect(element.querySelector('.panel')?.textContent).toContain('Expected Broken panel to show');
    expect(element.querySelector('.statusbar button[aria-label^="Expected broken.item"]')).not.toBeNull();
    expect(element.querySelector('.statusbar')?.textContent).toContain('Embedded engine');
    expect(element.querySelector('.toasts')?.textContent).toContain('the feature unable to start');
  });

  it.each(listed)('stands without $folder', async ({ name }) => {
    const contributions = await load();
    contributions.delete(name);

    const element = await show(Object.fromEntries(contributions));

    expect(element.querySelector('.titlebar')?.textContent).toContain('Acme');
    expect(element.querySelector('.statusbar')?.textContent).toContain('Embedded engine');
  });
});

describe('deleting a folder and its line', () => {
  const sources = readdirSync(editor, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/^(dist|node_modules|test)\b/.test(path))
    .map((path) => ({
      path,
      imports: [
        ...readFileSync(join(editor, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g),
      ].map(([, imported]) => join(dirname(path), imported!)),
    }));

  it.each(listed)('of $folder leaves no import behind', ({ folder }) => {
    const own = join('contrib', folder, '/');
    const left = sources.filter(
      ({ path, imports }) =>
        path !== 'contributions.ts' &&
        !path.startsWith(own) &&
        imports.some((imported) => imported.startsWith(own)),
    );
    expect(left.map(({ path }) => path)).toEqual([]);
  });

  it('of all of them leaves sources that compile', () => {
    const repository = dirname(editor);
    const copy = mkdtempSync(join(tmpdir(), 'baton-editor-'));
    try {
      const own = (path: string) => !/^(dist|node_modules)(\/|$)/.test(relative(editor, path));
      cpSync(editor, join(copy, 'editor'), { recursive: true, filter: own });
      for (const name of [
        'engine',
        'gateway',
        'infra',
        'tools-registry',
        'node_modules',
        'tsconfig.base.json',
      ]) {
        symlinkSync(join(repository, name), join(copy, name));
      }
      for (const { folder } of listed) rmSync(join(copy, 'editor', 'contrib', folder), { recursive: true });
      writeFileSync(join(copy, 'editor', 'contributions.ts'), 'export {};\n');

      const compiler = join(repository, 'node_modules', '.bin', 'tsc');
      const { stdout } = spawnSync(compiler, ['-p', join(copy, 'editor'), '--noEmit'], { encoding: 'utf8' });

      expect(stdout).toBe('');
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
