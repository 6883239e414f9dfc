import '@bpmn-io/form-js-viewer/dist/assets/form-js-base.css';
import '@bpmn-io/form-js-viewer/dist/assets/flatpickr/light.css';
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor-base.css';
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css';
import '@bpmn-io/form-js-editor/dist/assets/dragula.css';
import '../../ui/bpmnIo.css';
import { failed, ok } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import { FormEditor } from '@bpmn-io/form-js-editor';
import { getSchemaVariables } from '@bpmn-io/form-js-viewer';
import { disposeAll } from '../../base/disposable.ts';
import { teachFeel } from '../../platform/languages/feelFields.ts';
import type { MakeFormCanvas } from './formCanvas.ts';
import { formVariables } from './formVariables.ts';
import { steadyRows } from './steadyRows.ts';

interface FormField {
  id?: string;
  type?: string;
}
interface Selection {
  get(): FormField | undefined;
  set(field: FormField): void;
}
interface FieldRegistry {
  get(id: string): FormField | undefined;
}

/** What a command of form-js was about. */
interface Executed {
  command: string;
  context: { formField?: FormField; properties?: object };
}

/** The form editor of bpmn.io. */
export const formJsCanvas: MakeFormCanvas = (listeners) => {
  const element = document.createElement('div');
  element.className = 'formcanvas bpmnio';
  const properties = document.createElement('div');
  properties.className = 'formproperties bpmnio';
  // Expressions with more room stand above the page.
  const popups = document.createElement('div');
  popups.className = 'bpmnio';
  document.body.append(popups);
  const editor = new FormEditor({
    container: element,
    propertiesPanel: { parent: properties, feelPopupContainer: popups },
    additionalModules: [steadyRows],
  });
  const scope = () => {
    const form = editor.getSchema();
    return formVariables(form, getSchemaVariables(form));
  };
  const taught = disposeAll(...[properties, popups].map((place) => teachFeel(place, { scope })));
  let importing = 0;
  let steps = 0;
  let done: string | undefined;

  editor.on('commandStack.execute', ({ command, context }: Executed) => {
    // Typing in one field goes on as one step; everything else is a step of its own.
    done ??=
      command === 'formField.edit' && context.properties
        ? `${context.formField?.id} ${Object.keys(context.properties).join()}`
        : `${command} ${++steps}`;
  });
  editor.on('commandStack.changed', () => {
    const what = done ?? `change ${++steps}`;
    done = undefined;
    if (importing === 0) listeners.changed(editor.saveSchema() as JsonValue, what);
  });
  editor.on('selection.changed', ({ selection }: { selection?: FormField }) => {
    if (importing === 0) listeners.selected(selection?.id);
  });

  const fieldOf = (id: string | undefined) =>
    id === undefined ? undefined : editor.get<FieldRegistry>('formFieldRegistry').get(id);
  const selected = () => editor.get<Selection>('selection').get()?.id;
  return {
    element,
    properties,
    selected,
    async show(form) {
      const before = selected();
      importing += 1;
      try {
        // form-js writes into what it is given.
        await editor.importSchema(structuredClone(form));
        const again = fieldOf(before);
        if (again) editor.get<Selection>('selection').set(again);
        return ok();
      } catch (error) {
        return failed({
          code: 'FORM_NOT_DRAWN',
          message: error instanceof Error ? error.message : String(error),
        });
      } finally {
        done = undefined;
        importing -= 1;
      }
    },
    select(id) {
      const field = fieldOf(id);
      if (field) editor.get<Selection>('selection').set(field);
    },
    dispose() {
      taught.dispose();
      editor.destroy();
      popups.remove();
    },
  };
};
