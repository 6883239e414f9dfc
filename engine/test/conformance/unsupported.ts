import { isUnanswered } from './zeebeGrpc.ts';

interface Unsupported {
  /** What the door answers. */
  answer: RegExp;
  feature: string;
}

const conditionalEvents: Unsupported = {
  answer: /conditionalEventDefinition\n {4}- ERROR: Event definition of this type is not supported/,
  feature: 'conditional events came with 8.9',
};

/** What a real one does not know, as its door tells: a scenario that meets one of these answers is skipped there by that name. */
export const unsupported = {
  '8.8.21': [conditionalEvents],
  '8.6.0': [
    conditionalEvents,
    {
      answer: /Elements of type 'AdHocSubProcess' are currently not supported/,
      feature: 'ad-hoc sub-processes came with 8.7',
    },
    {
      answer: /No enum constant [\w.]+ZeebeTaskListenerEventType\./,
      feature: 'these events of task listeners came with 8.8',
    },
    {
      answer: /Must have at least one outgoing sequence flow or association/,
      feature: 'boundary events that lead nowhere came with 8.8 (quirk 13)',
    },
  ],
} satisfies { [oracle: string]: readonly Unsupported[] };

/** ms that the real ones have for an answer: the process-test engine loses one now and then. */
export const PATIENCE = 20_000;

/** The feature that is missing there, when an answer says so; or that there is no answer, so that nothing can be compared. */
export function missingFeature(oracle: keyof typeof unsupported, answer: string): string | undefined {
  if (isUnanswered(answer)) return `it gave no answer within ${PATIENCE} ms`;
  return unsupported[oracle].find((one) => one.answer.test(answer))?.feature;
}
