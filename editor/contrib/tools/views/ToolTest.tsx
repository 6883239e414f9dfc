import './tools.css';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { keepAsTest } from '../keepAsTest.ts';
import type { ToolDocument, ToolTest } from '../toolDocument.ts';
import { SampleInput } from './SampleInput.tsx';
import { ToolGrantsView } from './ToolGrantsView.tsx';
import { ToolTestsView } from './ToolTests.tsx';
import { ToolUsageView } from './ToolUsageView.tsx';
import { TrialQuestion } from './TrialQuestion.tsx';

/** Tries what is in the editor, and shows what it may do and who uses it. */
export function ToolTestView({ document }: DocumentProps<ToolDocument>) {
  const test = useStore(document.view, (view) => view.test);
  return (
    <div className="tooltest scroll">
      <SampleInput document={document} save={() => void keepAsTest(document)} />
      <Result document={document} test={test} />
      <ToolTestsView document={document} />
      <ToolGrantsView document={document} />
      <ToolUsageView platform={document.platform} name={document.resource.name} />
    </div>
  );
}

function Result({ document, test }: { document: ToolDocument; test: ToolTest | undefined }) {
  if (!test)
    return (
      <Foldable title="Result">
        <p className="dim sm">Runs what is in the editor, saved or not, in the sandbox.</p>
      </Foldable>
    );
  if (test.state === 'running')
    return (
      <Foldable title="Result">
        <p className="dim sm tooltestrunning">
          <Spinner /> Running
        </p>
      </Foldable>
    );
  if (test.state === 'failed')
    return (
      <Foldable title="Result" aside={<Outcome ok={false} />}>
        <Fault code={test.failure.code} message={test.failure.message} />
      </Foldable>
    );
  const { answer, line } = test;
  if (answer.question)
    return <TrialQuestion key={answer.question.id} document={document} question={answer.question} />;
  const requests = answer.hostCalls.filter(({ kind }) => kind === 'fetch').length;
  return (
    <Foldable title="Result" aside={<Outcome ok={answer.ok} />}>
      {answer.ok && (
        <div className="toolanswer">
          <JsonView value={answer.output} />
        </div>
      )}
      {answer.error && (
        <Fault code={answer.error.code} message={answer.error.message}>
          {line !== undefined && (
            <Button size="sm" look="ghost" onClick={() => document.reveal?.({ line })}>
              Line {line}
            </Button>
          )}
        </Fault>
      )}
      <p className="dim sm toolfigures" role="status">
        <span>{Math.round(answer.duration)} ms</span>
        {requests > 0 && <span>{requests === 1 ? '1 request' : `${requests} requests`}</span>}
        <span>Log {lines(answer.logs.length)}</span>
      </p>
      {answer.logs.length > 0 && <pre className="toollog">{answer.logs.join('\n')}</pre>}
      {answer.hostCalls.length > 0 && (
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
      )}
    </Foldable>
  );
}

/** An answer has fitted the output schema, otherwise it is none. */
function Outcome({ ok }: { ok: boolean }) {
  return (
    <span className={ok ? 'state completed' : 'state incident'}>
      <Icon name={ok ? 'codicon:check' : 'codicon:error'} size={12} />
      {ok ? 'Valid' : 'Failed'}
    </span>
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
