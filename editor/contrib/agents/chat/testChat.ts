import type { Result } from '@baton/engine/protocol';
import type { AgentContent, AgentRunView } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../../../base/disposable.ts';
import { createEmitter } from '../../../base/event.ts';
import type { Readable } from '../../../base/readable.ts';
import type { Failure } from '../../../platform/failure.ts';
import { type Clock, type KeyValueStorage, readJson } from '../../../platform/host.ts';
import type { AgentRuns } from './agentRuns.ts';
import { inputOf, messageVariable, valuesText } from './promptValues.ts';
import { createSentences } from './sentences.ts';
import { begun, earlierTurn, ended, type Turn, turnAfter, turnOfRun } from './turn.ts';

export interface TestChatState {
  /** What is being typed; it outlives a reload. */
  input: string;
  /** What is typed for the variables of the agent's own prompt, by their names. */
  values: Readonly<Record<string, string>>;
  turns: readonly Turn[];
  /** What is read aloud: the last sentence of the answer. */
  announced: string;
  /** Calls whose arguments and results are shown. */
  open: ReadonlySet<string>;
  /** Earlier runs, once they are asked for. */
  history: { runs: readonly AgentRunView[] | undefined; failure: Failure | undefined } | undefined;
  /** One of them, in sight. */
  earlier: { run: AgentRunView; turn: Turn | undefined; failure: Failure | undefined } | undefined;
}

export interface TestChat extends Readable<TestChatState>, Disposable {
  type(text: string): void;
  fill(variable: string, text: string): void;
  /** Sends what is typed. */
  send(): Promise<void>;
  /** The last message once more. */
  retry(): Promise<void>;
  stop(): void;
  /** A new conversation; what is typed stays. */
  clear(): void;
  toggle(callId: string): void;
  /** Asks for the focus; who shows the chat listens. */
  focus(): void;
  onFocus(focus: () => void): Disposable;
  showHistory(shown: boolean): Promise<void>;
  showEarlier(run: AgentRunView | undefined): Promise<void>;
}

export interface Subject {
  of: Turn['of'];
  /** The draft. */
  content?: AgentContent;
  /** What its own prompt asks to be filled in. */
  variables: readonly string[];
  /** Whether it remembers what was said before. */
  remembers: boolean;
}

export interface TestChatOptions {
  /** Id of the agent. */
  id: string;
  clock: Clock;
  storage: KeyValueStorage;
  /** What is talked to: the draft as it stands, or the version saved; or why neither can be. */
  subject(): Result<Subject, Failure>;
  runs: AgentRuns;
}

const maxTurns = 100;

