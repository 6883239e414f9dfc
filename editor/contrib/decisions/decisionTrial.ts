import type { JsonObject } from '@baton/engine/protocol';
import { type DecisionTrial, decisionTrialRoutes } from '@baton/gateway/api';
import { dmnNamesOf } from '@baton/gateway/documents';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Platform } from '../../platform/platform.ts';
import { type FormField, type FormValues, initialValues, readValues } from '../../ui/schemaForm.ts';
import { decisionInputs, valuesOf, variablesOf } from './decisionInputs.ts';

export interface TrialState {
  /** What was typed stays for every decision of the file that asks for the same. */
  values: FormValues;
  errors: Readonly<Record<string, string>>;
  busy: boolean;
  /** Of which decision in which text the answer is, and to what. */
  of?: { decisionId: string; xml: string; variables: JsonObject };
  answer?: DecisionTrial;
}

/** A decision tried out as it stands in the draft. */
export interface Trial extends StoreApi<TrialState> {
  fields(xml: string, decisionId: string): readonly FormField[];
  evaluate(xml: string, decisionId: string): Promise<void>;
  /** Types what a decision was told before. */
  fill(xml: string, decisionId: string, variables: JsonObject): void;
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
      const variables = { ...(more as object), ...variablesOf(own) } as JsonObject;
      const answer = await api.call(decisionTrialRoutes.evaluate, { body: { xml, decisionId, variables } });
      store.setState({ busy: false });
      if (!answer.ok) return notifications.failure(answer.failure);
      store.setState({ of: { decisionId, xml, variables }, answer: answer.value });
      answered(answer.value);
    },
    fill(xml, decisionId, variables) {
      const known = fields(xml, decisionId);
      store.setState({ values: initialValues(known, valuesOf(known, variables)), errors: {} });
    },
  };
}

/** The decision that is looked at, else the one nothing else in the file requires: the first. */
export function triedDecision(xml: string, active: string | undefined): string | undefined {
  const { decisions } = dmnNamesOf(xml);
  return (decisions.find(({ id }) => id === active) ?? decisions[0])?.id;
}
