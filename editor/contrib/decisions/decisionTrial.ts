import { type DecisionTrial, decisionTrialRoutes } from '@baton/gateway/api';
import { dmnNamesOf } from '@baton/gateway/documents';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Platform } from '../../platform/platform.ts';
import { type FormField, type FormValues, readValues } from '../../ui/schemaForm.ts';
import { decisionInputs, variablesOf } from './decisionInputs.ts';

export interface TrialState {
  /** What was typed stays for every decision of the file that asks for the same. */
  values: FormValues;
  errors: Readonly<Record<string, string>>;
  busy: boolean;
  /** Of which decision in which text the answer is. */
  of?: { decisionId: string; xml: string };
  answer?: DecisionTrial;
}

/** A decision tried out as it stands in the draft. */
export interface Trial extends StoreApi<TrialState> {
  fields(xml: string, decisionId: string): readonly FormField[];
  evaluate(xml: string, decisionId: string): Promise<void>;
}

/** What no input of a table asks for, but an expression does. */
const others: FormField = {
  name: '',
  title: 'Other variables',
  type: 'json',
  required: false,
  note: 'JSON',
};

export function createTrial(
  { api, notifications }: Pick<Platform, 'api' | 'notifications'>,
  answered: (answer: DecisionTrial | undefined) => void,
): Trial {
  const store = createStore<TrialState>(() => ({ values: {}, errors: {}, busy: false }));
  const fields = (xml: string, decisionId: string) => [...decisionInputs(xml, decisionId), others];
  return {
    ...store,
    fields,
    async evaluate(xml, decisionId) {
      if (store.getState().busy) return;
      const { variables: typed, errors } = readValues(fields(xml, decisionId), store.getState().values);
      store.setState({ errors });
      if (Object.keys(errors).length > 0) return;
      const { '': more = {}, ...own } = typed;
      store.setState({ busy: true });
      const variables = { ...(more as object), ...variablesOf(own) } as never;
      const answer = await api.call(decisionTrialRoutes.evaluate, { body: { xml, decisionId, variables } });
      store.setState({ busy: false });
      if (!answer.ok) return notifications.failure(answer.failure);
      store.setState({ of: { decisionId, xml }, answer: answer.value });
      answered(answer.value);
    },
  };
}

/** The decision that is looked at, else the one nothing else in the file requires: the first. */
export function triedDecision(xml: string, active: string | undefined): string | undefined {
  const { decisions } = dmnNamesOf(xml);
  return (decisions.find(({ id }) => id === active) ?? decisions[0])?.id;
}
