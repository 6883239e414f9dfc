import { ok } from '@baton/engine/protocol';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { checkAgain } from './providerActions.ts';
import { createProviders } from './providersStore.ts';
import { ProvidersActions, ProvidersList } from './views/ProvidersList.tsx';
import { ProvidersPage } from './views/ProvidersPage.tsx';

const page = { kind: 'providers', id: 'all' };

/** Providers: where agents find their models. */
export const providers: Contribution = (platform) => {
  const { commands, menus, documentKinds, views, editors, layout } = platform;
  if (!platform.context.get('permission:providers:read')) return disposeAll();
  const store = createProviders(platform);
  return disposeAll(
    store,
    documentKinds.register(
      documentKind({
        kind: 'providers',
        label: 'Providers',
        icon: 'codicon:plug',
        open: async (resource) => ok(pageDocument(resource, 'Providers')),
        EditorPane: bound(ProvidersPage, { providers: store }),
        wide: true,
      }),
    ),
    views.registerContainer({ id: 'providers', title: 'Providers', icon: 'codicon:plug', order: 70 }),
    views.register({
      id: 'providers.list',
      container: 'providers',
      title: 'Providers',
      View: bound(ProvidersList, { providers: store }),
      Actions: ProvidersActions,
    }),
    commands.register({
      id: 'providers.show',
      title: 'Show providers',
      category: 'View',
      icon: 'codicon:plug',
      run: async () => {
        layout.showContainer('providers');
        await editors.open(page);
      },
    }),
    commands.register({
      id: 'providers.add',
      title: 'Add provider…',
      category: 'Provider',
      icon: 'codicon:add',
      when: 'permission:providers:write',
      run: async () => {
        store.select('new');
        await editors.open(page);
      },
    }),
    commands.register({
      id: 'providers.checkAgain',
      title: 'Check the selected provider again',
      category: 'Provider',
      icon: 'codicon:refresh',
      when: "documentKind == 'providers' && permission:providers:write",
      run: () => checkAgain(platform, store),
    }),
    menus.register('menubar/view', { command: 'providers.show', group: '3_views', order: 70 }),
  );
};
