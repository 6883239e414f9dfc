import type { Incident } from '@baton/gateway/api';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { exactTime, preciseTime } from '../../../ui/time.ts';
import { budgetOf, isContext } from '../budget.ts';
import { causeOf } from '../failureWords.ts';
import type { RunDocument } from '../runDocument.ts';
import { FailureCard } from './FailureCard.tsx';
import { GrantForm } from './GrantForm.tsx';

/** What can be done besides trying again, by what stopped the run. */
const hints: Readonly<Record<string, string>> = {
  QUOTA_EXCEEDED: 'An admin of the tenant can raise the quota. Then Retry goes on from where it stopped.',
  AGENT_LOOP: 'Retry asks again from where it stopped; a fork tries another prompt or model from any loop.',
  MODEL_UNAVAILABLE: 'With a fallback in the agent, another model stands in the next time.',
};

export const contextHint =
  'What the model is shown is set in the agent, under More settings: show it more, or let the oldest be left out or summed up.';

/** Why a run stands, how far it came, and the way on. */
export function IncidentCard({ incident, document }: { incident: Incident; document: RunDocument }) {
  const { busy, elements, calls = [], grants, limits } = useStore(document.view);
  const name =
    elements.find((element) => element.key === incident.elementInstanceKey)?.elementName ||
    incident.elementId;
  const mayResolve = document.platform.me.permissions.includes('incidents:resolve');
  const open = incident.state === 'ACTIVE';
  const cause = causeOf(incident);
  const own = <T extends { elementInstanceKey: string }>(items: readonly T[]) =>
    items.filter(({ elementInstanceKey }) => elementInstanceKey === incident.elementInstanceKey);
  const steps = own(calls);
  const agent = steps.find(({ kind }) => kind === 'model');
  const tooLong = isContext(cause.message);
  const budget = open && cause.code === 'BUDGET_EXCEEDED' && !tooLong && agent;
  const stoodIn = steps.some(({ fallback }) => fallback);
  const hint = open && (tooLong ? contextHint : !stoodIn && hints[cause.code]);
  return (
    <FailureCard
      cause={cause}
      resolved={!open}
      when={
        <span title={exactTime(incident.createdAt)}>
          {name}, since {preciseTime(incident.createdAt)}
        </span>
      }
    >
      {hint && <p className="dim">{hint}</p>}
      {budget && (
        <GrantForm
          budget={budgetOf(steps, limits.get(`${agent.name}@${agent.version}`), own(grants), cause.message)}
          busy={busy === 'granting'}
          give={mayResolve ? (amounts) => void document.grant(incident, amounts) : undefined}
        />
      )}
      {open && mayResolve && !budget && (
        <Button
          look="primary"
          size="sm"
          busy={busy === 'retrying'}
          onClick={() => void document.retry(incident)}
        >
          Retry
        </Button>
      )}
    </FailureCard>
  );
}
