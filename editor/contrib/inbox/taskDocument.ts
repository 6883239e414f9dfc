import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  instanceRoutes,
  type JsonValue,
  type UserTask,
  type UserTaskForm,
  userTaskRoutes,
} from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { coalesced } from '../../platform/coalesced.ts';
import type { DocumentModel, DocumentState, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { type FormField, type FormValues, readJsonText, readValues } from '../../ui/schemaForm.ts';
import { answerContent, questionFields, questionValues } from './answer.ts';
import { type Question, questionOf, questionTitle, questionVariables } from './question.ts';

export type TaskDetail = UserTask & { variables: Record<string, JsonValue> };

export interface TaskView {
  task: TaskDetail;
  /** The form it was given when it came up: what is filled in becomes its variables. */
  form: UserTaskForm | undefined;
  /** What was filled in so far. */
  filledIn: Readonly<Record<string, JsonValue>>;
  /** What a tool asks; its form is its schema's, and its answer one variable. */
  question: Question | undefined;
  decision: 'accept' | 'decline';
  /** The run that waits: its own instance, or the one that asks. */
  run: { key: string; name: string };
  /** What is known beside the answer: variables of the task, or of the run that asks. */
  known: Readonly<Record<string, JsonValue>>;
  /** Fields the user added to send with the completion, in order. */
  fields: readonly FormField[];
  values: FormValues;
  mode: 'fields' | 'json';
  json: string;
  tried: boolean;
  busy: 'assigning' | 'completing' | undefined;
}

export interface TaskDocument extends DocumentModel {
  readonly platform: Platform;
  readonly view: StoreApi<TaskView>;
  change(change: Partial<Pick<TaskView, 'values' | 'mode' | 'json' | 'decision' | 'filledIn'>>): void;
  /** The form while it is on the screen: it checks its fields and marks them itself. */
  formShown(form: TaskForm | undefined): void;
  addField(name: string, type: FormField['type']): string | undefined;
  removeField(name: string): void;
  assign(assignee: string): Promise<void>;
  complete(): Promise<void>;
}

/** A form that is shown. */
export interface TaskForm {
  /** What is filled in, or nothing where a field will not do. */
  submit(): { data: Readonly<Record<string, unknown>> } | undefined;
}

/** What a person usually answers with; more can be added. */
const usual: readonly FormField[] = [
  {
    name: 'answer',
    title: 'Answer',
    type: 'longText',
    required: false,
    description: 'Becomes the variable answer of the run.',
  },
];

function knownOf(variables: Readonly<Record<string, JsonValue>>, question: Question | undefined) {
  const entries = Object.entries(variables);
  return Object.fromEntries(question ? entries.filter(([name]) => !questionVariables.has(name)) : entries);
}

export async function openTaskDocument(
  platform: Platform,
  resource: Resource,
): Promise<Result<TaskDocument, Failure>> {
  const { api } = platform;
  const params = { key: resource.id };
  const read = await api.call(userTaskRoutes.getUserTask, { params });
  if (!read.ok) return read;
  const question = questionOf(read.value.variables);
  const state = createStore<DocumentState>(() => ({
    title: question ? questionTitle(question) : read.value.name || 'Task',
    dirty: false,
  }));
  const view = createStore<TaskView>(() => ({
    task: read.value as TaskDetail,
    form: question ? undefined : read.value.form,
    filledIn: {},
    question,
    decision: 'accept',
    run: { key: read.value.instanceKey, name: read.value.processName },
    known: knownOf(read.value.variables, question),
    fields: question ? questionFields(question) : usual,
    values: question ? questionValues(question) : {},
    mode: question && questionFields(question).length === 0 ? 'json' : 'fields',
    json: JSON.stringify(question?.proposed ?? {}, null, 2),
    tried: false,
    busy: undefined,
  }));

  async function readAgain() {
    const answer = await api.call(userTaskRoutes.getUserTask, { params });
    if (!answer.ok) return;
    view.setState({ task: answer.value as TaskDetail });
    if (!question?.askingInstance) view.setState({ known: knownOf(answer.value.variables, question) });
  }
  async function readAsking(key: string) {
    if (!platform.context.get('permission:instances:read')) return;
    const instance = { params: { key } };
    const [asking, variables] = await Promise.all([
      api.call(instanceRoutes.getInstance, instance),
      api.call(instanceRoutes.listVariables, instance),
    ]);
    if (!asking.ok) return;
    view.setState({
      run: { key, name: asking.value.processName },
      ...(variables.ok && {
        known: Object.fromEntries(
          variables.value.items
            .filter(({ scopeKey }) => scopeKey === key)
            .map(({ name, value }) => [name, value]),
        ),
      }),
    });
  }
  if (question?.askingInstance) void readAsking(question.askingInstance);
  const { soon, dispose: stopWaiting } = coalesced(platform.timers, 200, () => void readAgain());
  const live = platform.live.subscribeTopic('user-tasks', { event: soon, reset: soon });

  let shown: TaskForm | undefined;

  function variables(): Result<Record<string, JsonValue>, string> {
    const { mode, json, fields, values, decision, form } = view.getState();
    if (question && decision === 'decline') return ok({ answer: { action: 'decline' } });
    if (question) {
      const { content, errors } = answerContent(question, fields, { mode, json, values });
      const [error] = Object.values(errors);
      return error ? failed(error) : ok({ answer: { action: 'accept', content } });
    }
    if (form && mode === 'fields') {
      const filled = shown?.submit();
      return filled
        ? ok(filled.data as Record<string, JsonValue>)
        : failed('Expected every field of the form to fit, but some do not.');
    }
    if (mode === 'json') {
      const parsed = readJsonText(json || '{}');
      if ('error' in parsed) return failed(parsed.error);
      const { value } = parsed;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return failed('Expected a JSON object of variables, but got something else.');
      }
      return ok(value);
    }
    const typed = readValues(fields, values);
    const [error] = Object.values(typed.errors);
    return error ? failed(error) : ok(typed.variables);
  }

  return ok({
    platform,
    resource,
    state,
    view,
    change(change) {
      view.setState(change);
      state.setState({ ...state.getState(), dirty: true }, true);
    },
    formShown(form) {
      shown = form;
    },
    addField(name, type) {
      const { fields, values } = view.getState();
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
        return `Expected a name of letters, digits and _, but got ${name || 'nothing'}.`;
      if (fields.some((field) => field.name === name))
        return `Expected a new name, but ${name} is there already.`;
      view.setState({
        fields: [...fields, { name, title: name, type, required: false }],
        values: type === 'boolean' ? { ...values, [name]: true } : values,
      });
      return undefined;
    },
    removeField: (name) =>
      view.setState({ fields: view.getState().fields.filter((field) => field.name !== name) }),
    async assign(assignee) {
      view.setState({ busy: 'assigning' });
      const answer = await api.call(userTaskRoutes.assignUserTask, { params, body: { assignee } });
      if (!answer.ok) platform.notifications.failure(answer.failure);
      await readAgain();
      view.setState({ busy: undefined });
    },
    async complete() {
      view.setState({ tried: true });
      const sent = variables();
      if (!sent.ok || view.getState().busy || view.getState().task.state !== 'CREATED') return;
      view.setState({ busy: 'completing' });
      const answer = await api.call(userTaskRoutes.completeUserTask, {
        params,
        body: { variables: sent.value },
      });
      view.setState({ busy: undefined });
      if (!answer.ok) {
        platform.notifications.failure(answer.failure);
        return;
      }
      const { run } = view.getState();
      state.setState({ ...state.getState(), dirty: false }, true);
      platform.notifications.success(
        `${state.getState().title} is completed.`,
        platform.documentKinds.get('run')
          ? [
              {
                title: 'Show run',
                run: () => void platform.editors.open({ kind: 'run', id: run.key, name: run.name }),
              },
            ]
          : undefined,
      );
      platform.editors.discard(resource);
    },
    dispose() {
      stopWaiting();
      live.dispose();
    },
  });
}
