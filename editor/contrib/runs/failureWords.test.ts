import { expect, test } from 'vitest';
import { causeOf } from './failureWords.ts';

test('an error that nobody caught is told as what was thrown', () => {
  expect(
    causeOf({
      errorType: 'UNHANDLED_ERROR_EVENT',
      message:
        "Expected to throw an error event with the code 'BUDGET_EXCEEDED' with message 'Expected at most 3 model calls, but the agent wants one more', but it was not caught. No error events are available in the scope.",
    }),
  ).toEqual({
    code: 'BUDGET_EXCEEDED',
    message: 'Expected at most 3 model calls, but the agent wants one more.',
  });
});

test('a limit of model calls is a limit, by whatever code its model knows it', () => {
  const message =
    "Expected to throw an error event with the code 'MAXIMUM_NUMBER_OF_MODEL_CALLS_REACHED' with message 'Expected at most 3 model calls, but the agent wants one more', but it was not caught. No error events are available in the scope.";
  expect(causeOf({ errorType: 'UNHANDLED_ERROR_EVENT', message }).code).toBe('BUDGET_EXCEEDED');
});

test('a failed job is told as why it failed', () => {
  expect(
    causeOf({ errorType: 'JOB_NO_RETRIES', message: 'QUOTA_EXCEEDED: Expected at most $5.00 a day' }),
  ).toEqual({ code: 'QUOTA_EXCEEDED', message: 'Expected at most $5.00 a day' });
});

test('what the engine says of itself stays as it is', () => {
  const incident = { errorType: 'IO_MAPPING_ERROR', message: 'Expected a number: x is null' };
  expect(causeOf(incident)).toEqual({ code: 'IO_MAPPING_ERROR', message: incident.message });
});
