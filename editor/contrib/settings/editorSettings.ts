import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { type MonacoEditor, onMonaco } from '../../platform/monaco.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Setting } from '../../platform/settings.ts';

type Options = MonacoEditor.IEditorOptions & MonacoEditor.IGlobalEditorOptions;

/** A setting of all code editors, and what it means to one. `small` ones, without line numbers, keep their shape. */
interface CodeSetting extends Omit<Setting, 'category'> {
  options(value: never, small: boolean): Options;
}

const auto = { value: 'auto', title: 'As the language wants it' };

const codeSettings: readonly CodeSetting[] = [
  {
    id: 'editor.fontSize',
    title: 'Font size',
    description: 'Of code, in pixels.',
    default: 12,
    minimum: 8,
    maximum: 32,
    unit: 'px',
    options: (fontSize: number) => ({ fontSize, lineHeight: Math.round(fontSize * 1.5) }),
  },
  {
    id: 'editor.wordWrap',
    title: 'Word wrap',
    description: 'Whether long lines go on below.',
    default: 'auto',
    choices: [auto, { value: 'on', title: 'On' }, { value: 'off', title: 'Off' }],
    options: (value: 'auto' | 'on' | 'off', small) => (small || value === 'auto' ? {} : { wordWrap: value }),
  },
  {
    id: 'editor.minimap',
    title: 'Minimap',
    description: 'The whole text in small at the right.',
    default: false,
    options: (enabled: boolean, small) => (small ? {} : { minimap: { enabled } }),
  },
  {
    id: 'editor.tabSize',
    title: 'Tab size',
    description: 'Spaces that Tab writes.',
    default: 2,
    minimum: 1,
    maximum: 8,
    unit: 'spaces',
    options: () => ({}),
  },
  {
    id: 'editor.lineNumbers',
    title: 'Line numbers',
    description: 'At the left of the text.',
    default: 'on',
    choices: [
      { value: 'on', title: 'On' },
      { value: 'relative', title: 'From the line with the cursor' },
      { value: 'off', title: 'Off' },
    ],
    options: (lineNumbers: 'on' | 'relative' | 'off', small) => (small ? {} : { lineNumbers }),
  },
  {
    id: 'editor.renderWhitespace',
    title: 'White space',
    description: 'Which spaces and tabs are drawn.',
    default: 'selection',
    choices: [
      { value: 'none', title: 'None' },
      { value: 'selection', title: 'In the selection' },
      { value: 'trailing', title: 'At the end of lines' },
      { value: 'all', title: 'All' },
    ],
    options: (renderWhitespace: 'none') => ({ renderWhitespace }),
  },
  {
    id: 'editor.stickyScroll',
    title: 'Sticky scroll',
    description: 'Lines around the one on top stay in sight.',
    default: true,
    options: (enabled: boolean, small) => (small ? {} : { stickyScroll: { enabled, maxLineCount: 2 } }),
  },
  {
    id: 'editor.cursorBlinking',
    title: 'Cursor',
    description: 'How the cursor shows where it is.',
    default: 'blink',
    choices: [
      { value: 'blink', title: 'Blinks' },
      { value: 'smooth', title: 'Fades' },
      { value: 'solid', title: 'Stands' },
    ],
    options: (cursorBlinking: 'blink') => ({ cursorBlinking }),
  },
];

/** What the user wants of code editors, in every one there is and will be. */
export function editorSettings({ settings, commands, keybindings }: Platform): Disposable {
  const small = new WeakSet<MonacoEditor.ICodeEditor>();
  let stopFollowing = () => {};
  const follow = onMonaco(({ editor: { getEditors, onDidCreateEditor, EditorOption } }) => {
    const apply = (editor: MonacoEditor.ICodeEditor, fresh: boolean) => {
      const isSmall = small.has(editor);
      const changed = codeSettings.filter(({ id }) => !fresh || id in settings.values.getState());
      const options = changed.map((setting) => setting.options(settings.value(setting.id) as never, isSmall));
      editor.updateOptions(Object.assign({}, ...options));
      if (!fresh || 'editor.tabSize' in settings.values.getState())
        editor.getModel()?.updateOptions({ tabSize: Number(settings.value('editor.tabSize')) });
    };
    const created = onDidCreateEditor((editor) => {
      if (editor.getOption(EditorOption.lineNumbers).renderType === 0) small.add(editor);
      apply(editor, true);
    });
    const stop = settings.values.subscribe(() => {
      for (const editor of getEditors()) apply(editor, false);
    });
    stopFollowing = () => disposeAll(created, { dispose: stop }).dispose();
  });
  return disposeAll(
    follow,
    { dispose: () => stopFollowing() },
    ...codeSettings.map(({ options: _, ...setting }, at) =>
      settings.register({ ...setting, category: 'Editor', order: 20 + at }),
    ),
    commands.register({
      id: 'editor.toggleWordWrap',
      title: 'Toggle word wrap',
      category: 'View',
      run: () => settings.set('editor.wordWrap', settings.value('editor.wordWrap') === 'on' ? 'off' : 'on'),
    }),
    keybindings.register({ key: 'alt+z', command: 'editor.toggleWordWrap' }),
    commands.register({
      id: 'editor.toggleMinimap',
      title: 'Toggle minimap',
      category: 'View',
      run: () => settings.set('editor.minimap', settings.value('editor.minimap') !== true),
    }),
    ...(
      [
        ['editor.zoomIn', 'Larger code', 1, 'ctrl+alt+='],
        ['editor.zoomOut', 'Smaller code', -1, 'ctrl+alt+-'],
      ] as const
    ).flatMap(([id, title, by, key]) => [
      commands.register({
        id,
        title,
        category: 'View',
        run() {
          const size = Number(settings.value('editor.fontSize')) + by;
          settings.set('editor.fontSize', Math.min(32, Math.max(8, size)));
        },
      }),
      keybindings.register({ key, command: id }),
    ]),
  );
}
