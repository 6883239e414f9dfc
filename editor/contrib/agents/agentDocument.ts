import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  type Agent,
  type AgentContent,
  agentRoutes,
  type JsonValue,
  resourceChange,
  toolRoutes,
} from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { DocumentModel, DocumentState, Place, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import { saveVersion } from '../../platform/saveVersion.ts';
import {
  type ContentPath,
  pathKey,
  readYaml,
  type TextPlace,
  withYamlValue,
  type YamlProblem,
  yamlOf,
} from './agentYaml.ts';
import { type AgentProblem, checkAgent } from './checkAgent.ts';

export type AgentMode = 'form' | 'both' | 'yaml';

export interface AgentView {
  mode: AgentMode;
  agent: Agent;
  /** The document; form and text both change this. */
  text: string;
  /** What the text last said when it could be read. */
  content: JsonValue;
  places: ReadonlyMap<string, TextPlace>;
  comment: TextPlace | undefined;
  /** Why the text cannot be read; the form waits meanwhile. */
  unreadable: YamlProblem | undefined;
  problems: readonly AgentProblem[];
  /** The field worked on: its lines are marked. */
  selected: ContentPath | undefined;
  /** The tenant's tools; `undefined` until read, or where one may not read them. */
  tools: readonly { name: string; description: string }[] | undefined;
}

export interface AgentDocument extends DocumentModel {
  readonly platform: Platform;
  readonly view: StoreApi<AgentView>;
  readonly writable: boolean;
  showMode(mode: AgentMode): void;
  select(path: ContentPath | undefined): void;
  /** The user typed in the text. */
  type(text: string): void;
  /** A field gets another value; without one its default counts. Changes of one field in a row are one step of undo. */
  change(path: ContentPath, value: JsonValue | undefined): void;
  undo(): void;
  redo(): void;
}

/** Checked this many ms after the last change. */
const settle = 300;
/** Keys pressed within this many ms of each other are one step of undo. */
const oneStep = 1000;

export function textOf(agent: Agent): string {
  return yamlOf(agent.content as JsonValue);
}

interface Step {
  text: string;
  what: string;
  at: number;
}

export async function openAgentDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<AgentDocument, Failure>> {
  const { api, clock, timers, context } = platform;
  const params = { id: resource.id };
  const read = await api.call(agentRoutes.get, { params });
  if (!read.ok) return read;
  const writable = Boolean(context.get('permission:agents:write'));

  let saved = textOf(read.value);
  const past: Step[] = [];
  const future: Step[] = [];
  let checking: Disposable | undefined;
  let disposed = false;

  const view = createStore<AgentView>(() => ({
    mode: 'both',
    agent: read.value,
    text: saved,
    content: read.value.content as JsonValue,
    places: new Map(),
    comment: undefined,
    unreadable: undefined,
    problems: [],
    selected: undefined,
    tools: undefined,
  }));
  const title = () => `${view.getState().agent.name}.agent.yaml`;
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));

  function publishState() {
    const { text, agent, selected } = view.getState();
    const dirty = text !== saved;
    state.setState({
      title: title(),
      dirty,
      canUndo: past.length > 0,
      canRedo: future.length > 0,
      crumbs: (selected ?? []).map((label) => ({ label })),
      status: dirty ? `Draft of v${agent.version + 1}` : `v${agent.version}`,
    });
  }

  function check() {
    const { content, unreadable, places, comment, tools } = view.getState();
    const problems = unreadable
      ? []
      : checkAgent(
          content,
          tools?.map(({ name }) => name),
        );
    view.setState({ problems });
    const listed: Problem[] = unreadable
      ? [{ severity: 'error', code: 'yaml(syntax)', ...unreadable }]
      : problems.map((problem) => asProblem(problem, places));
    if (comment && !unreadable)
      listed.push({
        severity: 'warning',
        code: 'yaml(comment)',
        message: 'Expected no comments, but there is one: an agent is saved without them.',
        line: comment.line,
        column: comment.column,
      });
    platform.problems.set('agents', resource, title(), listed);
  }

  function checkSoon() {
    checking?.dispose();
    checking = timers.after(settle, check);
  }

  /** Shows another text; reads it, and keeps the content as it was where it cannot be read. */
  function show(text: string) {
    const reading = readYaml(text);
    view.setState({
      text,
      unreadable: reading.ok ? undefined : reading.failure,
      ...(reading.ok && {
        content: reading.value.value,
        places: reading.value.places,
        comment: reading.value.comment,
      }),
    });
    publishState();
    checkSoon();
  }

  function step(text: string, what: string) {
    const before = view.getState().text;
    if (text === before) return;
    const now = clock.now();
    const last = past.at(-1);
    const goesOn = last && last.what === what && now - last.at < oneStep && future.length === 0;
    if (goesOn) last.at = now;
    else past.push({ text: before, what, at: now });
    future.length = 0;
    show(text);
  }

  function walk(from: Step[], to: Step[]) {
    const target = from.pop();
    if (!target) return;
    to.push({ ...target, text: view.getState().text, at: 0 });
    show(target.text);
  }

  /** The editor shows what the server has now. */
  function adopt(agent: Agent) {
    saved = textOf(agent);
    past.length = 0;
    future.length = 0;
    view.setState({ agent });
    show(saved);
  }

  async function save(): Promise<Result<void, Failure>> {
    const { text, content, unreadable, agent } = view.getState();
    if (unreadable)
      return failed({ code: 'YAML_UNREADABLE', message: `Line ${unreadable.line}: ${unreadable.message}` });
    const [wrong] = checkAgent(content, undefined);
    if (wrong?.severity === 'error')
      return failed({
        code: 'AGENT_INVALID',
        message: `${wrong.path.join('.') || agent.name}: ${wrong.message}`,
      });
    const answer = await saveVersion({
      dialogs: platform.dialogs,
      edited: agent,
      put: (ifMatch) =>
        api.call(agentRoutes.update, { params, ifMatch, body: { content: content as AgentContent } }),
      newest: () => api.call(agentRoutes.get, { params }),
    });
    if (!answer.ok) return answer;
    if (answer.value.whose === 'theirs') adopt(answer.value.saved);
    else {
      saved = text;
      view.setState({ agent: answer.value.saved });
      publishState();
    }
    return ok();
  }

  /** Somebody renamed or saved it: what has no changes here shows it at once. */
  async function readAgain() {
    if (disposed) return;
    const answer = await api.call(agentRoutes.get, { params });
    const { agent } = view.getState();
    if (disposed || !answer.ok || answer.value.version === agent.version) return;
    if (!state.getState().dirty) adopt(answer.value);
    else if (answer.value.name !== agent.name) {
      view.setState({ agent: { ...agent, name: answer.value.name } });
      publishState();
    }
  }
  const watching = platform.live.subscribeTopic('agents', {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (change.success && change.data.id === resource.id && change.data.change === 'updated')
        void readAgain();
    },
    reset: () => void readAgain(),
  });

  async function readTools() {
    if (!context.get('permission:tools:read')) return;
    const answer = await api.call(toolRoutes.list, { query: { limit: 200 } });
    if (disposed || !answer.ok) return;
    const { items, has_more } = answer.value;
    view.setState({
      // Of more than one page only some are known, and none can be said to be missing.
      tools: has_more
        ? undefined
        : items.map(({ name, content }) => ({ name, description: content.description })),
    });
    check();
  }
  const watchingTools = platform.live.subscribeTopic('tools', {
    event: () => void readTools(),
    reset: () => void readTools(),
  });

  function select(selected: ContentPath | undefined) {
    if (selected && pathKey(selected) === pathKey(view.getState().selected ?? [])) return;
    view.setState({ selected });
    publishState();
  }

  show(backup ?? saved);
  checking?.dispose();
  check();
  void readTools();

  return ok({
    platform,
    resource,
    state,
    view,
    writable,
    showMode: (mode) => view.setState({ mode }),
    select,
    type: (text) => step(text, 'text'),
    change(path, value) {
      const { text, unreadable } = view.getState();
      if (unreadable || !writable) return;
      step(withYamlValue(text, path, value), pathKey(path));
    },
    ...(writable && { save }),
    undo: () => walk(past, future),
    redo: () => walk(future, past),
    async revert() {
      step(saved, 'revert');
    },
    backup: () => view.getState().text,
    reveal(place: Place) {
      if (place.path?.length) {
        if (view.getState().mode === 'yaml') view.setState({ mode: 'both' });
        select(fieldOf(place.path));
      } else if (view.getState().mode === 'form') view.setState({ mode: 'both' });
    },
    dispose() {
      disposed = true;
      checking?.dispose();
      watching.dispose();
      watchingTools.dispose();
      platform.problems.set('agents', resource, title(), []);
    },
  });
}

/** The field of the form a place belongs to. */
function fieldOf(path: ContentPath): ContentPath {
  return path.slice(0, path[0] === 'limits' ? 2 : 1);
}

function asProblem(problem: AgentProblem, places: ReadonlyMap<string, TextPlace>): Problem {
  const { path, code, message, severity } = problem;
  let place: TextPlace | undefined;
  for (let end = path.length; end > 0 && !place; end--) place = places.get(pathKey(path.slice(0, end)));
  const name = fieldOf(path).at(-1);
  return {
    severity,
    code,
    message,
    path,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    ...(name !== undefined && { elementName: name }),
  };
}
