import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { accessOf } from '../toolAccess.ts';
import type { ToolDocument } from '../toolDocument.ts';

/** The samples beside the tool; one that says what is expected is a test. */
export function ToolTestsView({ document }: { document: ToolDocument }) {
  const { tests } = useStore(accessOf(document).store);
  const samples = useStore(document.view, (view) => view.draft.samples);
  const problem = useStore(document.view, (view) =>
    view.problems.find(({ field }) => field === 'samples'),
  )?.message;
  const { commands, themes } = document.platform;
  return (
    <>
      <div className="toolresulthead">
        <h2>Tests</h2>
        <span className="grow" />
        {tests?.state === 'ran' && (
          <span className="dim sm">
            {tests.answer.passed} passed, {tests.answer.failed} failed
          </span>
        )}
        <Button
          size="sm"
          icon="run"
          busy={tests?.state === 'running'}
          disabled={!commands.enabled('tools.test')}
          onClick={() => void commands.run('tools.test')}
        >
          Run tests
        </Button>
      </div>
      <div className="toolsample">
        <CodeEditor
          themes={themes}
          language="json"
          label="Tests"
          path={`baton:/${document.resource.id}.samples.json`}
          value={samples}
          readOnly={!document.writable}
          lineNumbers={false}
          onChange={(text) => document.change('samples', text)}
        />
      </div>
      {problem ? (
        <p className="toolproblem" role="alert">
          <Icon name="codicon:error" size={14} />
          {problem}
        </p>
      ) : (
        <p className="dim sm">
          <code>{'[{ "name": "…", "input": {…}, "expects": { "output": {…} } }]'}</code>
        </p>
      )}
      {tests?.state === 'failed' && (
        <Callout tone="error">
          <code>{tests.failure.code}</code>
          <p>{tests.failure.message}</p>
        </Callout>
      )}
      {tests?.state === 'ran' && (
        <ul className="toolcalls" aria-label="Results of the tests">
          {tests.answer.results.map(({ name, passed, message, duration }) => (
            <li key={name}>
              <Icon name={passed ? 'codicon:pass' : 'codicon:error'} size={14} />
              <span className="grow">
                {name}
                {message && <span className="dim"> {message}</span>}
              </span>
              <span className="dim sm">{Math.round(duration)} ms</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
