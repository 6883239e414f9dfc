import './testChat.css';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { valueAt } from '../../../platform/contentPath.ts';
import { hasDraft } from '../../../platform/draftedDocument.ts';
import type { Failure } from '../../../platform/failure.ts';
import { Avatar, Chip, KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { money } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { duration, exactTime } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';
import { inputOf, messageVariable, variablesOf } from '../chat/promptValues.ts';
import { type CallPart, type SwitchPart, type Turn, type TurnPart, tokensOf } from '../chat/turn.ts';
import { EarlierRuns } from './EarlierRuns.tsx';

/** Talks to the agent as it stands in the editor, saved or not. */
export function TestChat({ document }: { document: AgentDocument }) {
  const { chat, platform } = document;
  const { turns, history, earlier, announced } = useReadable(chat);
  const isDraft = hasDraft(useReadable(document.kept));
  const { name, version } = useStore(document.view, (view) => view.saved);
  const last = turns.at(-1);
  const running = last?.status === 'running';
  const keys = platform.keybindings.keysOf('agents.chat')[0]?.join('+');
  return (
    <section
      className="testchat"
      aria-label="Test chat"
      data-own-undo
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !running) return;
        event.stopPropagation();
        chat.stop();
      }}
    >
      <div className="toolbar">
        {history ? (
          <>
            <IconButton
              icon="codicon:arrow-left"
              label="Back"
              onClick={() => void (earlier ? chat.showEarlier(undefined) : chat.showHistory(false))}
            />
            <span className="strong ellipsis">{earlier ? 'Earlier run' : 'Earlier runs'}</span>
            {earlier && (
              <span className="dim xs ellipsis" title={exactTime(earlier.run.startedAt)}>
                {exactTime(earlier.run.startedAt)}
              </span>
            )}
          </>
        ) : (
          <>
            <span className="strong nowrap">Test chat</span>
            <Chip outline>{isDraft ? 'draft' : `v${version}`}</Chip>
          </>
        )}
        <span className="grow" />
        {!history && (
          <>
            <IconButton
              icon="codicon:history"
              label="Earlier runs"
              onClick={() => void chat.showHistory(true)}
            />
            <IconButton
              icon="codicon:trash"
              label="Clear chat"
              disabled={turns.length === 0}
              onClick={chat.clear}
            />
          </>
        )}
        <IconButton
          icon="codicon:close"
          label="Hide test chat"
          keys={keys}
          onClick={() => void platform.commands.run('agents.chat')}
        />
      </div>
      {history ? (
        <EarlierRuns document={document} />
      ) : (
        <>
          <Turns turns={turns}>
            {turns.length === 0 && <Nothing document={document} name={name} />}
            {turns.map((turn) => (
              <TurnView
                key={turn.id}
                turn={turn}
                name={name}
                document={document}
                retry={turn === last ? () => void chat.retry() : undefined}
              />
            ))}
          </Turns>
          <div className="sr" aria-live="polite">
            {announced}
          </div>
          <Foot document={document} name={name} last={last} />
        </>
      )}
    </section>
  );
}

/** What came last stays in sight, unless one scrolled up to read. */
function Turns({ turns, children }: { turns: readonly Turn[]; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = useRef(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    if (atEnd.current || turns.length > count.current) element.scrollTop = element.scrollHeight;
    count.current = turns.length;
  }, [turns]);
  return (
    <div
      ref={place}
      className="turns scroll"
      role="log"
      aria-live="off"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {children}
    </div>
  );
}

const firstWords = 'Say in one sentence what you do.';

function Nothing({ document, name }: { document: AgentDocument; name: string }) {
  const remembers = useStore(
    document.view,
    (view) => valueAt(view.reading.value, ['memory', 'kind']) === 'conversation',
  );
  return (
    <div className="nothingsaid">
      <KindBadge kind="agent" large />
      <p>
        Talk to <b>{name}</b> as it stands here, saved or not. What it calls really happens.{' '}
        {remembers
          ? 'It remembers what was said in this chat.'
          : 'It has no memory: each message is on its own.'}
      </p>
      <Button
        size="sm"
        disabled={!mayRun(document)}
        onClick={() => {
          document.chat.type(firstWords);
          void document.chat.send();
        }}
      >
        “{firstWords}”
      </Button>
    </div>
  );
}

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

