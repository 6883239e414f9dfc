import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import {
  type ColourTheme,
  colourThemesOf,
  readColourTheme,
  themesLimit,
  tokensOf,
} from '../../platform/colourTheme.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Theme } from '../../platform/theme.ts';

const setting = 'workbench.theme';
const ours = { dark: 'Dark', light: 'Light', hc: 'High contrast' } as const satisfies {
  [T in Theme]: string;
};
const ownValue = ({ name }: ColourTheme) => `own:${name}`;

/** The theme that is on: one of ours, or one the user imported from a file of VS Code. */
export function themesOf(platform: Platform): Disposable {
  const { commands, dialogs, keybindings, menus, notifications, preferences, settings, themes } = platform;
  const own = () => colourThemesOf(preferences.getState());
  const choices = () => [
    ...Object.entries(ours).map(([value, title]) => ({ value, title })),
    ...own().map((theme) => ({ value: ownValue(theme), title: theme.name })),
  ];
  let registered: Disposable | undefined;
  let shown = '';
  // The theme of the last visit is on before anybody is signed in; without a choice of the user's it stays.
  const lastVisit = themes.getState();
  let chosen = false;
  function follow() {
    const all = choices();
    const otherwise = setting in settings.values.getState() ? 'dark' : lastVisit;
    const now = JSON.stringify([all, otherwise]);
    if (now !== shown) {
      shown = now;
      registered?.dispose();
      registered = settings.register({
        id: setting,
        category: 'Workbench',
        title: 'Theme',
        description: 'Colours of the whole editor, code included. Colour themes of VS Code can be imported.',
        order: 10,
        default: otherwise,
        choices: all,
      });
    }
    if (!chosen && !(setting in settings.values.getState())) return;
    chosen = true;
    apply(String(settings.value(setting)));
  }
  let applied = '';
  function apply(value: string) {
    const theme = own().find((each) => ownValue(each) === value);
    const now = JSON.stringify(theme ?? value);
    const coloured = Object.keys(themes.tokens()).length > 0;
    if (now === applied || (!theme && !applied && !coloured && value === themes.getState())) return;
    applied = now;
    if (theme) themes.set(theme.base, tokensOf(theme));
    else themes.set(value as Theme);
  }
  const keep = (next: readonly ColourTheme[]) =>
    preferences.change((before) => ({ ...before, themes: next as ColourTheme[] }));

  async function take(file: File) {
    const read = readColourTheme(file.name, await file.text(), (id) =>
      Boolean(themes.token(`--vscode-${id.replaceAll('.', '-')}`)),
    );
    if (!read.ok) return notifications.error(`${file.name} is not taken. ${read.failure}`);
    const others = own().filter(({ name }) => name !== read.value.name);
    if (others.length >= themesLimit)
      return notifications.error(
        `${file.name} is not taken. Expected at most ${themesLimit} imported themes, but there are ${others.length}: remove one first.`,
      );
    keep([...others, read.value]);
    settings.set(setting, ownValue(read.value));
    notifications.info(`${read.value.name} is on.`);
  }
  function remove(theme: ColourTheme) {
    const before = settings.value(setting);
    if (before === ownValue(theme)) settings.set(setting, theme.base);
    keep(own().filter(({ name }) => name !== theme.name));
    notifications.info(`${theme.name} is removed.`, [
      {
        title: 'Undo',
        run() {
          keep([...own(), theme]);
          if (before !== undefined) settings.set(setting, before);
        },
      },
    ]);
  }

  follow();
  const stop = [preferences.subscribe(follow), settings.values.subscribe(follow)];
  return disposeAll(
    disposable(() => {
      for (const each of stop) each();
      registered?.dispose();
    }),
    commands.register({
      id: 'settings.theme',
      title: 'Choose theme…',
      category: 'View',
      icon: 'codicon:color-mode',
      async run() {
        const now = settings.value(setting);
        const theme = await dialogs.pick({
          placeholder: 'Theme',
          items: choices().map(({ value, title }) => ({
            id: value,
            label: title,
            value,
            ...(value === (applied || chosen ? now : themes.getState()) && { description: 'now' }),
          })),
        });
        if (theme) settings.set(setting, theme);
      },
    }),
    commands.register({
      id: 'settings.importTheme',
      title: 'Import colour theme of VS Code…',
      category: 'View',
      icon: 'codicon:cloud-download',
      run() {
        const input = document.createElement('input');
        input.type = 'file';
        input.accept = '.json,.jsonc,application/json';
        input.addEventListener('change', () => {
          const [file] = input.files ?? [];
          if (file) void take(file);
        });
        input.click();
      },
    }),
    commands.register({
      id: 'settings.removeTheme',
      title: 'Remove imported colour theme…',
      category: 'View',
      icon: 'codicon:trash',
      async run() {
        if (own().length === 0) return notifications.info('No colour theme was imported.');
        const theme = await dialogs.pick({
          placeholder: 'Theme to remove',
          items: own().map((each) => ({ id: each.name, label: each.name, value: each })),
        });
        if (theme) remove(theme);
      },
    }),
    keybindings.register({ key: 'ctrl+k ctrl+t', command: 'settings.theme' }),
    menus.register('menubar/view', { command: 'settings.theme', group: '8_look' }),
    menus.register('menubar/view', { command: 'settings.importTheme', group: '8_look' }),
    menus.register('account', { command: 'settings.theme', group: '5_look' }),
  );
}
