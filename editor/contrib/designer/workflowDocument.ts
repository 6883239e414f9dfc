import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  type Problem as ApiProblem,
  deploymentRoutes,
  instanceRoutes,
  type JsonValue,
  type Workflow,
  workflowRoutes,
} from '@baton/gateway/api';
import type { Element } from 'bpmn-js/lib/model/Types';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { DocumentModel, DocumentState, Place, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import { saveVersion } from '../../platform/saveVersion.ts';
import type { ModdleElement } from '../../ui/diagram/index.ts';
import type { CatalogState } from './catalog.ts';
import type { DiagramEditor } from './diagramEditor.ts';
import { createDiagramText } from './diagramText.ts';

export type WorkflowMode = 'canvas' | 'xml' | 'both';

export interface WorkflowView {
  mode: WorkflowMode;
  /** The XML as the text side shows it; may be ahead of the diagram while it cannot be drawn. */
  xml: string;
  /** Why the text side cannot be drawn. */
  xmlProblem: string | undefined;
  selected: Element | undefined;
  /** Rises with every change of the diagram, so that views of moddle objects know to read again. */
  revision: number;
  problems: readonly Problem[];
  workflow: Workflow;
  /** The start form is open for this deployed process. */
  starting: { processDefinitionKey: string; name: string } | undefined;
  busy: 'saving' | 'deploying' | 'starting' | undefined;
}

export interface WorkflowDocument extends DocumentModel {
  readonly platform: Platform;
  readonly catalog: Readable<CatalogState>;
  readonly editor: DiagramEditor;
  readonly view: StoreApi<WorkflowView>;
  showMode(mode: WorkflowMode): void;
  /** The user typed in the text side. */
  typeXml(text: string): void;
  save(): Promise<Result<void, Failure>>;
  deploy(): Promise<{ processDefinitionKey: string } | undefined>;
  /** Saves, deploys and opens the start form. */
  run(): Promise<void>;
  start(variables: Record<string, JsonValue>): Promise<void>;
  cancelStart(): void;
}

/** Checked and, on the text side, drawn this many ms after the last change. */
const settle = 300;

export async function openWorkflowDocument(
  platform: Platform,
  catalog: Readable<CatalogState>,
  resource: Resource,
  editor: DiagramEditor,
  backup: string | undefined,
): Promise<Result<WorkflowDocument, Failure>> {
  const { api } = platform;
  const params = { id: resource.id };
  const read = await api.call(workflowRoutes.getWorkflow, { params });
  if (!read.ok) return read;
  const loaded = await editor.load(read.value.xml);
  if (loaded.ok && loaded.value.length > 0) {
    platform.notifications.warning(
      `Expected all of ${read.value.name} to be drawn, but this was not: ${loaded.value.join('; ')}. Saving an edit loses it; the XML side shows it.`,
    );
  }
  const text = createDiagramText(editor, read.value.xml);
  const title = () => `${view.getState().workflow.name}.bpmn`;

  const view = createStore<WorkflowView>(() => ({
    mode: loaded.ok ? 'canvas' : 'xml',
    xml: read.value.xml,
    xmlProblem: loaded.ok ? undefined : loaded.failure.message,
    selected: loaded.ok ? editor.selected() : undefined,
    revision: 0,
    problems: [],
    workflow: read.value,
    starting: undefined,
    busy: undefined,
  }));
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));
  let checking: Disposable | undefined;
  let drawing: Disposable | undefined;
  let disposed = false;

  function publishState() {
    const { selected, workflow } = view.getState();
    const bo = selected?.businessObject as ModdleElement | undefined;
    const crumb = bo && !bo.$instanceOf('bpmn:Process') ? [{ label: bo.name || bo.id || '' }] : [];
    const dirty = text.dirty() || view.getState().xmlProblem !== undefined;
    state.setState({
      title: title(),
      dirty,
      canUndo: editor.canUndo(),
      canRedo: editor.canRedo(),
      crumbs: crumb,
      status: dirty ? `Draft of v${workflow.version + 1}` : `v${workflow.version}`,
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
      view.setState({ xmlProblem: undefined });
      publishState();
      checkSoon();
    } else {
      view.setState({ xmlProblem: drawn.failure.message });
      publishState();
      showProblems([
        {
          severity: 'error',
          code: 'bpmn(xml)',
          message: drawn.failure.message,
          line: lineOf(drawn.failure.message),
        },
      ]);
    }
  }

  const watching = disposeAll(
    text.onChanged(() => {
      view.setState({ revision: view.getState().revision + 1, selected: editor.selected() });
      publishState();
      checkSoon();
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

  async function save(): Promise<Result<void, Failure>> {
    const { workflow, xmlProblem } = view.getState();
    if (xmlProblem !== undefined) return failed({ code: 'BPMN_UNREADABLE', message: xmlProblem });
    const position = editor.position();
    const xml = await text.text();
    view.setState({ busy: 'saving' });
    const answer = await saveVersion({
      dialogs: platform.dialogs,
      edited: workflow,
      put: (ifMatch) => api.call(workflowRoutes.updateWorkflow, { params, body: { xml }, ifMatch }),
      newest: () => api.call(workflowRoutes.getWorkflow, { params }),
    });
    view.setState({ busy: undefined });
    if (!answer.ok) return answer;
    if (answer.value.whose === 'theirs') await adopt(answer.value.saved);
    else {
      view.setState({ workflow: answer.value.saved });
      text.saved(xml, position);
      publishState();
    }
    return ok();
  }

  async function adopt(workflow: Workflow) {
    view.setState({ workflow, xml: workflow.xml, xmlProblem: undefined });
    await text.replace(workflow.xml);
    text.saved(workflow.xml, editor.position());
    publishState();
  }

  async function deploy() {
    if (state.getState().dirty) {
      const saved = await save();
      if (!saved.ok) {
        platform.notifications.failure(saved.failure);
        return undefined;
      }
    }
    view.setState({ busy: 'deploying' });
    const { workflow } = view.getState();
    const answer = await api.call(deploymentRoutes.createDeployment, {
      body: { workflowId: workflow.id, version: workflow.version },
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
    const fresh = await api.call(workflowRoutes.getWorkflow, { params: { id: workflow.id } });
    if (fresh.ok && fresh.value.hash === workflow.hash) view.setState({ workflow: fresh.value });
    return process
      ? { processDefinitionKey: process.processDefinitionKey, version: process.version }
      : undefined;
  }

  if (backup !== undefined && backup !== read.value.xml) {
    view.setState({ xml: backup });
    await draw(backup);
  }
  publishState();
  checkSoon();

  return ok({
    platform,
    catalog,
    resource,
    state,
    editor,
    view,
    save,
    deploy,
    showMode: (mode) => view.setState({ mode }),
    typeXml(xml) {
      if (xml === view.getState().xml) return;
      view.setState({ xml });
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
      const { workflow } = view.getState();
      view.setState({
        starting: { processDefinitionKey: deployed.processDefinitionKey, name: workflow.name },
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
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    async revert() {
      await adopt(view.getState().workflow);
    },
    backup: () => view.getState().xml,
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
      platform.problems.set('designer', resource, title(), []);
      editor.dispose();
    },
  });
}

function toProblem(problem: ApiProblem): Problem {
  const { code, elementId, ...rest } = problem;
  return { ...rest, code: code.replace(/^([\w-]+)\/([\w-]+)$/, '$1($2)'), ...(elementId && { elementId }) };
}

function lineOf(message: string): number | undefined {
  const match = /in line (\d+)$/.exec(message);
  return match ? Number(match[1]) : undefined;
}
