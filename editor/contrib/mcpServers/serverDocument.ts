import { ok, type Result } from '@baton/engine/protocol';
import {
  type JsonValue,
  type McpMessage,
  type McpPrompt,
  type McpResource,
  type McpServer,
  type McpServerTool,
  mcpServerRoutes,
} from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { disposable, disposeAll } from '../../base/disposable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { DocumentModel, DocumentState, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { McpServers } from './mcpServersStore.ts';

export type ServerSide = 'tools' | 'resources' | 'prompts' | 'wire';

/** A list that is read when it is looked at. */
export interface Listed<T> {
  items: readonly T[] | undefined;
  failure: Failure | undefined;
}

export interface ServerView {
  server: McpServer;
  side: ServerSide;
  tools: Listed<McpServerTool>;
  resources: Listed<McpResource>;
  prompts: Listed<McpPrompt>;
  messages: Listed<McpMessage>;
  /** Name of the tool that is looked at. */
  tool: string | undefined;
  accepting: boolean;
  /** A request by hand that is out, and what came of the last one. */
  sending: boolean;
  answer: InspectorAnswer | undefined;
  /** What the inspector's form begins with; rises with every new beginning. */
  request: { method: string; params: JsonValue; turn: number };
}

export interface InspectorAnswer {
  method: string;
  response?: JsonValue;
  error?: string;
  messages: readonly McpMessage[];
}

/** One server: its tools and their contracts, what else it has, and what goes over the wire. */
export interface ServerDocument extends DocumentModel {
  readonly platform: Platform;
  readonly servers: McpServers;
  readonly view: StoreApi<ServerView>;
  show(side: ServerSide): void;
  choose(tool: string): void;
  /** Takes these tools as the server says them now; all or none. */
  accept(tools: readonly McpServerTool[]): Promise<void>;
  refresh(): Promise<void>;
  /** Begins a request in the inspector. */
  try(method: string, params: JsonValue): void;
  send(method: string, params: { [name: string]: JsonValue }): Promise<void>;
}

type Method = (typeof mcpServerRoutes.request.body)['_zod']['output']['method'];

const unread = { items: undefined, failure: undefined };
/** Events that arrive within this many ms are answered by one reading. */
const together = 200;

export async function openServerDocument(
  platform: Platform,
  servers: McpServers,
  resource: Resource,
): Promise<Result<ServerDocument, Failure>> {
  const { api, notifications } = platform;
  const params = { id: resource.id };
  const read = await api.call(mcpServerRoutes.get, { params });
  if (!read.ok) return read;
  const state = createStore<DocumentState>(() => ({ title: read.value.name, dirty: false }));
  const view = createStore<ServerView>(() => ({
    server: read.value,
    side: 'tools',
    tools: unread,
    resources: unread,
    prompts: unread,
    messages: unread,
    tool: undefined,
    accepting: false,
    sending: false,
    answer: undefined,
    request: { method: 'tools/list', params: {}, turn: 0 },
  }));
  const listOf = <T>(answer: Result<{ items: readonly T[] }, Failure>, before: Listed<T>): Listed<T> =>
    answer.ok
      ? { items: answer.value.items, failure: undefined }
      : { items: before.items, failure: answer.failure };

  const readSide = {
    async tools() {
      const answer = await api.call(mcpServerRoutes.tools, { params });
      view.setState({ tools: listOf(answer, view.getState().tools) });
    },
    async resources() {
      const answer = await api.call(mcpServerRoutes.resources, { params });
      view.setState({ resources: listOf(answer, view.getState().resources) });
    },
    async prompts() {
      const answer = await api.call(mcpServerRoutes.prompts, { params });
      view.setState({ prompts: listOf(answer, view.getState().prompts) });
    },
    async wire() {
      if (!platform.context.get('permission:mcpServers:write')) return;
      const answer = await api.call(mcpServerRoutes.messages, { params });
      view.setState({ messages: listOf(answer, view.getState().messages) });
    },
  } satisfies { [S in ServerSide]: () => Promise<void> };

  const { soon, dispose: stopWaiting } = coalesced(
    platform.timers,
    together,
    () => void Promise.all([readSide.tools(), readSide[view.getState().side]()]),
  );
  const following = disposeAll(
    { dispose: stopWaiting },
    servers.onChanged((id) => id === resource.id && soon()),
    disposable(
      servers.subscribe(() => {
        const server = servers.getState().items?.find(({ id }) => id === resource.id);
        if (!server || server === view.getState().server) return;
        view.setState({ server });
        state.setState({ title: server.name, dirty: false });
      }),
    ),
  );
  void readSide.tools();

  return ok({
    platform,
    servers,
    resource,
    state,
    view,
    show(side) {
      view.setState({ side });
      void readSide[side]();
    },
    choose: (tool) => view.setState({ tool }),
    async accept(tools) {
      view.setState({ accepting: true });
      const answer = await api.call(mcpServerRoutes.acceptTools, {
        params,
        body: { tools: tools.map(({ tool, hash }) => ({ tool, hash })) },
      });
      view.setState({ accepting: false });
      if (!answer.ok) {
        // What the server says may have changed since it was looked at: then it is looked at again.
        await readSide.tools();
        return notifications.failure(answer.failure);
      }
      view.setState({ tools: listOf(answer, view.getState().tools) });
      notifications.success(
        tools.length === 1 ? `${tools[0]?.name} is accepted.` : `${tools.length} tools are accepted.`,
      );
      await servers.read();
    },
    refresh: () => readSide[view.getState().side](),
    try(method, values) {
      const { request } = view.getState();
      view.setState({
        side: 'wire',
        answer: undefined,
        request: { method, params: values, turn: request.turn + 1 },
      });
      void readSide.wire();
    },
    async send(method, values) {
      view.setState({ sending: true });
      const answer = await api.call(mcpServerRoutes.request, {
        params,
        body: { method: method as Method, params: values },
      });
      view.setState({
        sending: false,
        answer: answer.ok
          ? {
              method,
              messages: answer.value.messages,
              ...(answer.value.response !== undefined && { response: answer.value.response }),
              ...(answer.value.error && {
                error: `${answer.value.error.message} (${answer.value.error.code})`,
              }),
            }
          : { method, messages: [], error: answer.failure.message },
      });
      await readSide.wire();
    },
    dispose: () => following.dispose(),
  });
}
