import {
  autocompletion,
  type Completion,
  type CompletionSource,
  closeCompletion,
  completionStatus,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { HighlightStyle, language, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import { type Extension, Prec, StateEffect } from '@codemirror/state';
import { EditorView, hoverTooltip } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { type Disposable, disposable } from '../../base/disposable.ts';
import {
  checkFeel,
  completeFeel,
  explainFeel,
  type FeelReading,
  type FeelVariable,
  feelFault,
} from './feelLanguage.ts';
import { partsOf, type Suggestion } from './languages.ts';

/** What fields of FEEL are told by who knows the document they are of. */
export interface FeelFields {
  /** What an expression can read; asked when it is needed. */
  scope(): readonly FeelVariable[];
  /** How a field is read where that is not what its editor says. */
  reading?(field: Element): FeelReading | undefined;
}

/**
 * The FEEL fields that editors of bpmn.io make below an element, now and later, know what ours do. They are CodeMirror's:
 * each is found by its element and takes what is ours beside what it has.
 */
export function teachFeel(within: Element, fields: FeelFields): Disposable {
  const taught = new WeakSet<EditorView>();
  const editors = within.getElementsByClassName('cm-editor');
  function teach() {
    for (const editor of editors) {
      const view = EditorView.findFromDOM(editor as HTMLElement);
      const reading = view && (fields.reading?.(editor) ?? readingOf(view));
      if (!reading || taught.has(view)) continue;
      taught.add(view);
      view.dispatch({ effects: StateEffect.appendConfig.of(knowledge(fields.scope, reading)) });
    }
  }
  teach();
  const watch = new MutationObserver(teach);
  watch.observe(within, { childList: true, subtree: true });
  return disposable(() => watch.disconnect());
}

const readings: { readonly [name: string]: FeelReading } = {
  'FEEL expression': 'expression',
  'FEEL unary tests': 'unaryTests',
};

function readingOf(view: EditorView): FeelReading | undefined {
  return readings[view.state.facet(language)?.name ?? ''];
}

function knowledge(scope: FeelFields['scope'], reading: FeelReading): Extension {
  return [
    Prec.highest(EditorView.domEventHandlers({ keydown: closesSuggestions })),
    EditorView.inputHandler.of(closesWithWord),
    // Enter takes what is offered at once, as in our own fields.
    autocompletion({ override: [suggestions(scope)], interactionDelay: 0 }),
    hoverTooltip(({ state }, at) => {
      const found = explainFeel(state.doc.toString(), at, scope());
      return found
        ? { pos: found.from, end: found.to, create: () => ({ dom: explained(found.text) }) }
        : null;
    }),
    linter(({ state }) => faults(state.doc.toString(), reading), { markerFilter: ofTheEngine }),
    // After what its editor brings, whose colours are those of a light page.
    Prec.highest(syntaxHighlighting(colours)),
  ];
}

/** Esc that closes them is nobody else's: forms give up what is selected with it. */
function closesSuggestions(event: KeyboardEvent, { state }: EditorView): boolean {
  if (event.key === 'Escape' && completionStatus(state) === 'active') event.stopPropagation();
  return false;
}

/** What was asked for is over with the word: CodeMirror would ask for it on and on. */
function closesWithWord(view: EditorView, _from: number, _to: number, typed: string): boolean {
  if (typed === ' ') closeCompletion(view);
  return false;
}

/** What `completeFeel` offers, as CodeMirror takes it. */
export function suggestions(scope: FeelFields['scope']): CompletionSource {
  return ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    const found = completeFeel(text, pos, scope());
    if (!found || (!explicit && found.from === pos && text[pos - 1] !== '.')) return null;
    // A name that is typed in full offers nothing; a form takes it for a variable as soon as it stands there.
    const typed = text.slice(found.from, pos);
    const items = found.items.filter(({ label, kind }) => kind !== 'variable' || label !== typed);
    return { from: found.from, to: found.to, options: items.map(option) };
  };
}

function option({ label, kind, insert, detail, documentation, order = 5 }: Suggestion): Completion {
  const completion: Completion = {
    label,
    type: kind,
    // CodeMirror puts the greater number first.
    boost: -order,
    ...(detail && { detail }),
    ...(documentation && { info: () => explained(documentation) }),
  };
  return insert === undefined ? completion : snippetCompletion(insert, completion);
}

async function faults(text: string, reading: FeelReading): Promise<Diagnostic[]> {
  const found = await checkFeel(text, reading);
  return found.map(({ from, to, message }) => ({ from, to, message, severity: 'error', source: feelFault }));
}

/** One fault is said once: where the engine says it, the field's own reader need not. */
function ofTheEngine(found: readonly Diagnostic[]): Diagnostic[] {
  const ours = found.filter(({ source }) => source === feelFault);
  return ours.length > 0 ? ours : [...found];
}

function explained(text: string): HTMLElement {
  const about = document.createElement('div');
  about.className = 'feelabout';
  about.append(
    ...partsOf(text).map(({ text: part, code }) => {
      const element = document.createElement(code ? 'code' : 'p');
      element.textContent = part;
      return element;
    }),
  );
  return about;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: 'var(--baton-code-keyword)' },
  { tag: tags.typeName, color: 'var(--baton-code-type)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--baton-code-string)' },
  { tag: tags.number, color: 'var(--baton-code-number)' },
  { tag: [tags.arithmeticOperator, tags.compareOperator], color: 'var(--vscode-foreground)' },
  {
    tag: [
      tags.variableName,
      tags.definition(tags.variableName),
      tags.special(tags.variableName),
      tags.propertyName,
      tags.definition(tags.propertyName),
    ],
    color: 'var(--baton-code-property)',
  },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.special(tags.variableName)),
      tags.function(tags.definition(tags.variableName)),
      tags.function(tags.propertyName),
    ],
    color: 'var(--baton-code-function)',
  },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--baton-code-comment)' },
]);
