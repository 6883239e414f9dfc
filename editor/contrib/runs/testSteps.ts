import type { Step } from './loops.ts';

/** Recorded calls of these kinds, one after the other; for tests. */
export function blankSteps(kinds: readonly Step['kind'][]): Step[] {
  return kinds.map((kind, at) => ({
    sequence: at + 1,
    kind,
    name: kind === 'model' ? 'triage' : 'order-lookup',
    version: 1,
    model: kind === 'model' ? 'cloud/large' : '',
    request: {},
    response: {},
    error: null,
    usage:
      kind === 'model'
        ? { inputTokens: 6, outputTokens: 4, cost: 0.25 }
        : { inputTokens: 0, outputTokens: 0, cost: 0 },
    startedAt: '2026-01-01T00:00:00.000Z',
    duration: 5,
  }));
}
