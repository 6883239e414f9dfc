import type { IncidentValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export interface Incident {
  readonly key: number;
  readonly tenantId: string;
  readonly value: IncidentValue;
}

/** Open incidents, and which one an element instance has. */
export interface Incidents {
  get(key: number): Incident | undefined;
  ofElement(elementInstanceKey: number): Incident | undefined;
  add(incident: Incident): void;
  remove(key: number): void;
}

export function createIncidents(store: Store): Incidents {
  const incidents = store.table<number, Incident>('incidents');
  const byElement = store.table<number, number>('incidentsByElement');
  return {
    get: (key) => incidents.get(key),
    ofElement(elementInstanceKey) {
      const key = byElement.get(elementInstanceKey);
      return key === undefined ? undefined : incidents.get(key);
    },
    add(incident) {
      incidents.put(incident.key, incident);
      byElement.put(incident.value.elementInstanceKey, incident.key);
    },
    remove(key) {
      const incident = incidents.get(key);
      if (!incident) return;
      incidents.delete(key);
      byElement.delete(incident.value.elementInstanceKey);
    },
  };
}
