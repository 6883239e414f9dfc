import type { GuardVerdictView } from '@baton/gateway/api';
import { counted } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';

const places: { readonly [P in GuardVerdictView['place']]: string } = {
  input: 'what was asked',
  output: 'the answer',
  toolArguments: 'what the tool was given',
  toolResult: 'what the tool gave back',
};

/** What guardrails said: what they changed or stopped in full, what they let through as a number. */
export function Verdicts({ verdicts = [] }: { verdicts: readonly GuardVerdictView[] | undefined }) {
  if (verdicts.length === 0) return null;
  const told = verdicts.filter(({ action }) => action !== 'allow');
  const passed = verdicts.length - told.length;
  return (
    <ul className="verdicts">
      {told.map(({ policy, check, place, action, message }) => (
        <li key={`${policy}/${check}/${place}`}>
          <Icon name="guardrail" kind="guardrail" size={14} />
          <span>
            <b>{action === 'block' ? 'Blocked' : 'Masked'}</b> {places[place]} · {policy} / {check}
            {message && <span className="dim"> · {message}</span>}
          </span>
        </li>
      ))}
      {passed > 0 && (
        <li className="dim" title={verdicts.map(({ policy, check }) => `${policy} / ${check}`).join(', ')}>
          <Icon name="guardrail" size={14} />
          <span>{counted(passed, 'check')} passed</span>
        </li>
      )}
    </ul>
  );
}
