import './tools.css';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import type { ToolDocument, ToolTest } from '../toolDocument.ts';
import { ToolTestsView } from './ToolTests.tsx';

/** Tries what is in the editor with a sample input. */
export function ToolTestView({ document }: DocumentProps<ToolDocument>) {
  const sample = useStore(document.view, (view) => view.sample);
  const test = useStore(document.view, (view) => view.test);
  const { commands, themes, keybindings } = document.platform;
  const keys = keybindings.keysOf('tools.run')[0]?.join('+');
  return (
    <div className="tooltest scroll">
      <div className="toolresulthead">
        <h2>Sample input</h2>
        <span className="grow" />
        <IconButton
          small
          icon="codicon:discard"
          label="New sample from the input schema"
          onClick={document.newSample}
        />
      </div>
      <div className="toolsample">
        <CodeEditor
          themes={themes}
          language="json"
          label="Sample input"
          path={`baton:/${document.resource.id}.sample.json`}
          value={sample}
          lineNumbers={false}
          onChange={document.typeSample}
        />
      </div>
      <div className="tooltestactions">
        <Button
          size="sm"
          look="primary"
          icon="run"
          busy={test?.state === 'running'}
          disabled={!commands.enabled('tools.run')}
          title={keys ? `Run what is in the editor, saved or not (${keys})` : undefined}
          onClick={() => void commands.run('tools.run')}
        >
          Run with sample input
        </Button>
      </div>
      <Result document={document} test={test} />
      <ToolTestsView document={document} />
    </div>
  );
}

function Result({ document, test }: { document: ToolDocument; test: ToolTest | undefined }) {
  if (!test) return <p className="dim sm">Runs what is in the editor, saved or not, in the sandbox.</p>;
  if (test.state === 'running')
    return (
      <p className="dim sm tooltestrunning">
        <Spinner /> Running
      </p>
    );
  if (test.state === 'failed') return <Fault code={test.failure.code} message={test.failure.message} />;
  const { answer, line } = test;
  return (
    <>
      <div className="toolresulthead">
        <h2>Result</h2>
        <span className="grow" />
        <span className="dim sm">{Math.round(answer.duration)} ms</span>
      </div>
      {answer.ok && (
        <div className="toolanswer">
          <JsonView value={answer.output} />
        </div>
      )}
      {answer.error && (
        <Fault code={answer.error.code} message={answer.error.message}>
          {line !== undefined && (
            <button type="button" className="linklike" onClick={() => document.reveal?.({ line })}>
              Line {line}
            </button>
          )}
        </Fault>
      )}
      {answer.hostCalls.length > 0 && (
        <>
          <h2>
            Host calls <span className="dim sm">{answer.hostCalls.length}</span>
          </h2>
          <ol className="toolcalls" aria-label="Host calls">
            {answer.hostCalls.map(({ what, outcome, ok, duration }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the calls of one run never change
              <li key={index}>
                <Icon name={ok ? 'codicon:pass' : 'codicon:error'} size={14} />
                <span className="grow">
                  {what} <span className="dim">{outcome}</span>
                </span>
                <span className="dim sm">{Math.round(duration)} ms</span>
              </li>
            ))}
          </ol>
        </>
      )}
      <h2>
        Log <span className="dim sm">{lines(answer.logs.length)}</span>
      </h2>
      {answer.logs.length > 0 && <pre className="toollog">{answer.logs.join('\n')}</pre>}
    </>
  );
}

function Fault({ code, message, children }: { code: string; message: string; children?: ReactNode }) {
  return (
    <Callout tone="error">
      <code>{code}</code>
      <p>{message}</p>
      {children}
    </Callout>
  );
}

function lines(count: number): string {
  return count === 0 ? 'empty' : count === 1 ? '1 line' : `${count} lines`;
}
