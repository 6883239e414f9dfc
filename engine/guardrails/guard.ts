import type { GuardPlace, GuardVerdict } from '@baton/engine/protocol';
import type { Check, CheckContext } from './check.ts';
import { type LengthSettings, length } from './checks/length.ts';
import { type SecretsSettings, secrets } from './checks/secrets.ts';

/** Every check there is. */
const checks = { secrets, length } satisfies {
  [N in CheckSettings['check']]: Check<Extract<CheckSettings, { check: N }>>;
};

export type CheckSettings = SecretsSettings | LengthSettings;
export type PolicyCheck = CheckSettings & { places: readonly GuardPlace[] };

/** A policy as it was saved. */
export interface GuardrailPolicy {
  name: string;
  checks: readonly PolicyCheck[];
}

export interface Guarded {
  /** What may go on: masked where a check says so. `undefined` = blocked. */
  text: string | undefined;
  /** One of each check that looked, in the order of the policy, up to the one that blocked. */
  verdicts: GuardVerdict[];
}

/** What stands between an agent and the world. */
export interface Guard {
  check(place: GuardPlace, text: string): Guarded;
  /** Tells the pieces of a text that is still coming as far as every check is settled. */
  stream(place: GuardPlace, tell: (text: string) => void): GuardedStream;
}

export interface GuardedStream {
  hear(text: string): void;
  /** The whole text was judged and may go on: tells what was held back. */
  end(): void;
}

/** What goes into a prompt. */
const prompted: readonly GuardPlace[] = ['input', 'toolResult'];
/** Stands for a policy's name where it is none's. */
const always = 'always';
/** Stands where no policy says what becomes of secrets on their way into a prompt: none gets there. */
const unasked: PolicyCheck = { check: 'secrets', action: 'mask', places: prompted };

export function createGuard(policy: GuardrailPolicy | undefined, known: readonly string[]): Guard {
  function at(place: GuardPlace): readonly PolicyCheck[] {
    const asked = policy?.checks.filter(({ places }) => places.includes(place)) ?? [];
    const looked = asked.some(({ check }) => check === 'secrets');
    return looked || !prompted.includes(place) ? asked : [unasked, ...asked];
  }
  const context = (place: GuardPlace, text: string, settings: PolicyCheck): CheckContext<never> => ({
    place,
    text,
    settings: settings as never,
    secrets: known,
  });

  function check(place: GuardPlace, given: string): Guarded {
    const verdicts: GuardVerdict[] = [];
    let text = given;
    for (const settings of at(place)) {
      const judged = (checks[settings.check] as Check<never>).check(context(place, text, settings));
      if (settings !== unasked || judged.action !== 'allow')
        verdicts.push({
          policy: settings === unasked ? always : (policy?.name ?? ''),
          check: settings.check,
          place,
          action: judged.action,
          ...(judged.action !== 'allow' && { message: judged.message }),
        });
      if (judged.action === 'block') return { text: undefined, verdicts };
      if (judged.action === 'mask') text = judged.text;
    }
    return { text, verdicts };
  }

  return {
    check,
    stream(place, tell) {
      const asked = at(place);
      let held = '';
      let told = 0;
      const release = (count: number) => {
        if (count <= 0) return;
        const { text } = check(place, held.slice(0, count));
        held = held.slice(count);
        told += count;
        // What would be blocked is not told; that the whole is blocked is said when it is judged.
        if (text) tell(text);
      };
      return {
        hear(text) {
          held += text;
          release(
            asked.reduce(
              (least, settings) =>
                Math.min(
                  least,
                  (checks[settings.check] as Check<never>).settled(context(place, held, settings), told),
                ),
              held.length,
            ),
          );
        },
        end: () => release(held.length),
      };
    },
  };
}
