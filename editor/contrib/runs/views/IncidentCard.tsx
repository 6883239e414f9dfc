import type { Incident } from '@baton/gateway/api';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { exactTime, preciseTime } from '../../../ui/time.ts';
import type { RunDocument } from '../runDocument.ts';

/** Why a run stands, and the way on. */
export function IncidentCard({ incident, document }: { incident: Incident; document: RunDocument }) {
  const { busy, elements } = useStore(document.view);
  const name =
    elements.find((element) => element.key === incident.elementInstanceKey)?.elementName ||
    incident.elementId;
  const mayRetry = document.platform.me.permissions.includes('incidents:resolve');
  const open = incident.state === 'ACTIVE';
  return (
    <div className={`incidentcard${open ? '' : ' is-resolved'}`} role={open ? 'alert' : undefined}>
      <span className={open ? 'c-incident' : 'c-completed'}>
        <Icon name={open ? 'codicon:zap' : 'codicon:check'} />
      </span>
      <div className="body">
        <div className="strong">
          {open ? 'Incident' : 'Resolved'}: {incident.errorType}
        </div>
        <div className="dim sm" title={exactTime(incident.createdAt)}>
          {name}, since {preciseTime(incident.createdAt)}
        </div>
        <p>{incident.message}</p>
        {open && mayRetry && (
          <Button
            look="primary"
            size="sm"
            busy={busy === 'retrying'}
            onClick={() => void document.retry(incident)}
          >
            Retry
          </Button>
        )}
      </div>
    </div>
  );
}
