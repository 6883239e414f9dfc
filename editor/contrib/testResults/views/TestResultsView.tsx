import './testResults.css';
import { useState } from 'react';
import { hasFailed, type TestResult, type TestRun } from '../../../platform/testResults.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { List } from '../../../ui/List.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { duration, exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';

type Row = { id: string; run: TestRun; result?: TestResult };

/** Runs of tests with their results below them; Enter opens the place. */
export function TestResultsView() {
  const { testResults, editors } = usePlatform();
  const runs = useReadable(testResults);
  const now = useNow();
  const [selected, setSelected] = useState<string>();
  if (runs.length === 0)
    return (
      <EmptyState icon="codicon:beaker" title="No tests have run yet">
        Run the tests of a tool, or replay a run from its record: what came of it is listed here, one click
        from its place.
      </EmptyState>
    );
  const rows = runs.flatMap((run): Row[] => [
    { id: run.id, run },
    ...run.results.map((result, at) => ({ id: `${run.id} ${at}`, run, result })),
  ]);
  const open = ({ run, result }: Row) => {
    if (result && run.open) run.open(result);
    else void editors.open(run.resource);
  };
  return (
    <List
      label="Test results"
      items={rows}
      idOf={({ id }) => id}
      selected={selected}
      onSelect={({ id }) => setSelected(id)}
      onOpen={open}
      render={({ run, result }) => (result ? <ResultRow result={result} /> : <RunRow run={run} now={now} />)}
    />
  );
}

function RunRow({ run, now }: { run: TestRun; now: number }) {
  const at = new Date(run.at).toISOString();
  const passed = run.results.filter((result) => result.passed).length;
  const failed = run.results.length - passed;
  return (
    <span className="testrun">
      <Outcome outcome={outcomeOf(run)} />
      <Icon name={run.icon} {...(run.colour && { kind: run.colour })} />
      <span className="strong ellipsis">{run.title}</span>
      {run.failure ? (
        <span className="testmessage ellipsis" title={run.failure}>
          {run.failure}
        </span>
      ) : (
        <span className="dim">
          {run.state === 'running'
            ? 'Running'
            : [passed && `${passed} passed`, failed && `${failed} failed`].filter(Boolean).join(', ') ||
              'No tests'}
        </span>
      )}
      <time className="dim sm testat" dateTime={at} title={exactTime(at)}>
        {relativeTime(at, now)}
      </time>
    </span>
  );
}

function ResultRow({ result }: { result: TestResult }) {
  return (
    <span className="testresult" title={result.message}>
      <Outcome outcome={result.passed ? 'passed' : 'failed'} />
      <span className="ellipsis">{result.name}</span>
      {result.message && (
        <span className={result.passed ? 'dim ellipsis' : 'testmessage ellipsis'}>{result.message}</span>
      )}
      {result.duration !== undefined && <span className="dim sm testat">{duration(result.duration)}</span>}
    </span>
  );
}

const outcomes = {
  passed: { word: 'Passed', tone: 'c-completed', icon: 'codicon:pass' },
  failed: { word: 'Failed', tone: 'c-incident', icon: 'codicon:error' },
  untested: { word: 'Nothing to test', tone: 'dim', icon: 'codicon:circle-slash' },
} as const;

function outcomeOf(run: TestRun): keyof typeof outcomes | 'running' {
  if (run.state === 'running') return 'running';
  if (hasFailed(run)) return 'failed';
  return run.results.length > 0 ? 'passed' : 'untested';
}

/** Shape and word, not only colour. */
function Outcome({ outcome }: { outcome: keyof typeof outcomes | 'running' }) {
  if (outcome === 'running') return <Spinner />;
  const { word, tone, icon } = outcomes[outcome];
  return (
    <span className={`${tone} stateicon`} role="img" aria-label={word}>
      <Icon name={icon} size={14} />
    </span>
  );
}

export function TestResultsActions() {
  const { commands, testResults } = usePlatform();
  const some = useReadable(testResults).length > 0;
  const failed = testResults.failed().length > 0;
  return (
    <>
      <IconButton
        icon="codicon:debug-rerun"
        label="Run failed tests again"
        disabled={!failed}
        onClick={() => void commands.run('testResults.rerunFailed')}
      />
      <IconButton
        icon="codicon:run-all"
        label="Run all tests again"
        disabled={!some}
        onClick={() => void commands.run('testResults.rerunAll')}
      />
      <IconButton
        icon="codicon:clear-all"
        label="Clear test results"
        disabled={!some}
        onClick={() => void commands.run('testResults.clear')}
      />
    </>
  );
}
