import { type JsonValue, policyContent } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { problemsOf, unknownIn } from './checkAgent.ts';

it('says of a policy what the gateway would refuse', () => {
  const said = (content: JsonValue) =>
    [...problemsOf(policyContent, content, 'policy'), ...unknownIn(policyContent, content, 'policy')].map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
  const check = { check: 'length', places: ['input'], maxCharacters: 100, action: 'block' };
  expect(said({ kind: 'guardrail', description: '', checks: [check] })).toEqual([]);
  expect(said({ kind: 'guardrail', checks: [{ ...check, unit: 'words' }] })).toEqual([
    'checks.0.unit: Expected names that are known here, but found unit.',
  ]);
  expect(said({ kind: 'guardrail', checks: [] })).toEqual([
    'checks: Expected at least 1, but there are none.',
  ]);
  expect(said({ kind: 'guardrail', checks: [{ ...check, places: ['somewhere'] }] })).toEqual([
    'checks.0.places.0: Expected one of input, output, toolArguments, toolResult, but it is "somewhere".',
  ]);
  expect(said({ kind: 'other', checks: [check] })).toEqual([
    'kind: Expected a kind that is known, but it is "other".',
  ]);
});
