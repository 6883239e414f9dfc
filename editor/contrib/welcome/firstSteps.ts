import { instanceRoutes, type WorkflowSummary, workflowRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import type { Platform } from '../../platform/platform.ts';

export interface FirstStepsState {
  loaded: boolean;
  /** Most recently changed first. */
  workflows: readonly WorkflowSummary[];
  runs: number;
  completed: number;
}

export interface Step {
  id: string;
  title: string;
  description: string;
  done: boolean;
}

export interface FirstSteps extends Readable<FirstStepsState>, Disposable {}

/** What the tenant has already: the steps tick themselves by it. */
export function createFirstSteps({ api, live, timers, context }: Platform): FirstSteps {
  const store = createStore<FirstStepsState>(() => ({ loaded: false, workflows: [], runs: 0, completed: 0 }));
  let waiting: Disposable | undefined;
  async function read() {
    const may = (permission: string) => Boolean(context.get(`permission:${permission}`));
    const [workflows, runs, completed] = await Promise.all([
      may('workflows:read') ? api.call(workflowRoutes.listWorkflows, { query: { limit: 200 } }) : undefined,
      may('instances:read') ? api.call(instanceRoutes.listInstances, { query: { limit: 1 } }) : undefined,
      may('instances:read')
        ? api.call(instanceRoutes.listInstances, { query: { limit: 1, state: 'COMPLETED' } })
        : undefined,
    ]);
    store.setState({
      loaded: true,
      workflows: workflows?.ok
        ? [...workflows.value.items].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
        : store.getState().workflows,
      runs: runs?.ok ? runs.value.total : 0,
      completed: completed?.ok ? completed.value.total : 0,
    });
  }
  const readSoon = () => {
    waiting?.dispose();
    waiting = timers.after(200, () => void read());
  };
  const listener = { event: readSoon, reset: readSoon };
  const subscriptions = [
    live.subscribeTopic('workflows', listener),
    live.subscribeTopic('instances', listener),
  ];
  void read();
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    dispose: () => disposeAll(...subscriptions, ...(waiting ? [waiting] : [])).dispose(),
  };
}

/** The workflow every new tenant gets. */
export function exampleOf(workflows: readonly WorkflowSummary[]): WorkflowSummary | undefined {
  return workflows.find((workflow) => workflow.name === 'Support triage');
}

export function stepsOf(
  { workflows, runs, completed }: FirstStepsState,
  role: string,
  tenant: string,
): Step[] {
  const example = exampleOf(workflows) !== undefined;
  const draw: Step = {
    id: 'draw',
    title: example ? 'Draw a workflow of your own' : 'Draw a workflow',
    description: 'Drag an agent and two tools from the palette, press F5',
    done: workflows.length > (example ? 1 : 0),
  };
  const run: Step = {
    id: 'run',
    title: example ? 'Run the example' : 'Run it',
    description: 'Watch tokens move and an answer arrive',
    done: runs > 0,
  };
  return [
    { id: 'signIn', title: 'Sign in', description: `Role ${role} in ${tenant}`, done: true },
    ...(example ? [] : [draw]),
    run,
    {
      id: 'complete',
      title: 'Finish a run',
      description: 'Complete the waiting task in the inbox',
      done: completed > 0,
    },
    ...(example ? [draw] : []),
  ];
}