/** A conversation with the agent as it is edited. */
export function createTestChat({ id, clock, storage, subject, runs }: TestChatOptions): TestChat {
  const key = `agents/chat/${id}`;
  const valuesKey = `agents/chat/${id}/values`;
  const store = createStore<TestChatState>(() => ({
    input: storage.get(key) ?? '',
    values: readJson<Record<string, string>>(storage, valuesKey) ?? {},
    turns: [],
    announced: '',
    open: new Set(),
    history: undefined,
    earlier: undefined,
  }));
  const focusing = createEmitter<void>();
  let nextTurn = 1;
  let running: AbortController | undefined;
  let conversation: string | undefined;

  function remember(text: string) {
    if (text) storage.set(key, text);
    else storage.remove(key);
  }
  function keep(input: string) {
    store.setState({ input });
    remember(input);
  }

  function change(turn: number, next: (turn: Turn) => Turn) {
    store.setState({
      turns: store.getState().turns.map((known) => (known.id === turn ? next(known) : known)),
    });
  }

  async function ask(prompt: string): Promise<void> {
    if (running) return;
    const asked = subject();
    const variables = asked.ok ? asked.value.variables : [];
    const { values } = store.getState();
    const spokenAs = prompt ? messageVariable(variables, values) : undefined;
    const input = inputOf(variables, spokenAs ? { ...values, [spokenAs]: prompt } : values);
    const said = [valuesText(variables, values), prompt].filter(Boolean).join('\n\n');
    const turn = begun(nextTurn++, { prompt, said }, asked.ok ? asked.value.of : 'draft', clock.now());
    store.setState({
      turns: [...store.getState().turns, turn].slice(-maxTurns),
      announced: '',
      earlier: undefined,
    });
    let started = false;
    const fail = (failure: Failure, duration: number) => {
      change(turn.id, (now) => ended(now, 'failed', { failure, duration }));
      // Nobody has it yet: it can be sent again as it is or with other words.
      if (!started && !store.getState().input) keep(prompt);
    };
    if (!asked.ok) return fail(asked.failure, 0);

    const stopping = new AbortController();
    const { signal } = stopping;
    running = stopping;
    const sentences = createSentences((announced) => store.setState({ announced }));
    const { of, remembers, variables: _, ...draft } = asked.value;
    conversation ??= `test-${clock.now().toString(36)}`;
    const answer = await runs.run(
      {
        ...(prompt && !spokenAs && { prompt }),
        ...(input && { input }),
        ...draft,
        ...(remembers && { conversation }),
      },
      (event) => {
        // What comes after Stop is of no interest any more.
        if (signal.aborted) return;
        if (!started) remember(store.getState().input);
        started = true;
        if (event.event === 'text.delta') sentences.add(event.data.text);
        change(turn.id, (now) => turnAfter(now, event));
      },
      signal,
    );
    sentences.finish();
    if (running === stopping) running = undefined;
    const duration = clock.now() - turn.startedAt;
    if (!started && answer.ok) remember(store.getState().input);
    if (signal.aborted) change(turn.id, (now) => ended(now, 'stopped', { duration }));
    else if (answer.ok) change(turn.id, (now) => turnOfRun(now, answer.value));
    else fail(answer.failure, duration);
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    ...disposable(() => running?.abort()),
    type: keep,
    fill(variable, text) {
      const values = { ...store.getState().values, [variable]: text };
      store.setState({ values });
      storage.set(valuesKey, JSON.stringify(values));
    },
    async send() {
      const { input, values } = store.getState();
      const prompt = input.trim();
      const asked = subject();
      const filled = asked.ok && inputOf(asked.value.variables, values) !== undefined;
      if ((!prompt && !filled) || running) return;
      // Kept in the browser until the run has begun.
      store.setState({ input: '' });
      await ask(prompt);
    },
    async retry() {
      const { turns, input } = store.getState();
      const last = turns.at(-1);
      if (!last || running) return;
      if (input === last.prompt) store.setState({ input: '' });
      store.setState({ turns: store.getState().turns.slice(0, -1) });
      await ask(last.prompt);
    },
    stop: () => running?.abort(),
    focus: focusing.fire,
    onFocus: focusing.event,
    clear() {
      running?.abort();
      conversation = undefined;
      store.setState({ turns: [], announced: '', open: new Set(), earlier: undefined });
    },
    toggle(call) {
      const open = new Set(store.getState().open);
      if (!open.delete(call)) open.add(call);
      store.setState({ open });
    },
    async showHistory(shown) {
      if (!shown) return store.setState({ history: undefined, earlier: undefined });
      store.setState({ history: { runs: store.getState().history?.runs, failure: undefined } });
      const answer = await runs.list();
      const before = store.getState().history;
      if (!before) return;
      store.setState({
        history: answer.ok
          ? { runs: answer.value, failure: undefined }
          : { ...before, failure: answer.failure },
      });
    },
    async showEarlier(chosen) {
      if (!chosen) return store.setState({ earlier: undefined });
      store.setState({ earlier: { run: chosen, turn: undefined, failure: undefined } });
      const answer = await runs.read(chosen.id);
      if (store.getState().earlier?.run.id !== chosen.id) return;
      store.setState({
        earlier: {
          run: chosen,
          turn: answer.ok ? earlierTurn(answer.value) : undefined,
          failure: answer.ok ? undefined : answer.failure,
        },
      });
    },
  };
}
