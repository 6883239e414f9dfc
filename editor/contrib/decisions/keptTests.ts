import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import { type DecisionTrial, decisionTrialRoutes } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isObject } from '../../platform/contentPath.ts';
import type { FileDocument } from '../../platform/fileDocument.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TestResult } from '../../platform/testResults.ts';
import type { DecisionDocument } from './decisionDocument.ts';
import { type DecisionTest, testsOf, withTests } from './decisionTests.ts';

export interface TestedState {
  running: boolean;
  /** Of the last run: of which decision, and as the file was then. */
  of?: { decisionId: string; xml: string };
  results: readonly TestResult[];
}

/** Trials that are kept in the file, and how they last went. */
export interface KeptTests extends StoreApi<TestedState> {
  /** Asks for a name. */
  keep(decisionId: string, variables: JsonObject, output: JsonValue): Promise<void>;
  drop(decisionId: string, name: string): void;
  run(decisionId: string): Promise<void>;
}

export function createKeptTests(platform: Platform, file: FileDocument): KeptTests {
  const { api, dialogs, clock, testResults, editors } = platform;
  const { resource } = file;
  const store = createStore<TestedState>(() => ({ running: false, results: [] }));
  const xml = () => file.view.getState().draft;

  async function tried({ name, variables, output }: DecisionTest, of: { xml: string; decisionId: string }) {
    const begun = clock.now();
    const answer = await api.call(decisionTrialRoutes.evaluate, { body: { ...of, variables } });
    const duration = clock.now() - begun;
    const message = answer.ok ? faultOf(answer.value, output) : answer.failure.message;
    return { name, passed: message === undefined, ...(message !== undefined && { message }), duration };
  }

  const again = () => editors.open(resource) as Promise<DecisionDocument | undefined>;

  /** The panel of test results says the same, also when the decision is closed. */
  function report(decisionId: string, running: boolean, results: readonly TestResult[]) {
    testResults.put({
      of: `tests of ${decisionId}`,
      resource,
      title: file.state.getState().title,
      icon: 'codicon:table',
      colour: 'process',
      state: running ? 'running' : 'done',
      results,
      at: clock.now(),
      rerun: () => void again().then((model) => model?.tests.run(decisionId)),
      open: () => void again().then((model) => model?.reveal?.({ elementId: decisionId })),
    });
  }

  return {
    ...store,
    async keep(decisionId, variables, output) {
      const known = testsOf(xml(), decisionId);
      const name = await dialogs.input({
        title: 'Name of the test',
        placeholder: 'a late order is paid back',
        validate: (text) =>
          text === ''
            ? 'Expected a name, but it is empty.'
            : known.some((test) => test.name === text)
              ? `Expected a name that no test has, but there is ${text}.`
              : undefined,
      });
      if (!name) return;
      const kept = withTests(xml(), decisionId, [...testsOf(xml(), decisionId), { name, variables, output }]);
      file.redraw(kept, `keep test ${name}`);
    },
    drop(decisionId, name) {
      const left = testsOf(xml(), decisionId).filter((test) => test.name !== name);
      file.redraw(withTests(xml(), decisionId, left), `drop test ${name}`);
    },
    async run(decisionId) {
      if (store.getState().running) return;
      const of = { xml: xml(), decisionId };
      store.setState({ running: true });
      report(decisionId, true, []);
      const results: TestResult[] = [];
      for (const test of testsOf(of.xml, decisionId)) results.push(await tried(test, of));
      store.setState({ running: false, of, results });
      report(decisionId, false, results);
    },
  };
}

function faultOf(answer: DecisionTrial, expected: JsonValue): string | undefined {
  if (!answer.ok) return answer.message;
  if (answer.failure) return answer.failure.message;
  if (equal(answer.output, expected)) return undefined;
  return `Expected ${JSON.stringify(expected)}, but it answered ${JSON.stringify(answer.output)}.`;
}

/** Values of JSON, whatever order their members are in. */
function equal(one: JsonValue, other: JsonValue): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, at) => equal(each, other[at]!));
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && equal(one[name]!, other[name]!))
  );
}
