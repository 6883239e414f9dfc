import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { duration } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';
import type { CallPart } from '../chat/turn.ts';

export function CallRow({ call, id, document }: { call: CallPart; id: string; document: AgentDocument }) {
  const open = useReadable(document.chat, (chat) => chat.open.has(id));
  const failed = call.state === 'failed';
  const { word, tone } = callStates[call.state];
  return (
    <div className={failed ? 'chatcall is-failed' : 'chatcall'}>
      <button type="button" aria-expanded={open} onClick={() => document.chat.toggle(id)}>
        <span className={tone} role="img" aria-label={word}>
          {call.state === 'running' ? <Spinner /> : <Icon name={callStates[call.state].icon} size={14} />}
        </span>
        <span className="mono ellipsis">{call.name}</span>
        <span className="end">{call.duration !== undefined && duration(call.duration)}</span>
        <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={12} />
      </button>
      {call.asked && <Asked asked={call.asked} document={document} />}
      {open && (
        <>
          <JsonView value={call.arguments} inline={isShort(call.arguments)} />
          {failed && <p className="failedwords pad">{call.error}</p>}
          {call.state === 'done' && (
            <div className="callresult">
              <Icon name="codicon:arrow-right" size={12} />
              <JsonView value={call.result} inline={isShort(call.result)} />
            </div>
          )}
        </>
      )}
    </div>
  );
}

const callStates = {
  running: { word: 'Running', tone: 'c-running', icon: 'codicon:sync' },
  waiting: { word: 'Waiting for an answer', tone: 'c-waiting', icon: 'codicon:watch' },
  done: { word: 'Done', tone: 'c-completed', icon: 'codicon:check' },
  failed: { word: 'Failed', tone: 'c-incident', icon: 'codicon:error' },
} as const satisfies { [S in CallPart['state']]: unknown };

/** What a person is asked: the run goes on as soon as somebody answers in the inbox. */
function Asked({ asked, document }: { asked: NonNullable<CallPart['asked']>; document: AgentDocument }) {
  const { commands } = document.platform;
  return (
    <div className="callasked" role="status">
      <p className="grow">
        <span className="c-waiting">
          {asked.kind === 'approval' ? 'Waits for approval' : 'Waits for an answer'}
        </span>
        {asked.message && ` · ${asked.message}`}
      </p>
      {commands.enabled('inbox.openQuestion') && (
        <Button size="sm" icon="inbox" onClick={() => void commands.run('inbox.openQuestion', asked.id)}>
          Answer
        </Button>
      )}
    </div>
  );
}

/** Fits into a line or two. */
function isShort(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').length < 80;
}
