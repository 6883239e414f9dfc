import type { StepSource } from './step.ts';

export const time: StepSource = (scenario) => {
  const gone = new Set(
    scenario
      .events('TIMER')
      .filter(({ intent }) => intent === 'TRIGGERED' || intent === 'CANCELED')
      .map(({ key }) => key),
  );
  const runs = scenario.events('TIMER', 'CREATED').some(({ key }) => !gone.has(key));
  return {
    onward: runs ? [() => scenario.wait(60_000)] : [],
    detours: [() => scenario.wait(10_000), () => scenario.wait(60_000)],
  };
};
