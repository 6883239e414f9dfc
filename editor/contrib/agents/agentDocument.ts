import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  type Agent,
  type AgentContent,
  agentRoutes,
  type JsonValue,
  type ProviderType,
  providerRoutes,
  toolRoutes,
} from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ContentPath, pathKey } from '../../platform/contentPath.ts';
import type { Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { createTextDraft, type TextDocument, type TextView } from '../../platform/textDocument.ts';
import { readYaml, withYamlValue, type YamlReading, yamlOf } from './agentYaml.ts';
import { checkAgent } from './checkAgent.ts';

export type AgentMode = 'form' | 'both' | 'yaml';

export interface AgentView extends TextView<Agent, YamlReading> {
  mode: AgentMode;
  /** The tenant's tools; `undefined` until read, or where one may not read them. */
  tools: readonly { name: string; description: string }[] | undefined;
  /** The tenant's providers; `undefined` likewise. */
  providers: readonly AgentProvider[] | undefined;
}

export interface AgentProvider {
  name: string;
  type: ProviderType;
  models: readonly string[];
}

export interface AgentDocument extends TextDocument {
  readonly view: StoreApi<AgentView>;
  /** A field gets another value; without one its default counts. Changes of one field in a row are one step of undo. */
  change(path: ContentPath, value: JsonValue | undefined): void;
}

export function textOf(agent: Agent): string {
  return yamlOf(agent.content as JsonValue);
}

export async function openAgentDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<AgentDocument, Failure>> {
  const { api, context } = platform;
  const params = { id: resource.id };
  const get = () => api.call(agentRoutes.get, { params });
  const read = await get();
  if (!read.ok) return read;
  const saved = read.value;

  const view = createStore<AgentView>(() => ({
    mode: 'both',
    saved,
    draft: textOf(saved),
    reading: { value: saved.content as JsonValue, places: new Map(), comment: undefined },
    unreadable: undefined,
    problems: [],
    selected: undefined,
    tools: undefined,
    providers: undefined,
  }));
  const text = createTextDraft<Agent, AgentContent, YamlReading>({
    platform,
    resource,
    kind: 'agents',
    ending: 'agent.yaml',
    view,
    get,
    put: (content, ifMatch) => api.call(agentRoutes.update, { params, ifMatch, body: { content } }),
    draftOf: textOf,
    language: 'yaml',
    read: readYaml,
    findings: (content) =>
      checkAgent(content, {
        tools: view.getState().tools?.map(({ name }) => name),
        providers: view.getState().providers?.map(({ name }) => name),
      }),
    listedToo: ({ comment }) =>
      comment
        ? [
            {
              severity: 'warning',
              code: 'yaml(comment)',
              message: 'Expected no comments, but there is one: an agent is saved without them.',
              line: comment.line,
              column: comment.column,
            },
          ]
        : [],
    nameOf: (path) => fieldOf(path).at(-1),
    crumbs: (selected = []) => selected.map((label) => ({ label })),
    contentOf(value) {
      const [wrong] = checkAgent(value, {});
      if (wrong?.severity !== 'error') return ok(value as AgentContent);
      const place = wrong.path.join('.') || view.getState().saved.name;
      return failed({ code: 'AGENT_INVALID', message: `${place}: ${wrong.message}` });
    },
  });

  async function readTools() {
    if (!context.get('permission:tools:read')) return;
    const answer = await api.call(toolRoutes.list, { query: { limit: 200 } });
    if (text.disposed() || !answer.ok) return;
    const { items, has_more } = answer.value;
    view.setState({
      // Of more than one page only some are known, and none can be said to be missing.
      tools: has_more
        ? undefined
        : items.map(({ name, content }) => ({ name, description: content.description })),
    });
    text.check();
  }
  const watchingTools = platform.live.subscribeTopic('tools', {
    event: () => void readTools(),
    reset: () => void readTools(),
  });

  async function readProviders() {
    if (!context.get('permission:providers:read')) return;
    const answer = await api.call(providerRoutes.list, { query: { limit: 200 } });
    if (text.disposed() || !answer.ok || answer.value.has_more) return;
    view.setState({
      providers: answer.value.items.map(({ name, type, models }) => ({ name, type, models })),
    });
    text.check();
  }
  const watchingProviders = platform.live.subscribeTopic('providers', {
    event: () => void readProviders(),
    reset: () => void readProviders(),
  });

  text.begin(backup ?? view.getState().draft);
  void readTools();
  void readProviders();

  const { model } = text;
  return ok({
    ...model,
    view,
    change(path, value) {
      const { draft, unreadable } = view.getState();
      if (unreadable || !model.writable) return;
      text.step(withYamlValue(draft, path, value), pathKey(path));
    },
    reveal({ path }) {
      const { mode } = view.getState();
      if (path?.length) {
        if (mode === 'yaml') view.setState({ mode: 'both' });
        model.select(fieldOf(path));
      } else if (mode === 'form') view.setState({ mode: 'both' });
    },
    dispose() {
      model.dispose();
      watchingTools.dispose();
      watchingProviders.dispose();
    },
  });
}

/** The field of the form a place belongs to. */
function fieldOf(path: ContentPath): ContentPath {
  return path.slice(0, path[0] === 'limits' ? 2 : 1);
}
