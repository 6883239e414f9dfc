import type { JsonValue } from '@baton/gateway/api';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { money, whole } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { failureTitle } from '../failureWords.ts';
import type { ForkDocument, ForkReport } from '../forkDocument.ts';
import { plainText } from '../modelCall.ts';

type PathRow = ForkReport['path'][number];

/** Both runs beside each other: what they answered, what they cost, and the way they went. */
export function ForkComparison({ report, document }: { report: ForkReport; document: ForkDocument }) {
  const { answer, error, usage, path, stubbed, from } = report;
  const { commands } = document.platform;
  // What failed before another model stood in is asked nobody again: that parts no paths.
  const parted = path.findIndex(({ equal, now }) => !equal && now);
  const firstOther = parted < 0 ? path.findIndex(({ equal }) => !equal) : parted;
  return (
    <>
      <div className="forkverdict">
        <span className={answer.equal ? 'c-completed' : 'c-waiting'}>
          <Icon name={answer.equal ? 'codicon:pass' : 'codicon:diff'} />
        </span>
        <b>{answer.equal ? 'The same answer' : 'Another answer'}</b>
        <span className="dim">
          {firstOther < 0 ? 'on the same path' : `the paths part at step ${firstOther + 1}`}
        </span>
        <span className="grow" />
        <Button size="sm" onClick={() => void commands.run('runs.openAgentRun', report.run)}>
          Open the fork
        </Button>
      </div>
      {stubbed.length > 0 && (
        <Callout tone="info">
          Not really called, because they change something: {stubbed.join(', ')}. The record answered for them
          where it knew how.
        </Callout>
      )}
      <table className="forktable">
        <thead>
          <tr>
            <th aria-label="What" />
            <th>Recorded</th>
            <th>Fork from loop {from}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Cost</th>
            <td className="c-cost">{money(usage.recorded.cost)}</td>
            <td className="c-cost">{money(usage.now.cost)}</td>
          </tr>
          <tr>
            <th scope="row">Tokens</th>
            <td>{tokens(usage.recorded)}</td>
            <td>{tokens(usage.now)}</td>
          </tr>
          <tr className={answer.equal ? undefined : 'is-other'}>
            <th scope="row">Answer</th>
            <td>
              <Answer value={answer.recorded} error={error.recorded} />
            </td>
            <td>
              <Answer value={answer.now} error={error.now} />
            </td>
          </tr>
        </tbody>
        <thead>
          <tr>
            <th colSpan={3}>Path</th>
          </tr>
        </thead>
        <tbody>
          {path.map((row, at) => (
            <tr
              key={`${row.recorded?.sequence ?? 'none'}/${row.now?.sequence ?? 'none'}`}
              className={row.equal ? undefined : 'is-other'}
            >
              <th scope="row">
                {at + 1}
                {!row.equal && <Icon name="codicon:diff-modified" size={14} />}
                <span className="sr">{row.equal ? ', alike' : ', differs'}</span>
              </th>
              <td>
                <Step step={row.recorded} />
              </td>
              <td>{row.equal && row.now ? <span className="dim">alike</span> : <Step step={row.now} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function tokens({ inputTokens, outputTokens }: ForkReport['usage']['now']): string {
  return `${whole(inputTokens)} in, ${whole(outputTokens)} out`;
}

function Answer({ value, error }: { value: JsonValue; error: ForkReport['error']['now'] }) {
  if (error)
    return (
      <p className="c-incident" title={error.code}>
        {failureTitle(error.code)}. {error.message}
      </p>
    );
  const text = plainText(value);
  return text === undefined ? <JsonView value={value} /> : <p className="answer">{text}</p>;
}

function Step({ step }: { step: PathRow['now'] }) {
  if (!step) return <span className="dim">nothing</span>;
  const { kind, name, text } = step;
  return (
    <>
      <span className="forkstep">
        <Icon
          name={kind === 'model' ? 'agent' : 'tool'}
          kind={kind === 'model' ? 'agent' : 'tool'}
          size={14}
        />
        <span className="mono">{name}</span>
      </span>
      {text && <p className="dim answer">{text.length > 400 ? `${text.slice(0, 400)}…` : text}</p>}
    </>
  );
}
