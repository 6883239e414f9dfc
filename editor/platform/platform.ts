import {
  type Configuration,
  type Me,
  permissions,
  sessionRoutes,
  type UserKeybinding,
} from '@baton/gateway/api';
import type { Disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import { type Api, createApi } from './api.ts';
import { type Bugs, createBugs } from './bugs.ts';
import { type Commands, createCommands } from './commands.ts';
import { type ContextKeys, createContextKeys } from './context.ts';
import { createDeletions, type Deletions } from './deletions.ts';
import { createDialogs, type Dialogs } from './dialogs.ts';
import { createDocumentKinds, type DocumentKinds } from './documents.ts';
import { createEditors, type Editors } from './editors.ts';
import { createHelp, type Help } from './help.ts';
import type { Clock, Fetch, KeyValueStorage, Network, Timers } from './host.ts';
import { createKeybindings, type Keybindings } from './keybindings.ts';
import { createLanguages, type Languages } from './languages/languages.ts';
import { createLayout, type Layout } from './layout.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { createLive, type Live, type Socket } from './live.ts';
import { createMenus, type Menus } from './menus.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { offeringRetry } from './offeringRetry.ts';
import { createOutput, type Output } from './output.ts';
import { createPanels, type Panels } from './panels.ts';
import { createPreferences, type UserPreferences } from './preferences.ts';
import { createProblems, type Problems } from './problems.ts';
import { createQuickAccesses, type QuickAccesses } from './quickAccess.ts';
import type { Browser } from './reservedKeys.ts';
import type { Session } from './session.ts';
import { createSettings, type Settings } from './settings.ts';
import { createStatusItems, type StatusItems } from './statusItems.ts';
import { createTenantDocuments, type TenantDocuments } from './tenantDocuments.ts';
import { createTestResults, type TestResults } from './testResults.ts';
import type { Themes } from './theme.ts';
import { createVersionedKinds, type VersionedKinds } from './versionedKinds.ts';
import { createViews, type Views } from './views.ts';

/** What the frame offers contributions: registries to add to, services to ask. One per signed-in user. */
export interface Platform {
  readonly me: Me;
  readonly configuration: Configuration;
  readonly session: Session;
  readonly api: Api;
  readonly live: Live;

  readonly commands: Commands;
  readonly keybindings: Keybindings;
  readonly menus: Menus;
  readonly views: Views;
  readonly panels: Panels;
  readonly documentKinds: DocumentKinds;
  readonly versionedKinds: VersionedKinds;
  /** What the tenant has of every kind. */
  readonly documents: TenantDocuments;
  readonly languages: Languages;
  readonly statusItems: StatusItems;
  readonly settings: Settings;
  /** Settings and keys of the user, as they are kept at the server. */
  readonly preferences: UserPreferences;
  readonly quickAccess: QuickAccesses;
  readonly help: Help;

  readonly context: ContextKeys;
  readonly editors: Editors;
  readonly problems: Problems;
  readonly output: Output;
  readonly testResults: TestResults;
  readonly bugs: Bugs;
  readonly notifications: Notifications;
  readonly dialogs: Dialogs;
  readonly deletions: Deletions;
  readonly layout: Layout;
  readonly themes: Themes;
  readonly lifecycle: Lifecycle;

  readonly clock: Clock;
  readonly timers: Timers;
  /** Kept in the browser, per tenant and user. */
  readonly storage: KeyValueStorage;
  /** Loads the page again; what is not saved is kept. */
  reload?(): void;
  readonly language?: Language;
}

/** The language the page was read in; another one counts from the next time it is. */
export interface Language {
  get(): string;
  set(language: string): void;
}

/** One feature: registers what it has and answers how to take it all back. */
export type Contribution = (platform: Platform) => Disposable;

export interface PlatformOptions {
  me: Me;
  configuration: Configuration;
  session: Session;
  themes: Themes;
  fetch: Fetch;
  openSocket(protocols: string[]): Socket;
  network?: Network;
  /** 0 to 1. */
  random?(): number;
  clock: Clock;
  timers: Timers;
  storage: KeyValueStorage;
  /** Whose keys do not reach the page, and how keys are written. */
  keyboard?: { browser: Browser; mac: boolean };
  /** What one window remembers: what is open and where. Default: the same as `storage`. */
  windowStorage?: KeyValueStorage;
  /** Puts a text into the clipboard. */
  copy?(text: string): void;
  /** Loads the page again; what is not saved is kept. */
  reload?(): void;
  language?: Language;
}

export function createPlatform(options: PlatformOptions): Platform {
  const { me, configuration, session, themes, fetch, openSocket, clock, timers, storage, reload } = options;
  const context = createContextKeys();
  for (const permission of me.permissions) context.set(`permission:${permission}`, true);
  const notifications = offeringRetry(createNotifications(clock, timers), () => commands);
  const output = createOutput(clock);
  const bugs = createBugs(clock, output, notifications, options.copy ?? (() => undefined));
  const commands = createCommands(context, (error, commandId) => {
    const command = commands.get(commandId);
    const title = command ? `${command.title.replace(/…$/, '')} (${commandId})` : commandId;
    bugs.report(error, `${title} to run`);
  });
  const api = createApi({
    fetch,
    base: '/api',
    token: session.token,
    ...(session.tokenNow && { tokenNow: session.tokenNow }),
  });
  /** What one may do changed while working: commands follow at once, what is on the screen with a reload. */
  async function readAccess() {
    const now = await api.call(sessionRoutes.me);
    if (!now.ok) return;
    for (const permission of permissions) {
      context.set(`permission:${permission}`, now.value.permissions.includes(permission));
    }
    notifications.info(
      now.value.roles.length > 0
        ? `What you may do has changed: you are ${now.value.roles.join(', ')} now.`
        : 'What you may do has changed: you have no role any more.',
      reload ? [{ title: 'Reload', run: reload }] : [],
    );
  }
  const dialogs = createDialogs();
  const preferences = createPreferences(api, storage, timers);
  const documentKinds = createDocumentKinds();
  const live = createLive({
    open: openSocket,
    ...(options.network ? { network: options.network } : {}),
    ...(options.random ? { random: options.random } : {}),
    token: session.token,
    clock,
    timers,
    accessChanged: () => void readAccess(),
    shutOut: session.shutOut,
  });
  const versionedKinds = createVersionedKinds();
  const windowStorage = options.windowStorage ?? storage;
  const settings = createSettings(preferences);
  const editors = createEditors({
    kinds: documentKinds,
    context,
    dialogs,
    notifications,
    storage,
    windowStorage,
    clock,
    timers,
    previews: () => settings.value('workbench.previewTabs') !== false,
    bug: (error, what) => bugs.report(error, `${what} to work`),
  });
  return {
    me,
    configuration,
    session,
    api,
    live,
    commands,
    keybindings: createKeybindings(context, commands, {
      user: userKeybindings(preferences),
      timers,
      ...options.keyboard,
    }),
    menus: createMenus(context),
    views: createViews(),
    panels: createPanels(),
    documentKinds,
    versionedKinds,
    documents: createTenantDocuments({ live, context, timers, versionedKinds }),
    languages: createLanguages(),
    statusItems: createStatusItems(),
    settings,
    preferences,
    quickAccess: createQuickAccesses(),
    help: createHelp(),
    context,
    editors,
    problems: createProblems(),
    output,
    testResults: createTestResults(),
    bugs,
    notifications,
    dialogs,
    deletions: createDeletions({ notifications, editors, kinds: documentKinds, timers }),
    layout: createLayout(windowStorage),
    themes,
    lifecycle: createLifecycle(),
    clock,
    timers,
    storage,
    ...(reload && { reload }),
    ...(options.language && { language: options.language }),
  };
}

const noKeys: readonly UserKeybinding[] = [];

const userKeybindings = ({ getState, subscribe }: UserPreferences): Readable<readonly UserKeybinding[]> => ({
  getState: () => getState().keybindings ?? noKeys,
  subscribe,
});