function Failed({
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

function CallRow({ call, id, document }: { call: CallPart; id: string; document: AgentDocument }) {
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

/** Fits into a line or two. */
function isShort(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').length < 80;
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

function mayRun({ platform }: AgentDocument): boolean {
  return Boolean(platform.context.get('permission:agents:run'));
}

/** The run on a page of its own: every loop, what it was asked, and what it can be forked from. */
export function Trace({ run, document }: { run: string; document: AgentDocument }) {
  const { commands } = document.platform;
  if (!commands.enabled('runs.openAgentRun')) return null;
  return (
    <Button size="sm" look="ghost" onClick={() => void commands.run('runs.openAgentRun', run)}>
      Trace
    </Button>
  );
}

/** What the agent's own prompt takes; a process would give it. */
function Values({ document, variables }: { document: AgentDocument; variables: readonly string[] }) {
  const values = useReadable(document.chat, (chat) => chat.values);
  if (variables.length === 0) return null;
  const filled = variables.filter((name) => values[name]?.trim()).length;
  const spokenAs = messageVariable(variables, values);
  return (
    <details className="chatvalues">
      <summary>
        Values of the prompt{' '}
        <span className="dim">
          {filled} of {variables.length}
        </span>
      </summary>
      <div className="chatvaluerows scroll">
        {variables.map((name) => (
          <div key={name}>
            <code className="ellipsis">{name}</code>
            <Input
              small
              aria-label={name}
              placeholder={name === spokenAs ? 'Your message' : undefined}
              value={values[name] ?? ''}
              onChange={(event) => document.chat.fill(name, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
    </details>
  );
}

function Foot({ document, name, last }: { document: AgentDocument; name: string; last: Turn | undefined }) {
  const { chat } = document;
  const input = useReadable(chat, (state) => state.input);
  const loops = useStore(document.view, (view) => valueAt(view.reading.value, ['limits', 'maxModelCalls']));
  const userPrompt = useStore(document.view, (view) => valueAt(view.reading.value, ['userPrompt']));
  const variables = useMemo(() => variablesOf(userPrompt), [userPrompt]);
  const filled = useReadable(chat, ({ values }) => inputOf(variables, values) !== undefined);
  const running = last?.status === 'running';
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const asked = chat.onFocus(() => requestAnimationFrame(() => field.current?.focus()));
    return () => asked.dispose();
  }, [chat]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void chat.send();
  };
  if (!mayRun(document))
    return (
      <div className="chatfoot">
        <p className="dim sm chatnot">Your roles do not give agents:run, so you can only read.</p>
      </div>
    );
  return (
    <div className="chatfoot">
      {last && (
        <div className="chatfigures xs dim">
          {running && <span className="c-running dot live" />}
          <span>
            {running && typeof loops === 'number'
              ? `Loop ${Math.min(last.loops + 1, loops)} of ${loops}`
              : `${last.loops} ${last.loops === 1 ? 'loop' : 'loops'}`}
          </span>
          <span>·</span>
          <span>{tokensOf(last.usage).toLocaleString('en')} tokens</span>
          <span>·</span>
          <span className="c-cost">{money(last.usage.cost)}</span>
          <span className="grow" />
          {last.runId && <Trace run={last.runId} document={document} />}
        </div>
      )}
      <Values document={document} variables={variables} />
      <div className="input chatinput">
        <TextArea
          ref={field}
          rows={1}
          aria-label={`Message ${name}`}
          placeholder={name.length > 20 ? 'Message the agent' : `Message ${name}`}
          value={input}
          onChange={(event) => chat.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {running ? (
          <IconButton
            icon="codicon:debug-stop"
            label="Stop"
            keys="Esc"
            onClick={() => {
              chat.stop();
              field.current?.focus();
            }}
          />
        ) : (
          <IconButton
            icon="codicon:send"
            label="Send"
            keys="↵"
            disabled={!input.trim() && !filled}
            onClick={() => void chat.send()}
          />
        )}
      </div>
    </div>
  );
}
