import type { Call, ElementInstance } from '@baton/gateway/api';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { KindBadge } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { duration, preciseTime } from '../../../ui/time.ts';
import { readModelCall, toolArguments } from '../modelCall.ts';
import type { RunDocument } from '../runDocument.ts';
import { IncidentCard } from './IncidentCard.tsx';

/** What agents and tools said and did, by element, the newest at the bottom. */
export function Conversation({ document }: { document: RunDocument }) {
  const { calls, elementId, elements, incidents } = useStore(document.view);
  const open = incidents.filter((incident) => incident.state === 'ACTIVE');
  if (!calls) return <Skeleton lines={8} />;
  const shown = elementId ? calls.filter((call) => call.elementId === elementId) : calls;
  if (shown.length === 0 && open.length === 0) {
    return (
      <EmptyState icon="agent" title={elementId ? 'Nothing was said here' : 'No agent spoke yet'}>
        What agents answer and tools return appears here as it happens.
      </EmptyState>
    );
  }
  const byElement = new Map<string, Call[]>();
  for (const call of shown)
    byElement.set(call.elementInstanceKey, [...(byElement.get(call.elementInstanceKey) ?? []), call]);
  return (
    <div className="conversation scroll">
      {[...byElement].map(([key, group]) => (
        <section key={key} aria-label={nameOf(group[0]!, elements)}>
          <div className="loop">
            <b className="ellipsis">{nameOf(group[0]!, elements)}</b>
            <span className="end">
              <span>{tokens(group)}</span>
              {cost(group) > 0 && <span className="c-cost">${cost(group).toFixed(3)}</span>}
            </span>
          </div>
          {group.map((call) =>
            call.kind === 'model' ? (
              <ModelCall key={call.id} call={call} />
            ) : (
              <ToolCall key={call.id} call={call} />
            ),
          )}
        </section>
      ))}
      {open
        .filter((incident) => !elementId || incident.elementId === elementId)
        .map((incident) => (
          <IncidentCard key={incident.key} incident={incident} document={document} />
        ))}
    </div>
  );
}

function ModelCall({ call }: { call: Call }) {
  const { prompt, answer, toolCalls } = readModelCall(call);
  return (
    <>
      {prompt && (
        <Message icon={<Icon name="codicon:comment" />} who="Asked" time="">
          <Clamped text={prompt} />
        </Message>
      )}
      <Message
        icon={<KindBadge kind="agent" />}
        who={
          <>
            {call.name} <span className="dim">v{call.version}</span>
          </>
        }
        time={`${preciseTime(call.startedAt)} · ${duration(call.duration)}`}
      >
        {typeof answer === 'string'
          ? answer && <p className="answer">{answer}</p>
          : answer !== undefined && <JsonView value={answer} />}
        {toolCalls.map((tool) => (
          <div className="call" key={tool.id}>
            <div className="hd">
              <Icon name="tool" kind="tool" size={14} />
              <span className="mono">{tool.name}</span>
              <span className="end">asks for the tool</span>
            </div>
            <JsonView value={tool.arguments} />
          </div>
        ))}
        {call.error && <p className="failed">{call.error.message}</p>}
      </Message>
    </>
  );
}

function ToolCall({ call }: { call: Call }) {
  const [open, setOpen] = useState(true);
  return (
    <div className="msg">
      <span />
      <div className={`call${call.error ? ' is-failed' : ''}`}>
        <button type="button" className="hd" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={call.error ? 'c-incident' : 'c-completed'}>
            <Icon name={call.error ? 'codicon:zap' : 'codicon:check'} size={14} />
          </span>
          <span className="mono">{call.name}</span>
          <span className="end">
            {duration(call.duration)}{' '}
            <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={12} />
          </span>
        </button>
        {open && (
          <>
            <JsonView value={toolArguments(call)} />
            {call.error ? (
              <p className="failed">{call.error.message}</p>
            ) : (
              <div className="result">
                <Icon name="codicon:arrow-right" size={12} />
                <JsonView value={call.response} />
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function Message({
  icon,
  who,
  time,
  children,
}: {
  icon: ReactNode;
  who: ReactNode;
  time: string;
  children: ReactNode;
}) {
  return (
    <div className="msg">
      {icon}
      <div className="who">
        <span className="ellipsis">{who}</span>
        {time && <span className="dim">{time}</span>}
      </div>
      <div className="body">{children}</div>
    </div>
  );
}

const clampAt = 280;

function Clamped({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= clampAt) return <p className="answer dim">{text}</p>;
  return (
    <p className="answer dim">
      {whole ? text : `${text.slice(0, clampAt)}… `}
      <button type="button" className="link" onClick={() => setWhole(!whole)}>
        {whole ? 'Less' : 'All of it'}
      </button>
    </p>
  );
}

function nameOf(call: Call, elements: readonly ElementInstance[]): string {
  return elements.find((element) => element.key === call.elementInstanceKey)?.elementName || call.elementId;
}

function tokens(calls: readonly Call[]): string {
  const sum = calls.reduce((total, { usage }) => total + usage.inputTokens + usage.outputTokens, 0);
  return sum > 0 ? `${sum.toLocaleString('en')} tokens` : '';
}

function cost(calls: readonly Call[]): number {
  return calls.reduce((total, { usage }) => total + usage.cost, 0);
}
