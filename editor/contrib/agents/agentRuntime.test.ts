import type { AgentRuntime } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn } from '../../test/versionedServer.ts';
import { agentKind } from './agentKind.ts';
import { followRuntime } from './agentRuntime.ts';

const idle: AgentRuntime = {
  state: 'idle',
  stopped: null,
  runs: [],
  thread: null,
  restarts: 0,
  lastCrash: null,
};
const run = { id: 'r1', kind: 'request' as const, instanceKey: null, startedAt: '2026-01-02T03:04:05Z' };

let asked: string[];
let answer: AgentRuntime;
let platform: Platform;
beforeEach(() => {
  asked = [];
  answer = idle;
  ({ platform } = platformOn(
    async (url, options) => {
      asked.push(`${options?.method ?? 'GET'} ${String(url).replace(/^.*\/api/, '')}`);
      return Response.json(answer);
    },
    undefined,
    agentKind,
  ));
});

async function opened() {
  const runtime = followRuntime(platform, { id: 'a1', name: () => 'triage' });
  await settled();
  asked = asked.filter((each) => each.includes('/a1/'));
  return runtime;
}

it('says how an agent is, and stops it at once while it does nothing', async () => {
  const runtime = await opened();
  expect(runtime.getState().runtime).toEqual(idle);
  answer = { ...idle, state: 'stopped', stopped: { at: '2026-01-02T03:04:05Z', by: 'admin' } };
  await runtime.stop();
  expect(runtime.getState()).toMatchObject({ runtime: { state: 'stopped' }, busy: undefined });
  expect(asked).toEqual(['GET /agents/a1/runtime', 'POST /agents/a1/stop']);
});

it('asks before it ends runs', async () => {
  answer = { ...idle, state: 'running', runs: [run] };
  const runtime = await opened();
  const stopping = runtime.stop();
  const dialog = platform.dialogs.getState();
  expect(dialog).toMatchObject({ type: 'question', question: { title: 'Stop triage?' } });
  if (dialog?.type === 'question') dialog.answer(undefined);
  await stopping;
  expect(asked).toEqual(['GET /agents/a1/runtime']);
});
