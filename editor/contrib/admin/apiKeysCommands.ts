import { disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { pageOf } from './adminPages.ts';
import type { ApiKeys } from './apiKeysStore.ts';

const onPage = "documentKind == 'apiKeys' && permission:apiKeys:write";

/** What is done with keys, by palette and keys of the keyboard. */
export function registerApiKeys({ commands, editors, notifications }: Platform, keys: ApiKeys) {
  const active = () => {
    const { items, selected } = keys.getState();
    const key = items?.find(({ id }) => id === selected);
    return key?.status === 'active' ? key : undefined;
  };
  return disposeAll(
    commands.register({
      id: 'apiKeys.add',
      title: 'New API key…',
      category: 'API keys',
      icon: 'codicon:add',
      when: 'permission:apiKeys:write',
      async run() {
        keys.select(null);
        await editors.open(pageOf('apiKeys'));
      },
    }),
    commands.register({
      id: 'apiKeys.rotate',
      title: 'Replace the selected key',
      category: 'API keys',
      icon: 'codicon:sync',
      when: onPage,
      async run() {
        const key = active();
        const failure = key && (await keys.rotate(key, 86_400));
        if (failure) notifications.failure(failure);
      },
    }),
    commands.register({
      id: 'apiKeys.revoke',
      title: 'Revoke the selected key…',
      category: 'API keys',
      icon: 'codicon:circle-slash',
      when: onPage,
      async run() {
        const key = active();
        if (key) await keys.revoke(key);
      },
    }),
  );
}
