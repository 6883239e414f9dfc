import './inbox.css';
import type { UserTask } from '@baton/gateway/api';
import { useState } from 'react';
import { Avatar, CountBadge, KindBadge } from '../../../ui/Badge.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { useActiveDocument, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import type { Inbox } from '../inboxStore.ts';
import { questionTitle } from '../question.ts';

/** Tasks of people in the side bar. */
export function InboxList({ inbox }: { inbox: Inbox }) {
  const platform = usePlatform();
  const { items, failure, questions } = useReadable(inbox);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
  const [whose, setWhose] = useState<'all' | 'mine'>('all');
  if (failure) {
    return (
      <div className="viewbody">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  }
  if (!items) return <Skeleton lines={6} />;
  if (items.length === 0) {
    return (
      <EmptyState icon="inbox" title="No open tasks">
        When a run needs a person, its task appears here.
      </EmptyState>
    );
  }
  const me = platform.me.user.username;
  const mine = items.filter((task) => task.assignee === me);
  const titleOf = ({ key, name, elementId }: UserTask) => {
    const question = questions.get(key);
    return question ? questionTitle(question) : name || elementId;
  };
  const shown = (whose === 'mine' ? mine : items).filter((task) => matches(task, titleOf(task), text));
  return (
    <div className="listview">
      <div className="listfilter">
        <Input
          small
          icon="codicon:search"
          aria-label="Find tasks"
          placeholder="Search tasks"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented
          label="Whose"
          value={whose}
          options={[
            {
              value: 'all',
              title: (
                <>
                  Open <CountBadge count={items.length} />
                </>
              ),
            },
            {
              value: 'mine',
              title: (
                <>
                  Mine <CountBadge count={mine.length} />
                </>
              ),
            },
          ]}
          onChange={setWhose}
        />
      </div>
      <List
        label="Open tasks"
        tall
        items={shown}
        idOf={(task) => task.key}
        selected={active?.kind === 'userTask' ? active.id : undefined}
        onSelect={() => undefined}
        onOpen={(task) =>
          void platform.editors.open(
            { kind: 'userTask', id: task.key, name: titleOf(task) },
            { preview: true },
          )
        }
        render={(task) => (
          <>
            <KindBadge kind="human" />
            <span className="lines">
              <span className="line">
                <span className="ellipsis">{titleOf(task)}</span>
                <span className="end" title={exactTime(task.createdAt)}>
                  {relativeTime(task.createdAt, platform.clock.now())}
                </span>
              </span>
              <span className="line dim sm">
                <span className="ellipsis">
                  {questions.get(task.key)?.message || task.processName}
                  {task.candidateGroups.length > 0 && ` · ${task.candidateGroups.join(', ')}`}
                </span>
                {task.assignee && (
                  <span className="end" title={`Assigned to ${task.assignee}`}>
                    <Avatar initials={task.assignee.slice(0, 2).toUpperCase()} />
                  </span>
                )}
              </span>
            </span>
          </>
        )}
      />
    </div>
  );
}

export function InboxActions({ inbox }: { inbox: Inbox }) {
  return <IconButton icon="codicon:refresh" label="Refresh" onClick={() => void inbox.refresh()} />;
}

function matches(task: UserTask, title: string, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [title, task.processName, task.assignee, ...task.candidateGroups].some((part) =>
    part.toLowerCase().includes(wanted),
  );
}
