import { disposeAll } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { Editors } from '../platform/editors.ts';
import type { Contribution } from '../platform/platform.ts';
import type { StatusContent } from '../platform/statusItems.ts';

/** Answers the same object while its source does, as stores must. */
function derived<S, T>(source: Readable<S>, derive: (state: S) => T): Readable<T> {
  let from: S | undefined;
  let value: T | undefined;
  return {
    subscribe: source.subscribe,
    getState() {
      const state = source.getState();
      if (state !== from || value === undefined) {
        from = state;
        value = derive(state);
      }
      return value as T;
    },
  };
}

/** What the active document says of itself, `Draft of v13`. */
function documentStatus(editors: Editors): Readable<StatusContent | undefined> {
  let content: StatusContent | undefined;
  return {
    getState() {
      const text = editors.active.getState()?.state.getState().status;
      if (text !== content?.text)
        content = text ? { text, icon: 'codicon:git-branch', tooltip: 'Active document' } : undefined;
      return content;
    },
    subscribe(listener) {
      let model = editors.active.getState();
      let stopModel = model?.state.subscribe(listener);
      const stopEditors = editors.subscribe(() => {
        const next = editors.active.getState();
        if (next !== model) {
          stopModel?.();
          model = next;
          stopModel = next?.state.subscribe(listener);
        }
        listener();
      });
      return () => {
        stopModel?.();
        stopEditors();
      };
    },
  };
}

const since = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The entries every product has: tenant, engine, connection, bell. */
export const frameStatus: Contribution = (platform) => {
  const { statusItems, me, live, notifications, configuration } = platform;
  const constant = (content: StatusContent): Readable<StatusContent> => ({
    getState: () => content,
    subscribe: () => () => undefined,
  });
  return disposeAll(
    statusItems.register({
      id: 'tenant',
      title: 'Tenant',
      side: 'left',
      order: 10,
      essential: true,
      content: constant({
        text: me.tenant.name,
        icon: 'codicon:cloud',
        tone: 'remote',
        tooltip: `Tenant ${me.tenant.id}`,
      }),
      command: 'view.commandPalette',
    }),
    statusItems.register({
      id: 'user',
      title: 'User',
      side: 'left',
      order: 15,
      content: constant({
        text: me.user.name,
        icon: 'codicon:account',
        tooltip: `Signed in as ${me.user.username}: ${me.roles.join(', ') || 'no role'}`,
      }),
      command: 'account.show',
    }),
    statusItems.register({
      id: 'document',
      title: 'Draft or version',
      side: 'left',
      order: 20,
      essential: true,
      content: documentStatus(platform.editors),
    }),
    statusItems.register({
      id: 'engine',
      title: 'Engine',
      side: 'right',
      order: 30,
      content: constant({
        text: configuration.engine === 'embedded' ? 'Embedded engine' : 'Zeebe',
        icon: 'codicon:server',
        tooltip: `Baton ${configuration.version}`,
      }),
    }),
    statusItems.register({
      id: 'connection',
      title: 'Connection',
      side: 'right',
      order: 20,
      essential: true,
      command: 'connection.tryNow',
      content: derived(live, ({ state, since: at }): StatusContent => {
        if (state === 'live')
          return { text: 'Live', icon: 'codicon:check', tooltip: 'Changes arrive as they happen' };
        if (state === 'connecting') return { text: 'Connecting', icon: 'codicon:sync' };
        return {
          text: 'Offline',
          icon: 'codicon:debug-disconnect',
          tone: 'warning',
          tooltip: `No connection since ${since.format(at)}. Changes arrive when it is back.`,
        };
      }),
    }),
    statusItems.register({
      id: 'notifications',
      title: 'Notifications',
      side: 'right',
      order: 10,
      essential: true,
      command: 'notifications.show',
      content: derived(notifications, (all): StatusContent => {
        const unread = all.filter((entry) => !entry.read).length;
        return {
          text: '',
          icon: unread > 0 ? 'codicon:bell-dot' : 'codicon:bell',
          label: unread > 0 ? `Notifications, ${unread} new` : 'Notifications',
          tooltip: 'Notifications',
        };
      }),
    }),
  );
};
