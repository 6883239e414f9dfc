import { ok, type Result } from '@baton/engine/protocol';
import {
  type Problem as ApiProblem,
  deploymentRoutes,
  instanceRoutes,
  type JsonValue,
  workflowRoutes,
} from '@baton/gateway/api';
import type { Element } from 'bpmn-js/lib/model/Types';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { autosaveDelay } from '../../platform/autosaveDelay.ts';
import type { DocumentState, Place, Resource } from '../../platform/documents.ts';
import { type DraftedDocument, draftedState, hasDraft } from '../../platform/draftedDocument.ts';
import type { Failure } from '../../platform/failure.ts';
import { createKeptDraft, readBackup } from '../../platform/keptDraft.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import { publishDraft } from '../../platform/publishing.ts';
import type { Content, Version, WorkflowVersion } from '../../platform/versionedCalls.ts';
import type { openVersioned } from '../../platform/versionedDocument.ts';
import type { ModdleElement } from '../../ui/diagram/index.ts';
import type { CatalogState } from './catalog.ts';
import type { DiagramEditor } from './diagramEditor.ts';
import { createDiagramText } from './diagramText.ts';
import type { TemplateLibrary } from './elementTemplates/templateLibrary.ts';
import { namedByElement } from './namedByElement.ts';
import { workflowOutline } from './workflowOutline.ts';

export type WorkflowMode = 'canvas' | 'xml' | 'both';

export interface WorkflowView {
  mode: WorkflowMode;
  /** The XML as the text side shows it; may be ahead of the diagram while it cannot be drawn. */
  xml: string;
  /** Why the text side cannot be drawn. */
  xmlProblem: string | undefined;
  /** There is a diagram: that of the text, or the last one that could be drawn. */
  drawn: boolean;
  selected: Element | undefined;
  /** Rises with every change of the diagram, so that views of moddle objects know to read again. */
  revision: number;
  problems: readonly Problem[];
  /** The version that is edited. */
  saved: WorkflowVersion;
  /** The start form is open for this deployed process. */
  starting: { processDefinitionKey: string; name: string } | undefined;
  busy: 'deploying' | 'starting' | undefined;
  /** Element templates are being imported. */
  importing: boolean;
}

export interface WorkflowDocument extends DraftedDocument {
  readonly catalog: Readable<CatalogState>;
  readonly templates: TemplateLibrary;
  readonly editor: DiagramEditor;
  readonly view: StoreApi<WorkflowView>;
  showMode(mode: WorkflowMode): void;
  /** The user typed in the text side. */
  typeXml(text: string): void;
  /** Publishes the draft, if there is one, and deploys. */
  deploy(): Promise<{ processDefinitionKey: string } | undefined>;
  /** Publishes, deploys and opens the start form. */
  run(): Promise<void>;
  start(variables: Record<string, JsonValue>): Promise<void>;
  cancelStart(): void;
  showImport(shown: boolean): void;
}

/** Checked and, on the text side, drawn this many ms after the last change. */
const settle = 300;

