import { failed, ok, type Result } from '@baton/engine/protocol';
import { type AgentContent, agentRoutes, type JsonValue } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ContentPath, pathKey } from '../../platform/contentPath.ts';
import type { Resource } from '../../platform/documents.ts';
import { hasDraft } from '../../platform/draftedDocument.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { createServerCheck } from '../../platform/serverCheck.ts';
import { createTextDraft, type TextDocument, type TextView } from '../../platform/textDocument.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import { followRuntime, type RuntimeSwitch } from './agentRuntime.ts';
import { readYaml, withYamlValue, type YamlReading, yamlOf } from './agentYaml.ts';
import { agentRuns } from './chat/agentRuns.ts';
import { variablesOf } from './chat/promptValues.ts';
import { createTestChat, type TestChat } from './chat/testChat.ts';
import { checkAgent } from './checkAgent.ts';
import { followKnown, type KnownResources, nothingKnown } from './knownResources.ts';
import { namedByField } from './namedByField.ts';

export type AgentMode = 'form' | 'both' | 'yaml';

export interface AgentView extends TextView<YamlReading> {
  mode: AgentMode;
  /** What the tenant has that the agent can name. */
  known: KnownResources;
}

export interface AgentDocument extends TextDocument {
  readonly view: StoreApi<AgentView>;
  /** A conversation with the agent as it stands here. */
  readonly chat: TestChat;
  /** How its runs go on. */
  readonly runtime: RuntimeSwitch;
  /** What the draft says, or why it cannot be taken for an agent. */
  content(): Result<AgentContent, Failure>;
  /** A field gets another value; without one its default counts. Changes of one field in a row are one step of undo. */
  change(path: ContentPath, value: JsonValue | undefined): void;
}

export async function openAgentDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<AgentDocument, Failure>> {
  const { api } = platform;
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const { resource: saved, content } = read.value.opened;

  const view = createStore<AgentView>(() => ({
    mode: 'both',
    saved,
    draft: yamlOf(content),
    reading: { value: content, places: new Map(), comment: undefined },
    unreadable: undefined,
    problems: [],
    selected: undefined,
    known: nothingKnown,
  }));
  const server = createServerCheck({
    timers: platform.timers,
    ask: (content) => api.call(agentRoutes.validate, { body: { id: resource.id, content } }),
    answered: () => text.check(),
  });
  const names = (items: readonly { name: string }[] | undefined) => items?.map(({ name }) => name);
  function contentOf(value: JsonValue): Result<AgentContent, Failure> {
    const wrong = checkAgent(value, {}).find(({ severity }) => severity === 'error');
    if (!wrong) return ok(value as AgentContent);
    const place = wrong.path.join('.') || view.getState().saved.name;
    return failed({ code: 'AGENT_INVALID', message: `${place}: ${wrong.message}` });
  }
  const text = createTextDraft<YamlReading>({
    ...read.value,
    view,
    draftOf: yamlOf,
    language: 'yaml',
    read: readYaml,
    findings(content) {
      const { known } = view.getState();
      const own = checkAgent(content, {
        tools: names(known.tools),
        providers: names(known.providers),
        tasks: names(known.tasks),
        policies: names(known.policies),
      });
      return [...own, ...server.beside(own, content)];
    },
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
  });

  // What the editor itself can tell is told while one types.
  view.subscribe((now, before) => {
    const same = now.reading === before.reading && now.unreadable === before.unreadable;
    if (same && now.known === before.known) return;
    text.check();
    if (!now.unreadable) server.changed(now.reading.value);
  });
  const following = followKnown(platform, (known) =>
    view.setState({ known: { ...view.getState().known, ...known } }),
  );
  text.begin();
  server.changed(view.getState().reading.value);

  function draftContent(): Result<AgentContent, Failure> {
    const { unreadable, reading } = view.getState();
    if (!unreadable) return contentOf(reading.value);
    return failed({
      code: 'YAML_UNREADABLE',
      message: `Line ${unreadable.line}: ${unreadable.message}`,
    });
  }
  const chat = createTestChat({
    id: resource.id,
    clock: platform.clock,
    storage: platform.storage,
    runs: agentRuns(api, resource.id),
    subject() {
      const content = draftContent();
      if (!content.ok) return content;
      const { saved: last } = view.getState();
      // What is typed may leave out whatever has a default.
      const remembers = (content.value as Partial<AgentContent>).memory?.kind === 'conversation';
      const variables = variablesOf(content.value.userPrompt);
      return hasDraft(text.kept.getState())
        ? ok({ of: 'draft', content: content.value, remembers, variables })
        : ok({ of: last.version, remembers, variables });
    },
  });

  const runtime = followRuntime(platform, { id: resource.id, name: () => view.getState().saved.name });
  const { model } = text;
  return ok({
    ...model,
    view,
    chat,
    runtime,
    content: draftContent,
    change(path, value) {
      const { draft, unreadable } = view.getState();
      if (unreadable || !model.writable) return;
      text.step(withYamlValue(draft, path, value), pathKey(path));
    },
    named() {
      const { reading, selected } = view.getState();
      return selected ? namedByField(reading.value, selected) : [];
    },
    reveal(place) {
      const { mode } = view.getState();
      const { path } = place;
      if (path?.length) {
        if (mode === 'yaml') view.setState({ mode: 'both' });
        model.select(fieldOf(path));
      } else {
        if (mode === 'form') view.setState({ mode: 'both' });
        text.show(place);
      }
    },
    dispose() {
      model.dispose();
      following.dispose();
      server.dispose();
      chat.dispose();
      runtime.dispose();
    },
  });
}

/** Members with fields of their own inside. */
const groups: ReadonlySet<string> = new Set(['parameters', 'memory', 'context', 'limits']);

/** The field of the form a place belongs to. */
function fieldOf(path: ContentPath): ContentPath {
  return path.slice(0, groups.has(path[0] ?? '') ? 2 : 1);
}
