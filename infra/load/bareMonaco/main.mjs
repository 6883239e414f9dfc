// Monaco with nothing around it: what a key costs at the least. The address says of how many lines.
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/features/typescript/register';
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import TypescriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';

self.MonacoEnvironment = {
  getWorker: (_, label) => (label === 'typescript' ? new TypescriptWorker() : new EditorWorker()),
};
const lines = Number(new URLSearchParams(location.search).get('lines'));
const value = Array.from({ length: lines }, (_, line) => `// Line ${line} of what there is to say.\n`).join(
  '',
);
monaco.editor.create(document.getElementById('code'), {
  model: monaco.editor.createModel(value, 'typescript'),
  fixedOverflowWidgets: true,
  fontSize: 12,
  lineHeight: 18,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  wordWrap: 'on',
});
