import type { Resource } from '../../platform/documents.ts';
import type { Platform } from '../../platform/platform.ts';
import { counted } from '../../ui/figures.ts';
import type { Replay, Replays } from './replays.ts';

/** Replays a recording and lists what came of it among the results of tests. */
export async function replayed(
  platform: Platform,
  replays: Replays,
  recording: string,
  resource: Resource | undefined = platform.editors.activeResource(),
): Promise<void> {
  const working = replays.replay(recording);
  const report = () => {
    const replay = replays.getState().get(recording);
    if (!resource || !replay) return;
    platform.testResults.put({
      of: `replay ${recording}`,
      resource,
      title: platform.editors.model(resource)?.state.getState().title ?? `Run ${recording}`,
      icon: 'run',
      state: replay.state === 'running' ? 'running' : 'done',
      results: resultsOf(replay),
      ...(replay.failure && { failure: replay.failure.message }),
      at: platform.clock.now(),
      rerun: () => void replayed(platform, replays, recording, resource),
    });
  };
  report();
  await working;
  report();
}

function resultsOf({ state, calls, difference }: Replay) {
  const name = 'Replay from the record';
  if (difference)
    return [
      {
        name,
        passed: false,
        message: `Expected ${JSON.stringify(difference.recorded)} at ${difference.pointer || '/'} of call ${difference.sequence}, but it is ${JSON.stringify(difference.now)}.`,
      },
    ];
  return state === 'alike'
    ? [{ name, passed: true, message: `${counted(calls, 'call')} done over alike` }]
    : [];
}
