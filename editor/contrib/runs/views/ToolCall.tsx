import { useState } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { duration } from '../../../ui/time.ts';
import { failureTitle } from '../failureWords.ts';
import { forkWords, type Step } from '../loops.ts';
import { fitsLine, toolArguments } from '../modelCall.ts';
import { Verdicts } from './Verdicts.tsx';

const actions = { accept: 'answered', decline: 'declined', cancel: 'dismissed' } as const;

/** A tool that was called: what it was given, what it gave back, and what people and guardrails said of it. */
export function ToolCall({ step }: { step: Step }) {
  const [open, setOpen] = useState(true);
  const { error, answers = [] } = step;
  const given = toolArguments(step);
  return (
    <div className="msg">
      <span />
      <div className={`call${error ? ' is-failed' : ''}`}>
        <button type="button" className="hd" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span
            className={error ? 'c-incident' : 'c-completed'}
            role="img"
            aria-label={error ? 'Failed' : 'Done'}
          >
            <Icon name={error ? 'codicon:zap' : 'codicon:check'} size={14} />
          </span>
          <span className="mono ellipsis">{step.name}</span>
          <span className="end">
            {step.fork ? forkWords[step.fork] : duration(step.duration)}{' '}
            <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={12} />
          </span>
        </button>
        {open && (
          <>
            <JsonView value={given} inline={fitsLine(given)} />
            {answers.map(({ question, answer }) => (
              <p className="asked" key={question.id}>
                <Icon name="human" kind="human" size={14} />
                <span>
                  {question.kind === 'approval'
                    ? answer.action === 'accept'
                      ? 'A person approved it'
                      : 'A person declined it'
                    : `A person ${actions[answer.action]}: ${question.message}`}
                </span>
              </p>
            ))}
            {error ? (
              <p className="failed" title={error.code}>
                {failureTitle(error.code)}. {error.message}
              </p>
            ) : (
              <div className="result">
                <Icon name="codicon:arrow-right" size={12} />
                <JsonView value={step.response} inline={fitsLine(step.response)} />
              </div>
            )}
            <Verdicts verdicts={step.verdicts} />
          </>
        )}
      </div>
    </div>
  );
}
