import 'bpmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import '../../ui/bpmnIo.css';
import { failed, ok } from '@baton/engine/protocol';
import type Canvas from 'diagram-js/lib/core/Canvas';
import Modeler, { type View, type Viewer } from 'dmn-js/lib/Modeler';
import NavigatedViewer from 'dmn-js/lib/NavigatedViewer';
import { teachFeel } from '../../platform/languages/feelFields.ts';
import type { MakeDecisionCanvas } from './decisionCanvas.ts';
import { decisionVariables } from './decisionInputs.ts';

interface Executed {
  command: string;
  context: { element?: { id?: string }; cell?: { id?: string } };
}

/** Canvases of this page so far: a copy of a decision has rules of the same ids. */
let made = 0;

/** The decision editor of bpmn.io, or its viewer for who only reads. */
export const dmnJsCanvas: MakeDecisionCanvas = (writable, listeners) => {
  const element = document.createElement('div');
  element.className = 'decisioncanvas bpmnio';
  const editor = new (writable ? Modeler : NavigatedViewer)({
    container: element,
    drd: {
      drdRenderer: {
        defaultFillColor: 'var(--baton-canvas-shape)',
        defaultStrokeColor: 'var(--baton-canvas-stroke)',
        defaultLabelColor: 'var(--baton-canvas-label)',
      },
    },
  });
  let importing = 0;
  let first = true;
  let steps = 0;
  let done: string | undefined;
  /** What is drawn. */
  let drawn = '';

  const told = async () => {
    const what = done ?? `change ${++steps}`;
    done = undefined;
    const { xml } = await editor.saveXML({ format: true });
    drawn = xml;
    if (importing === 0) listeners.changed(xml, what);
  };
  editor.on('viewer.created', ({ viewer }: { viewer: Viewer }) => {
    viewer.on('commandStack.execute', ({ command, context }: Executed) => {
      const about = context.cell?.id ?? context.element?.id;
      done ??= about === undefined ? `${command} ${++steps}` : `${command} ${about}`;
    });
    viewer.on('commandStack.changed', ({ trigger }: { trigger?: string }) => {
      if (importing === 0 && trigger !== 'clear') void told();
    });
  });
  editor.on('views.changed', ({ views, activeView }: { views: View[]; activeView?: View }) => {
    listeners.views(
      views.map(({ id, name, type }) => ({ id, type, name: name ?? id })),
      activeView?.id,
    );
  });

  /** A diagram is shown whole; tables and expressions stand where they stand. */
  function fit() {
    if (editor.getActiveView()?.type !== 'drd' || element.clientWidth < 50) return;
    const canvas = editor.getActiveViewer()!.get<Canvas>('canvas');
    canvas.resized();
    canvas.zoom('fit-viewport');
    if (canvas.zoom() > 1) canvas.zoom(1);
  }

  const taught = teachFeel(element, {
    scope() {
      const view = editor.getActiveView();
      return view ? decisionVariables(drawn, view.id) : [];
    },
    // dmn-js reads what a rule answers as it reads what a rule asks.
    reading: (field) => (field.closest('.output-cell') ? 'expression' : undefined),
  });

  // Rows are drawn anew with every change and keep no class: what marks them is a sheet of its own.
  const marks = new CSSStyleSheet();
  element.dataset.canvas = String(++made);
  document.adoptedStyleSheets?.push(marks);
  return {
    element,
    mark(rules) {
      const { canvas } = element.dataset;
      const rows = rules.map((id) => `[data-canvas="${canvas}"] td[data-row-id="${CSS.escape(id)}"]`);
      const style =
        'background: var(--baton-completed-tint) !important; box-shadow: inset 0 1px var(--baton-completed), inset 0 -1px var(--baton-completed)';
      marks.replaceSync(rows.length > 0 ? `${rows.join()} { ${style} }` : '');
    },
    async show(xml) {
      importing += 1;
      try {
        await editor.importXML(xml);
        drawn = xml;
        // One decision with its logic is all there is to see.
        const [drd, only, ...more] = editor.getViews();
        if (first && drd?.type === 'drd' && only && more.length === 0) await editor.open(only);
        first = false;
        fit();
        return ok();
      } catch (error) {
        return failed({
          code: 'DECISION_NOT_DRAWN',
          message: `Expected a decision model, but: ${error instanceof Error ? error.message : String(error)}`,
        });
      } finally {
        done = undefined;
        importing -= 1;
      }
    },
    async open(id) {
      const view = editor.getViews().find((one) => one.id === id);
      if (!view || view.id === editor.getActiveView()?.id) return;
      await editor.open(view);
      fit();
    },
    resized: fit,
    dispose() {
      taught.dispose();
      document.adoptedStyleSheets = document.adoptedStyleSheets?.filter((sheet) => sheet !== marks);
      // Destroying alone leaves a table mounted, and what its cells listen to at the page.
      editor.getActiveViewer()?.clear();
      editor.destroy();
    },
  };
};
