import './testChat.css';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { valueAt } from '../../../platform/contentPath.ts';
import { hasDraft } from '../../../platform/draftedDocument.ts';
import { Chip, KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';
import type { Turn } from '../chat/turn.ts';
import { Foot, mayRun } from './ChatFoot.tsx';
import { TurnView } from './ChatTurn.tsx';
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
