import { type AgentContent, agentRoutes, type Template, templateRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import type { DocumentModel, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import { readJson } from '../../platform/host.ts';
import type { Platform } from '../../platform/platform.ts';
import { freeName, wrongName } from '../../platform/startTemplates.ts';
import type { ContentProblem } from '../../platform/textDocument.ts';
import { blankAgent } from './blankAgent.ts';
import { agentRuns } from './chat/agentRuns.ts';
import { begun, ended, type Turn, turnAfter, turnOfRun } from './chat/turn.ts';
import { checkAgent } from './checkAgent.ts';
import { exampleAgent } from './exampleAgent.ts';
import { followKnown, type KnownResources, nothingKnown } from './knownResources.ts';

/** In the order they are gone through. */
export const steps = ['template', 'model', 'prompt', 'tools', 'try'] as const;
export type Step = (typeof steps)[number];

export interface StartingPoint {
  id: string;
  /** A name it could have. */
  name: string;
  title: string;
  content: AgentContent;
  from: 'product' | 'own';
}

export interface NewAgentState {
  step: Step;
  /** What it starts from; `undefined` while they are read. */
  starts: readonly StartingPoint[] | undefined;
  chosen: string;
  name: string;
  content: AgentContent;
  known: KnownResources;
  /** Names that are taken; `undefined` until read. */
  taken: readonly string[] | undefined;
  making: boolean;
  failure: Failure | undefined;
  /** Once it is made. */
  made: { id: string; name: string } | undefined;
  message: string;
  turn: Turn | undefined;
}

export interface NewAgent extends DocumentModel {
  readonly view: Readable<NewAgentState>;
  choose(start: StartingPoint): void;
  rename(name: string): void;
  change(change: Partial<AgentContent>): void;
  go(step: Step): void;
  /** Makes it and goes to the step where it is tried. */
  make(): Promise<void>;
  write(message: string): void;
  send(): Promise<void>;
  /** Opens its editor in place of this page. */
  open(): Promise<void>;
}

/** What is typed outlives a reload. */
const key = 'agents/new';

const own: readonly StartingPoint[] = [
  { id: 'blank', name: 'new-agent', title: 'Blank', content: blankAgent, from: 'product' },
  {
    id: 'example',
    name: exampleAgent.name,
    title: 'Mood reader',
    content: exampleAgent.content,
    from: 'product',
  },
];

/** A new agent, made step by step; nothing is kept at the server before it is made. */
export function createNewAgent(platform: Platform, resource: Resource): NewAgent {
  const { api, clock, context, deletions, editors, storage } = platform;
  const kept = readJson<Pick<NewAgentState, 'step' | 'chosen' | 'name' | 'content'>>(storage, key);
  const first = own[0]!;
  const store = createStore<NewAgentState>(() => ({
    step: 'template',
    starts: undefined,
    chosen: first.id,
    name: first.name,
    content: first.content,
    known: nothingKnown,
    taken: undefined,
    making: false,
    failure: undefined,
    made: undefined,
    message: 'Say in one sentence what you do.',
    turn: undefined,
    ...kept,
  }));
  const title = { title: 'New agent', dirty: false };
  const stopping = new AbortController();
  const following = followKnown(platform, (known) =>
    store.setState({ known: { ...store.getState().known, ...known } }),
  );

  function set(change: Partial<NewAgentState>) {
    store.setState(change);
    const { step, chosen, name, content, made } = store.getState();
    if (!made) storage.set(key, JSON.stringify({ step, chosen, name, content }));
  }

  async function readStarts() {
    const answer = context.get('permission:templates:read')
      ? await api.call(templateRoutes.list, { query: { of: 'agent', limit: 200 } })
      : undefined;
    store.setState({ starts: [...own, ...(answer?.ok ? answer.value.items.flatMap(startingPoint) : [])] });
  }
  async function readTaken() {
    const answer = await api.call(agentRoutes.list, { query: { limit: 200 } });
    if (!answer.ok) return;
    const taken = answer.value.items.map(({ name }) => name);
    const { name, made } = store.getState();
    store.setState({ taken, ...(!kept && !made && { name: freeName(name, taken) }) });
  }
  void readStarts();
  void readTaken();

  return {
    resource,
    state: { getState: () => title, subscribe: () => () => undefined },
    view: store,
    choose({ id, name, content }) {
      set({ chosen: id, name: freeName(name, store.getState().taken ?? []), content });
    },
    rename: (name) => set({ name, failure: undefined }),
    change: (change) => set({ content: { ...store.getState().content, ...change }, failure: undefined }),
    go: (step) => set({ step }),
    async make() {
      const { name, content, making } = store.getState();
      if (making) return;
      store.setState({ making: true, failure: undefined });
      // A name is free again when what had it is gone.
      await deletions.finish();
      const answer = await api.call(agentRoutes.create, { body: { name: name.trim(), content } });
      store.setState({ making: false });
      if (!answer.ok) return store.setState({ failure: answer.failure });
      storage.remove(key);
      store.setState({ made: { id: answer.value.id, name: answer.value.name }, step: 'try' });
    },
    write: (message) => store.setState({ message }),
    async send() {
      const { made, message, turn } = store.getState();
      const prompt = message.trim();
      if (!made || !prompt || turn?.status === 'running') return;
      const startedAt = clock.now();
      store.setState({ turn: begun(1, { prompt, said: prompt }, 1, startedAt) });
      const answer = await agentRuns(api, made.id).run(
        { prompt },
        (event) => {
          const { turn: now } = store.getState();
          if (now) store.setState({ turn: turnAfter(now, event) });
        },
        stopping.signal,
      );
      const { turn: now } = store.getState();
      if (!now) return;
      store.setState({
        turn: answer.ok
          ? turnOfRun(now, answer.value)
          : ended(now, 'failed', { failure: answer.failure, duration: clock.now() - startedAt }),
      });
    },
    async open() {
      const { made } = store.getState();
      if (!made) return;
      editors.discard(resource);
      await editors.open({ kind: 'agent', id: made.id, name: made.name });
    },
    dispose() {
      stopping.abort();
      following.dispose();
    },
  };
}

function startingPoint({ id, name, builtIn, content }: Template): StartingPoint[] {
  return content.of === 'agent'
    ? [{ id, name, title: name, content: content.content, from: builtIn ? 'product' : 'own' }]
    : [];
}

/** What is wrong with the name. */
export function nameProblem({ name, taken }: NewAgentState): string | undefined {
  return wrongName(name, 'an agent', taken ?? []);
}

/** What keeps it from being made, by the step where it is mended. */
export function problemsOfSteps({
  content,
  known,
}: NewAgentState): ReadonlyMap<Step, readonly ContentProblem[]> {
  const names = (items: readonly { name: string }[] | undefined) => items?.map(({ name }) => name);
  const problems = checkAgent(content, {
    tools: names(known.tools),
    providers: names(known.providers),
    tasks: names(known.tasks),
    policies: names(known.policies),
  }).filter(({ severity }) => severity === 'error');
  const found = new Map<Step, ContentProblem[]>();
  for (const problem of problems) {
    const step = stepOf(problem.path?.[0]);
    found.set(step, [...(found.get(step) ?? []), problem]);
  }
  return found;
}

function stepOf(field: string | undefined): Step {
  if (field === 'tools') return 'tools';
  if (field === 'provider' || field === 'model' || field === 'fallbacks' || field === 'parameters')
    return 'model';
  return 'prompt';
}
