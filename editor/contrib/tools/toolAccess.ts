import { type ToolContent, type ToolGrants, toolRoutes } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ResponseOf } from '../../platform/api.ts';
import type { Failure } from '../../platform/failure.ts';
import { blankTool } from './blankTool.ts';
import { readDraft } from './draftProblems.ts';
import type { ToolDocument } from './toolDocument.ts';
import { declaredBy } from './toolDraft.ts';
import { unsaved } from './unsaved.ts';

type Capabilities = ToolContent['capabilities'];

export interface ToolAccessState {
  /** What admins have granted; `undefined` until read. */
  grants: ToolGrants | undefined;
  granting: boolean;
  /** Why the grants could not be read or changed. */
  failure: Failure | undefined;
  tests:
    | { state: 'running' }
    | { state: 'ran'; answer: ResponseOf<typeof toolRoutes.test> }
    | { state: 'failed'; failure: Failure }
    | undefined;
}

/** What of one tool lies beside its content: its grants, and the last run of its tests. */
export interface ToolAccess {
  readonly store: StoreApi<ToolAccessState>;
  read(): Promise<void>;
  /** Grants all that the draft declares, and nothing else. */
  grant(): Promise<void>;
  /** Takes back everything. */
  revoke(): Promise<void>;
  /** Runs the samples of what is in the editor. */
  test(): Promise<void>;
}

const known = new WeakMap<ToolDocument, ToolAccess>();

export function accessOf(document: ToolDocument): ToolAccess {
  const access = known.get(document) ?? createAccess(document);
  known.set(document, access);
  return access;
}

function createAccess(document: ToolDocument): ToolAccess {
  const { api, clock, commands, editors, testResults } = document.platform;
  const params = { id: document.resource.id };
  const store = createStore<ToolAccessState>(() => ({
    grants: undefined,
    granting: false,
    failure: undefined,
    tests: undefined,
  }));
  const draft = () => document.view.getState().draft;
  async function set(body: Capabilities) {
    store.setState({ granting: true });
    const answer = await api.call(toolRoutes.setGrants, { params, body });
    store.setState({
      granting: false,
      ...(answer.ok ? { grants: answer.value, failure: undefined } : { failure: answer.failure }),
    });
    if (answer.ok) document.checkAgain();
  }
  /** The panel of test results says the same, also when the tool is closed. */
  function report(tests: NonNullable<ToolAccessState['tests']>) {
    store.setState({ tests });
    const { resource } = document;
    testResults.put({
      resource,
      title: document.state.getState().title,
      icon: 'tool',
      colour: 'tool',
      state: tests.state === 'running' ? 'running' : 'done',
      results:
        tests.state === 'ran'
          ? tests.answer.results.map(({ name, passed, message, duration }) => ({
              name,
              passed,
              duration,
              ...(message !== undefined && { message }),
            }))
          : [],
      ...(tests.state === 'failed' && { failure: tests.failure.message }),
      at: clock.now(),
      rerun: () => void editors.open(resource).then(() => commands.run('tools.test')),
      open: () =>
        void editors.open(resource).then(() => editors.model(resource)?.reveal?.({ path: ['samples'] })),
    });
  }
  return {
    store,
    async read() {
      const answer = await api.call(toolRoutes.grants, { params });
      store.setState(answer.ok ? { grants: answer.value, failure: undefined } : { failure: answer.failure });
    },
    grant: () => set(declaredBy(draft())),
    revoke: () => set(blankTool.capabilities),
    async test() {
      const content = readDraft(draft());
      if (!content.ok) {
        const message = content.failure[0]?.message ?? '';
        return report({ state: 'failed', failure: { code: 'TOOL_UNREADABLE', message } });
      }
      report({ state: 'running' });
      const answer = await api.call(toolRoutes.test, {
        params,
        body: unsaved(document.platform, content.value),
      });
      report(
        answer.ok ? { state: 'ran', answer: answer.value } : { state: 'failed', failure: answer.failure },
      );
    },
  };
}
