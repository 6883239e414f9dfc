import './decisionTrial.css';
import type { TriedStep } from '@baton/gateway/api';
import { dmnNamesOf } from '@baton/gateway/documents';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { TestList } from '../../../ui/TestList.tsx';
import type { DecisionDocument } from '../decisionDocument.ts';
import { decidesAlike, testsOf } from '../decisionTests.ts';
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
            {!decidesAlike(of?.xml, xml) && <p className="hint">The decision was changed since.</p>}
            {!shown.ok && <Callout tone="error">{shown.message}</Callout>}
            {shown.ok && shown.failure && <Callout tone="error">{shown.failure.message}</Callout>}
            {shown.ok && !shown.failure && (
              <>
                <h3>Output</h3>
                <JsonView value={shown.output} />
              </>
            )}
            {shown.ok && shown.steps.map((step) => <Step key={step.decisionId} step={step} />)}
            {document.writable && of && shown.ok && !shown.failure && (
              <Button
                size="sm"
                title="Keep this trial in the decision: what it is told, and that it answers this"
                onClick={() => void document.tests.keep(decisionId, of.variables, shown.output)}
              >
                Keep as test
              </Button>
            )}
          </div>
        )}
        <Tests document={document} xml={xml} decisionId={decisionId} />
      </form>
    </section>
  );
}

/** Trials that are kept in the decision, each with how it went. */
function Tests({
  document: { tests, trial, writable },
  xml,
  decisionId,
}: {
  document: DecisionDocument;
  xml: string;
  decisionId: string;
}) {
  const { running, results, of } = useStore(tests);
  const kept = useMemo(() => testsOf(xml, decisionId), [xml, decisionId]);
  if (kept.length === 0) return null;
  const shown = of?.decisionId === decisionId && decidesAlike(of.xml, xml) ? results : [];
  const failed = shown.filter(({ passed }) => !passed).length;
  return (
    <Foldable
      title={
        <>
          Tests<span className="dim sm">{kept.length}</span>
        </>
      }
    >
      <TestList
        label="Tests of the decision"
        tests={kept.map((test) => ({ ...test, expectation: `answers ${JSON.stringify(test.output)}` }))}
        results={shown}
        choice="Try it again with this"
        onChoose={({ variables }) => trial.fill(xml, decisionId, variables)}
        onRemove={writable ? ({ name }) => tests.drop(decisionId, name) : undefined}
      />
      <div className="trialtests">
        <Button size="sm" icon="run" busy={running} onClick={() => void tests.run(decisionId)}>
          Run tests
        </Button>
        {shown.length > 0 && !running && (
          <span className="dim sm" role="status">
            {shown.length - failed} passed, {failed} failed
          </span>
        )}
      </div>
    </Foldable>
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
