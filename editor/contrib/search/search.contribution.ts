import { disposeAll } from '../../base/disposable.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { createSearchState } from './searchStore.ts';
import { SearchView } from './views/SearchView.tsx';

/** Finds text in the tenant's documents. */
export const search: Contribution = (platform) => {
  const state = createSearchState();
  return disposeAll(
    platform.views.registerContainer({ id: 'search', title: 'Search', icon: 'codicon:search', order: 20 }),
    platform.views.register({
      id: 'search.results',
      container: 'search',
      title: 'Search',
      View: bound(SearchView, { state }),
    }),
    platform.commands.register({
      id: 'search.show',
      title: 'Find in documents',
      category: 'Edit',
      icon: 'codicon:search',
      run() {
        platform.layout.showContainer('search');
        platform.layout.focus('sideBar');
      },
    }),
    platform.keybindings.register({ key: 'ctrl+shift+f', command: 'search.show' }),
    platform.menus.register('menubar/edit', { command: 'search.show', group: '4_find' }),
    platform.menus.register('menubar/view', {
      command: 'search.show',
      title: 'Show search',
      group: '3_views',
      order: 20,
    }),
  );
};