export async function openWorkflowDocument(
  platform: Platform,
  catalog: Readable<CatalogState>,
  templates: TemplateLibrary,
  resource: Resource,
  editor: DiagramEditor,
  backup: string | undefined,
  reading: ReturnType<typeof openVersioned>,
): Promise<Result<WorkflowDocument, Failure>> {
  const { api } = platform;
  const read = await reading;
  if (!read.ok) return read;
  const { opened, versioned } = read.value;
  const writable = Boolean(platform.context.get(`permission:${versioned.write}`));
  const unsent = writable ? readBackup(backup) : undefined;
  const { startForm } = opened.content;
  const first = xmlOf(opened.content);
  const loaded = await editor.load(first);
  if (loaded.ok && loaded.value.length > 0) {
    platform.notifications.warning(
      `Expected all of ${opened.resource.name} to be drawn, but this was not: ${loaded.value.join('; ')}. Saving an edit loses it; the XML side shows it.`,
    );
  }
  const text = createDiagramText(editor, first);
  const title = () => versioned.fileName(view.getState().saved.name);

  const view = createStore<WorkflowView>(() => ({
    mode: loaded.ok ? 'canvas' : 'xml',
    xml: first,
    xmlProblem: loaded.ok ? undefined : loaded.failure.message,
    drawn: loaded.ok,
    selected: loaded.ok ? editor.selected() : undefined,
    revision: 0,
    problems: [],
    saved: opened.resource as WorkflowVersion,
    starting: undefined,
    busy: undefined,
    importing: false,
  }));
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));
  let checking: Disposable | undefined;
  let drawing: Disposable | undefined;
  /** What comes from the server is drawn: that is no change of the user's. */
  let showing = false;
  let disposed = false;

  function publishState() {
    const { selected } = view.getState();
    const bo = selected?.businessObject as ModdleElement | undefined;
    const crumb = bo && !bo.$instanceOf('bpmn:Process') ? [{ label: bo.name || bo.id || '' }] : [];
    state.setState({
      title: title(),
      ...draftedState(kept.getState()),
      canUndo: editor.canUndo(),
      canRedo: editor.canRedo(),
      crumbs: crumb,
    });
  }

  function showProblems(problems: readonly Problem[]) {
    view.setState({ problems });
    platform.problems.set('designer', resource, title(), problems);
    editor.get<{ show(problems: readonly unknown[]): void }>('problemFrames').show(
      problems.flatMap((problem) => {
        const element = problem.elementId ? editor.find(problem.elementId) : undefined;
        return element ? [{ ...problem, elementId: element.id }] : [];
      }),
    );
  }

  const kept = createKeptDraft<Version>(opened, {
    gone: () => platform.editors.gone(resource),
    calls: versioned.calls(resource.id),
    topic: versioned.topic,
    id: resource.id,
    live: platform.live,
    timers: platform.timers,
    settle: () => autosaveDelay(platform),
    async content() {
      const { xml, xmlProblem } = view.getState();
      const now = drawing || xmlProblem !== undefined ? xml : await text.text();
      return ok({ xml: now, ...(startForm !== undefined && { startForm }) });
    },
    async show(content) {
      const xml = xmlOf(content);
      drawing?.dispose();
      drawing = undefined;
      view.setState({ xml, xmlProblem: undefined });
      showing = true;
      await draw(xml);
      showing = false;
    },
    over: unsent?.over,
  });
  const following = kept.subscribe(() => {
    const { published } = kept.getState();
    if (view.getState().saved !== published) view.setState({ saved: published as WorkflowVersion });
    publishState();
  });

  async function check() {
    const xml = await text.text();
    const answer = await api.call(workflowRoutes.validateWorkflow, { body: { xml } });
    if (disposed || !answer.ok || view.getState().xmlProblem !== undefined) return;
    showProblems(answer.value.problems.map(toProblem));
  }

  function checkSoon() {
    checking?.dispose();
    checking = platform.timers.after(settle, () => void check());
  }

  async function draw(xml: string) {
    const drawn = await text.replace(xml);
    if (disposed || view.getState().xml !== xml) return;
    if (drawn.ok) {
      view.setState({ xmlProblem: undefined, drawn: true });
      publishState();
      checkSoon();
    } else {
      view.setState({ xmlProblem: drawn.failure.message });
      publishState();
      showUnreadable(drawn.failure);
    }
  }

  function showUnreadable({ message }: Failure) {
    showProblems([{ severity: 'error', code: 'bpmn(xml)', message, line: lineOf(message) }]);
  }

  const offerTemplates = () => {
    editor.offer(templates.getState());
    // Fields of the selected element are its template's.
    view.setState({ revision: view.getState().revision + 1 });
  };
  offerTemplates();
  const watching = disposeAll(
    disposable(templates.subscribe(offerTemplates)),
    text.onChanged(() => {
      view.setState({ revision: view.getState().revision + 1, selected: editor.selected() });
      publishState();
      checkSoon();
      if (!showing) kept.touched();
      void text.text().then((xml) => {
        if (view.getState().xmlProblem === undefined && xml !== view.getState().xml && !drawing)
          view.setState({ xml });
      });
    }),
    editor.onSelected(() => {
      view.setState({ selected: editor.selected() });
      publishState();
    }),
  );

  async function deploy() {
    if (hasDraft(kept.getState())) {
      const { xmlProblem } = view.getState();
      if (xmlProblem !== undefined) {
        platform.notifications.failure({ code: 'BPMN_UNREADABLE', message: xmlProblem });
        return undefined;
      }
      if (!(await publishDraft(document, 'Published to run'))) return undefined;
    }
    view.setState({ busy: 'deploying' });
    const { saved } = view.getState();
    const answer = await api.call(deploymentRoutes.createDeployment, {
      body: { workflowId: saved.id, version: saved.version },
    });
    view.setState({ busy: undefined });
    if (!answer.ok) {
      const problems = (answer.failure.details as { problems?: ApiProblem[] } | undefined)?.problems;
      if (problems) showProblems(problems.map(toProblem));
      platform.notifications.failure(
        answer.failure,
        problems ? [{ title: 'Show problems', run: () => platform.layout.showPanel('problems') }] : undefined,
      );
      return undefined;
    }
    const process = answer.value.processes[0];
    await kept.refresh();
    return process
      ? { processDefinitionKey: process.processDefinitionKey, version: process.version }
      : undefined;
  }

  const document: WorkflowDocument = {
    platform,
    versioned,
    kept,
    writable,
    ...(writable && { save: kept.keep }),
    catalog,
    templates,
    resource,
    state,
    editor,
    view,
    deploy,
    showMode: (mode) => view.setState({ mode }),
    typeXml(xml) {
      if (xml === view.getState().xml) return;
      view.setState({ xml });
      kept.touched();
      drawing?.dispose();
      drawing = platform.timers.after(settle, () => {
        void draw(xml).finally(() => {
          drawing = undefined;
        });
      });
    },
    async run() {
      const deployed = await deploy();
      if (!deployed) return;
      const { name } = view.getState().saved;
      view.setState({
        starting: { processDefinitionKey: deployed.processDefinitionKey, name },
      });
    },
    async start(variables) {
      const { starting } = view.getState();
      if (!starting) return;
      view.setState({ busy: 'starting' });
      const answer = await api.call(instanceRoutes.startInstance, {
        body: { processDefinitionKey: starting.processDefinitionKey, variables },
      });
      view.setState({ busy: undefined });
      if (!answer.ok) {
        platform.notifications.failure(answer.failure);
        return;
      }
      view.setState({ starting: undefined });
      const run: Resource = { kind: 'run', id: answer.value.key, name: starting.name };
      if (platform.documentKinds.get('run')) await platform.editors.open(run);
      else platform.notifications.success(`${starting.name} runs with key ${answer.value.key}.`);
    },
    cancelStart: () => view.setState({ starting: undefined }),
    showImport: (importing) => view.setState({ importing }),
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    backup: () => (state.getState().dirty ? kept.backup(view.getState().xml) : undefined),
    here() {
      const selected = view.getState().selected;
      return selected ? { elementId: selected.id } : undefined;
    },
    named: () => namedByElement(view.getState().selected?.businessObject as ModdleElement | undefined),
    outline: () => workflowOutline(view.getState().xml),
    reveal(place: Place) {
      if (place.elementId) {
        if (view.getState().mode === 'xml') view.setState({ mode: 'canvas' });
        editor.select(place.elementId);
      } else if (place.line !== undefined && view.getState().mode === 'canvas')
        view.setState({ mode: 'both' });
    },
    dispose() {
      disposed = true;
      checking?.dispose();
      drawing?.dispose();
      watching.dispose();
      following();
      kept.dispose();
      platform.problems.set('designer', resource, title(), []);
      editor.dispose();
    },
  };

  publishState();
  if (unsent && unsent.text !== first) {
    view.setState({ xml: unsent.text });
    await draw(unsent.text);
    kept.touched();
  } else if (!loaded.ok) showUnreadable(loaded.failure);
  checkSoon();
  return ok(document);
}

function xmlOf({ xml }: Content): string {
  return typeof xml === 'string' ? xml : '';
}

function toProblem(problem: ApiProblem): Problem {
  const { code, elementId, ...rest } = problem;
  return { ...rest, code: code.replace(/^([\w-]+)\/([\w-]+)$/, '$1($2)'), ...(elementId && { elementId }) };
}

function lineOf(message: string): number | undefined {
  const match = /in line (\d+)$/.exec(message);
  return match ? Number(match[1]) : undefined;
}
