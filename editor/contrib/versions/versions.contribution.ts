import { lazy } from 'react';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { hasDraft, isDrafted } from '../../platform/draftedDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import type { DiffDocument } from './diffDocument.ts';
import { openDiff } from './versionActions.ts';
import { createVersionList } from './versionList.ts';

const VersionsView = lazy(() =>
  import('./views/VersionsView.tsx').then((module) => ({ default: module.VersionsView })),
);
const DiffPane = lazy(() => import('./views/DiffPane.tsx').then((module) => ({ default: module.DiffPane })));

/** The versions of what is in front of the user: who made them and why, compared, restored and labelled. */
export const versions: Contribution = (platform) => {
  const { views, versionedKinds, commands, menus, keybindings, documentKinds, editors, layout } = platform;
  const list = createVersionList(platform);
  const sections = new Map<string, Disposable>();
  const active = () => {
    const model = editors.active.getState();
    return isDrafted(model) ? model : undefined;
  };

  /** One section in each side bar whose resources are kept in versions, and one in the explorer for all of them. */
  function followKinds() {
    const containers = new Map([['explorer', 'versionsOf']]);
    for (const { container, kind } of versionedKinds.getState())
      if (!containers.has(container)) containers.set(container, `versionsOf == '${kind}'`);
    for (const [container, when] of containers) {
      if (sections.has(container)) continue;
      sections.set(
        container,
        views.register({
          id: `versions.${container}`,
          container,
          title: 'Versions',
          order: 90,
          open: false,
          fits: true,
          when,
          View: bound(VersionsView, { list }),
        }),
      );
    }
  }
  followKinds();
  const following = versionedKinds.subscribe(followKinds);

  return disposeAll(
    list,
    disposable(following),
    disposable(() => {
      for (const section of sections.values()) section.dispose();
    }),
    documentKinds.register(
      documentKind<DiffDocument>({
        kind: 'diff',
        label: 'Comparison',
        icon: 'codicon:diff',
        title: (resource) => resource.name ?? 'Comparison',
        open: async (resource) => (await import('./diffDocument.ts')).openDiffDocument(platform, resource),
        EditorPane: DiffPane,
      }),
    ),
    commands.register({
      id: 'versions.diff',
      title: 'Diff with the published version',
      category: 'Versions',
      icon: 'codicon:diff',
      when: 'documentDraft',
      async run() {
        const document = active();
        if (!document) return;
        const { published } = document.kept.getState();
        if (hasDraft(document.kept.getState())) await openDiff(document, published.version, 'draft');
      },
    }),
    keybindings.register({ key: 'ctrl+alt+d', command: 'versions.diff', when: 'documentDraft' }),
    menus.register('menubar/file', { command: 'versions.diff', group: '3_save', order: 50 }),
    commands.register({
      id: 'versions.show',
      title: 'Show versions',
      category: 'Versions',
      icon: 'codicon:history',
      when: 'versionsOf',
      run() {
        const { document } = list.getState();
        if (!document) return;
        const { container } = document.versioned;
        const section = `versions.${container}`;
        layout.showContainer(container);
        layout.set({ sections: { ...layout.getState().sections, [section]: true } });
        layout.focus('sideBar');
      },
    }),
    menus.register('menubar/view', { command: 'versions.show', group: '3_views', order: 95 }),
    menus.register('editor/title', {
      command: 'versions.show',
      group: '2_versions',
      order: 10,
      when: 'versionsOf',
    }),
  );
};
