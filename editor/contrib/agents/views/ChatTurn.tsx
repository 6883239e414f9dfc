import { useEffect, useState } from 'react';
import type { Failure } from '../../../platform/failure.ts';
import { Avatar, KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { duration } from '../../../ui/time.ts';
import type { AgentDocument } from '../agentDocument.ts';
import type { SwitchPart, Turn, TurnPart } from '../chat/turn.ts';
import { CallRow } from './ChatCall.tsx';

export function TurnView({
  turn,
  name,
  document,
  retry,
}: {
  turn: Turn;
  name: string;
  document: AgentDocument;
  retry?: (() => void) | undefined;
}) {
  const { user } = document.platform.me;
  const other = turn.by !== undefined && turn.by !== user.username ? turn.by : undefined;
  const { parts, status, failure, output } = turn;
  const running = status === 'running';
  return (
    <>
      <div className="turn">
        <Avatar initials={other?.slice(0, 2).toUpperCase() ?? user.initials} />
        <div className="who">
          <span className="ellipsis">{other ?? user.name}</span>
        </div>
        <p className="said">{turn.said}</p>
      </div>
      <div className="turn" aria-busy={running}>
        <KindBadge kind="agent" />
        <div className="who">
          <span className="ellipsis">{name}</span>
          <span className="dim">
            <Elapsed turn={turn} document={document} />
          </span>
        </div>
        {parts.map((part, at) =>
          part.kind === 'call' ? (
            <CallRow
              key={part.id}
              call={part}
              id={`${turn.runId ?? turn.id}/${part.id}`}
              document={document}
            />
          ) : part.kind === 'switch' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts only ever come behind those that are there
            <Switched key={at} part={part} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts only ever come behind those that are there
            <p className="said" key={at}>
              {part.text}
              {running && part === parts.at(-1) && <span className="caret" />}
            </p>
          ),
        )}
        {running && !parts.some(atWork) && (
          <p className="working dim">
            <Spinner /> {parts.length > 0 ? 'Reading the results' : 'Thinking'}
          </p>
        )}
        {output !== undefined && (
          <div className="chatcall">
            <JsonView value={output} />
          </div>
        )}
        {status === 'stopped' && <p className="said dim">Stopped.</p>}
        {failure && <Failed failure={failure} document={document} retry={retry} />}
      </div>
    </>
  );
}

/** Who could not answer, and who is asked instead. */
function Switched({ part: { from, to, code } }: { part: SwitchPart }) {
  return (
    <p className="switchedmodel dim" title={code}>
      <span className="c-waiting">
        <Icon name="codicon:arrow-swap" size={14} />
      </span>
      <span>
        <span className="mono">{from}</span> could not answer, <span className="mono">{to}</span> does.
      </span>
    </p>
  );
}

/** The text that grows, or a call that is out. */
function atWork(part: TurnPart, at: number, parts: readonly TurnPart[]): boolean {
  return part.kind === 'call'
    ? part.state === 'running' || part.state === 'waiting'
    : part.kind === 'text' && at === parts.length - 1;
}

export function Failed({
  failure,
  document,
  retry,
}: {
  failure: Failure;
  document: AgentDocument;
  retry: (() => void) | undefined;
}) {
  const { requestId } = failure;
  const { notifications } = document.platform;
  return (
    <div className="said">
      <Callout tone="error">
        <p className="failedwords">{failure.message}</p>
        {(retry || requestId) && (
          <div className="failedactions">
            {retry && (
              <Button size="sm" icon="codicon:refresh" onClick={retry}>
                Retry
              </Button>
            )}
            {requestId && (
              <Button
                size="sm"
                look="ghost"
                onClick={() =>
                  void navigator.clipboard
                    .writeText(requestId)
                    .then(() => notifications.info('Request id copied.'))
                }
              >
                Copy request id
              </Button>
            )}
          </div>
        )}
      </Callout>
    </div>
  );
}

/** How long it took; while it goes on, seconds once there are two of them. */
function Elapsed({ turn, document }: { turn: Turn; document: AgentDocument }) {
  const { clock, timers } = document.platform;
  const running = turn.status === 'running';
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!running) return undefined;
    let timer = timers.after(1000, function tick() {
      setNow(clock.now());
      timer = timers.after(1000, tick);
    });
    return () => timer.dispose();
  }, [clock, timers, running]);
  if (!running) return turn.duration === undefined ? null : duration(turn.duration);
  const seconds = Math.floor((now - turn.startedAt) / 1000);
  return seconds >= 2 ? `${seconds} s` : null;
}
