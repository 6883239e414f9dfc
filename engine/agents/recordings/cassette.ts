import { createGuard } from '@baton/engine/guardrails';
import type { AgentRecording, JsonValue } from '@baton/engine/protocol';
import { requestHash } from '../canonical.ts';
import { askedFor } from './replayRun.ts';

const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** Shorter ones stand in too many words that are no secrets. */
const shortestSecret = 4;

/**
 * A recording without what is nobody else's business: keys, the tenant's secrets, addresses of people. The same is masked alike
 * wherever it stands, so that the run is done over as it was; the same recording gives the same cassette.
 * @param secrets to look for, beside the formats of keys
 */
export function cassetteOf(recording: AgentRecording, secrets: readonly string[]): AgentRecording {
  const guard = createGuard(
    { name: 'cassette', checks: [{ check: 'secrets', action: 'mask', places: ['output'] }] },
    secrets.filter(({ length }) => length >= shortestSecret),
  );
  const people = new Map<string, string>();
  const person = (address: string): string => {
    const known = people.get(address.toLowerCase()) ?? `person-${people.size + 1}@masked.example`;
    people.set(address.toLowerCase(), known);
    return known;
  };
  const maskedText = (text: string) => (guard.check('output', text).text ?? '').replace(email, person);
  function masked<V>(value: V): V;
  function masked(value: unknown): unknown {
    if (typeof value === 'string') return maskedText(value);
    if (Array.isArray(value)) return value.map((each) => masked(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [maskedText(name), masked(each)]));
  }

  const { calls, grants, ...rest } = recording;
  return {
    ...masked(rest),
    grants: grants.map((grant) => ({ ...grant, tenantId, by: 'somebody' })),
    calls: calls.map((call) => {
      const told = { ...masked(call), tenantId };
      return { ...told, requestHash: requestHash(askedFor(told) as JsonValue) };
    }),
  };
}

/** A cassette says of no tenant whose it is. */
const tenantId = 'masked';
