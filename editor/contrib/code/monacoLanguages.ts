import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { CodeText, Span, Suggestion } from '../../platform/languages/languages.ts';
import type { Monaco, MonacoEditor } from '../../platform/monaco.ts';
import type { Platform } from '../../platform/platform.ts';
import { documentLinks } from './documentLinks.ts';

type Model = MonacoEditor.ITextModel;

/** Languages of Monaco that texts of documents are shown in. */
const shown = ['yaml', 'typescript', 'json', 'xml', 'markdown', 'feel'] as const;
/** A list is sorted by this: what is needed before what can be. */
const byOrder = ({ order = 5, label }: Suggestion) => `${order}${label}`;

/** What languages know, as Monaco asks for it. */
export function connectMonaco(monaco: Monaco, platform: Platform): Disposable {
  const { languages } = platform;
  const kinds = {
    name: monaco.languages.CompletionItemKind.Property,
    value: monaco.languages.CompletionItemKind.EnumMember,
    keyword: monaco.languages.CompletionItemKind.Keyword,
    function: monaco.languages.CompletionItemKind.Function,
    variable: monaco.languages.CompletionItemKind.Variable,
    document: monaco.languages.CompletionItemKind.Reference,
  };
  const codeOf = (model: Model): CodeText => ({ path: model.uri.path, text: model.getValue() });
  const rangeOf = (model: Model, { from, to }: Span) =>
    monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));

  const parts = shown.flatMap((id) => [
    monaco.languages.registerCompletionItemProvider(id, {
      triggerCharacters: ['{', '>', ' ', ':', '-', '.', '('],
      async provideCompletionItems(model, position) {
        const language = languages.of(model.uri.path);
        const found = await language?.complete?.(codeOf(model), model.getOffsetAt(position));
        if (!found || model.isDisposed()) return { suggestions: [] };
        const range = rangeOf(model, found);
        return {
          suggestions: found.items.map((item) => ({
            label: item.detail ? { label: item.label, description: item.detail } : item.label,
            kind: kinds[item.kind],
            insertText: item.insert ?? item.label,
            insertTextRules: item.insert?.includes('${')
              ? monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet
              : monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
            filterText: item.label,
            sortText: byOrder(item),
            range,
            ...(item.documentation && { documentation: { value: item.documentation } }),
            ...(item.goesOn && { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } }),
          })),
        };
      },
    }),
    monaco.languages.registerHoverProvider(id, {
      async provideHover(model, position) {
        const language = languages.of(model.uri.path);
        const found = await language?.explain?.(codeOf(model), model.getOffsetAt(position));
        if (!found || model.isDisposed()) return null;
        return { range: rangeOf(model, found), contents: [{ value: found.text }] };
      },
    }),
    documentLinks(monaco, platform, id),
  ]);

  const marked = new Map<Model, Disposable>();
  function follow(model: Model) {
    if (marked.has(model) || !languages.of(model.uri.path)) return;
    marked.set(model, followModel(monaco, platform, model));
  }
  for (const model of monaco.editor.getModels()) follow(model);
  parts.push(
    monaco.editor.onDidCreateModel(follow),
    monaco.editor.onWillDisposeModel((model) => {
      marked.get(model)?.dispose();
      marked.delete(model);
    }),
    disposable(() => {
      for (const each of marked.values()) each.dispose();
    }),
  );
  return disposeAll(...parts);
}

/** Looked at this many ms after the last key: nothing of it may slow the typing. */
const settle = 250;

/** Colours what a language colours, and marks what it finds, a moment after the last change. */
function followModel(monaco: Monaco, platform: Platform, model: Model): Disposable {
  const { languages, timers } = platform;
  const owner = 'baton-language';
  let decorations: string[] = [];
  let waiting: Disposable | undefined;

  async function look() {
    const language = languages.of(model.uri.path);
    if (!language || model.isDisposed()) return;
    const code = { path: model.uri.path, text: model.getValue() };
    const version = model.getVersionId();
    const range = ({ from, to }: Span) =>
      monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
    decorations = model.deltaDecorations(
      decorations,
      (language.coloured?.(code) ?? []).map((span) => ({
        range: range(span),
        options: { inlineClassName: `code-${span.as}` },
      })),
    );
    const findings = (await language.findings?.(code)) ?? [];
    if (model.isDisposed() || model.getVersionId() !== version) return;
    const severity = {
      error: monaco.MarkerSeverity.Error,
      warning: monaco.MarkerSeverity.Warning,
      info: monaco.MarkerSeverity.Info,
    };
    monaco.editor.setModelMarkers(
      model,
      owner,
      findings.map((finding) => ({
        ...range(finding),
        message: finding.message,
        severity: severity[finding.severity],
      })),
    );
  }

  const later = () => {
    waiting?.dispose();
    waiting = timers.after(settle, () => void look());
  };
  void look();
  return disposeAll(
    model.onDidChangeContent(later),
    disposable(() => waiting?.dispose()),
  );
}
