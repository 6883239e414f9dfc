import { commands } from '@baton/engine/broker';
import type { Step, StepSource } from './step.ts';

export const messages: StepSource = (scenario) => {
  const onward: Step[] = [];
  const detours: Step[] = [];
  const ended = new Set(
    scenario
      .events('PROCESS_MESSAGE_SUBSCRIPTION')
      .filter(({ intent, value }) => intent === 'DELETED' || (intent === 'CORRELATED' && value.interrupting))
      .map(({ key }) => key),
  );
  for (const { key, value } of scenario.events('PROCESS_MESSAGE_SUBSCRIPTION', 'CREATED')) {
    if (ended.has(key)) continue;
    const publish = (timeToLive: number) =>
      scenario.within(
        commands.publishMessage(
          {
            name: value.messageName,
            correlationKey: value.correlationKey,
            messageId: '',
            timeToLive,
            variables: { came: key },
          },
          scenario.tenantId,
        ),
      );
    // a message that interrupts nothing brings the instance no nearer to its end
    (value.interrupting ? onward : detours).push(() => publish(0));
    detours.push(() => publish(30_000));
  }
  return { onward, detours };
};
