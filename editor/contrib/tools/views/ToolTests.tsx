import { useState } from 'react';
import { useStore } from 'zustand';
import type { TestResult } from '../../../platform/testResults.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { TestList } from '../../../ui/TestList.tsx';
import { expectationOf, type Sample, samplesOf } from '../samples.ts';
import { accessOf } from '../toolAccess.ts';
import type { ToolDocument } from '../toolDocument.ts';
import { textOf } from '../toolDraft.ts';
import { RevealedText } from './RevealedText.tsx';

/** The samples beside the tool, each with how it went; one that says what is expected is a test. */
export function ToolTestsView({ document }: { document: ToolDocument }) {
  const { tests } = useStore(accessOf(document).store);
  const text = useStore(document.view, (view) => view.draft.samples);
  const problem = useStore(document.view, (view) => view.problems.find(({ field }) => field === 'samples'));
  const place = useStore(document.view, (view) => view.place);
  const [mode, setMode] = useState<'list' | 'json'>('list');
  const { commands } = document.platform;
  const samples = samplesOf(text);
  const shown = samples === undefined || (place?.field === 'samples' && problem) ? 'json' : mode;
  const results =
    tests?.state === 'ran'
      ? tests.answer.results.map(({ message, ...result }) => ({
          ...result,
          ...(message !== undefined && { message }),
        }))
      : [];
  return (
    <Foldable
      title={<>Tests{samples && samples.length > 0 && <span className="dim sm">{samples.length}</span>}</>}
      aside={
        <Segmented
          label="Tests as"
          value={shown}
          options={[
            { value: 'list', title: 'List' },
            { value: 'json', title: 'JSON' },
          ]}
          onChange={setMode}
        />
      }
    >
      {shown === 'json' ? (
        <>
          <RevealedText
            className="toolsample"
            field="samples"
            place={place}
            themes={document.platform.themes}
          >
            <CodeEditor
              themes={document.platform.themes}
              language="json"
              label="Tests"
              path={`baton:/${document.resource.id}.samples.json`}
              value={text}
              readOnly={!document.writable}
              lineNumbers={false}
              onChange={(next) => document.change('samples', next)}
            />
          </RevealedText>
          <p className="dim sm">
            <code>{'[{ "name": "…", "input": {…}, "expects": { "output": {…} } }]'}</code>
          </p>
        </>
      ) : (
        <Samples document={document} samples={samples ?? []} results={results} />
      )}
      {problem && (
        <p className={problem.severity === 'error' ? 'toolproblem' : 'toolproblem is-warning'} role="alert">
          <Icon name={problem.severity === 'error' ? 'codicon:error' : 'codicon:warning'} size={14} />
          {problem.message}
        </p>
      )}
      {tests?.state === 'failed' && (
        <Callout tone="error">
          <code>{tests.failure.code}</code>
          <p>{tests.failure.message}</p>
        </Callout>
      )}
      {samples && samples.length > 0 && (
        <div className="tooltestactions">
          <Button
            size="sm"
            icon="run"
            busy={tests?.state === 'running'}
            disabled={!commands.enabled('tools.test')}
            onClick={() => void commands.run('tools.test')}
          >
            Run tests
          </Button>
          {tests?.state === 'ran' && (
            <span className="dim sm" role="status">
              {tests.answer.passed} passed, {tests.answer.failed} failed
            </span>
          )}
        </div>
      )}
    </Foldable>
  );
}

function Samples({
  document,
  samples,
  results,
}: {
  document: ToolDocument;
  samples: readonly Sample[];
  results: readonly TestResult[];
}) {
  if (samples.length === 0)
    return (
      <p className="dim sm">
        Run the tool, then keep the input as a test: it expects what the tool answered.
      </p>
    );
  return (
    <TestList
      label="Tests of the tool"
      tests={samples.map((sample) => ({ ...sample, expectation: expectationOf(sample) }))}
      results={results}
      choice="Use its input as the sample"
      onChoose={({ input }) => document.typeSample(textOf(input))}
      onRemove={document.writable ? ({ name }) => document.dropSample(name) : undefined}
    />
  );
}
