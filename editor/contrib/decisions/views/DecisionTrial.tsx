import './decisionTrial.css';
import type { TriedStep } from '@baton/gateway/api';
import { dmnNamesOf } from '@baton/gateway/documents';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import type { DecisionDocument } from '../decisionDocument.ts';
import { triedDecision } from '../decisionTrial.ts';

/** Beside a table: its inputs as fields, and what it says to them. */
export function DecisionTrial({ document }: { document: DecisionDocument }) {
  const xml = useStore(document.view, (view) => view.draft);
  const unreadable = useStore(document.view, (view) => view.unreadable !== undefined);
  const active = useStore(document.drawn, (drawn) => drawn.active);
  const { trial } = document;
  const { values, errors, busy, answer, of } = useStore(trial);
  const decisionId = triedDecision(xml, active);
  const fields = useMemo(
    () => (decisionId === undefined ? [] : trial.fields(xml, decisionId)),
    [trial, xml, decisionId],
  );
  if (decisionId === undefined) return <p className="trialempty dim">There is no decision to try.</p>;
  const name = dmnNamesOf(xml).decisions.find(({ id }) => id === decisionId)?.name || decisionId;
  const shown = answer && of?.decisionId === decisionId ? answer : undefined;
  return (
    <section className="decisiontrial" aria-label="Try the decision" data-own-undo data-help="decision">
      <header>
        <h2 className="ellipsis">Try {name}</h2>
      </header>
      <form
        className="trialbody scroll"
        onSubmit={(event) => {
          event.preventDefault();
          void trial.evaluate(xml, decisionId);
        }}
      >
        <SchemaForm
          fields={fields}
          values={values}
          errors={errors}
          onChange={(next) => trial.setState({ values: next })}
        />
        <Button type="submit" look="primary" icon="codicon:play" disabled={busy || unreadable}>
          Evaluate
        </Button>
        {shown && (
          <div role="status" aria-label="Result" className="trialresult">
            {of?.xml !== xml && <p className="hint">The decision was changed since.</p>}
            {!shown.ok && <Callout tone="error">{shown.message}</Callout>}
            {shown.ok && shown.failure && <Callout tone="error">{shown.failure.message}</Callout>}
            {shown.ok && !shown.failure && (
              <>
                <h3>Output</h3>
                <JsonView value={shown.output} />
              </>
            )}
            {shown.ok && shown.steps.map((step) => <Step key={step.decisionId} step={step} />)}
          </div>
        )}
      </form>
    </section>
  );
}

/** One decision on the way: which of its rules hit, and what they gave. */
function Step({ step: { decisionName, decisionId, inputs, rules, output } }: { step: TriedStep }) {
  return (
    <div className="trialstep">
      <h3>{decisionName || decisionId}</h3>
      <dl>
        {inputs.map(({ id, name, value }) => (
          <div key={id}>
            <dt>{name || id}</dt>
            <dd>
              <JsonView value={value} inline />
            </dd>
          </div>
        ))}
      </dl>
      {inputs.length > 0 && rules.length === 0 && <p className="dim">No rule hits.</p>}
      {rules.map(({ id, index, outputs }) => (
        <div key={id} className="trialrule">
          <span>Rule {index}</span>
          {outputs.map(({ name, value }) => (
            <span key={name}>
              <span className="dim">{name} </span>
              <JsonView value={value} inline />
            </span>
          ))}
        </div>
      ))}
      {inputs.length === 0 && <JsonView value={output} inline />}
    </div>
  );
}
