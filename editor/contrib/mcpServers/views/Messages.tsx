import type { McpMessage } from '@baton/gateway/api';
import { useState } from 'react';
import type { Failure } from '../../../platform/failure.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime } from '../../../ui/time.ts';

/** Messages as they went over the wire, the newest first; each opens to its whole. */
export function Messages(props: {
  title: string;
  hint: string;
  messages: readonly McpMessage[] | undefined;
  failure: Failure | undefined;
  refresh(): void;
}) {
  const { title, hint, messages, failure, refresh } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const newest = [...(messages ?? [])].reverse();
  return (
    <section className="mcpmessages scroll" aria-label={title}>
      <div className="mcprow">
        <h3 className="grow">
          {title} <span className="dim sm">{hint}</span>
        </h3>
        <IconButton icon="codicon:refresh" label="Read again" onClick={refresh} />
      </div>
      {failure && <Callout tone="error">{failure.message}</Callout>}
      {!messages && !failure && <Skeleton lines={6} />}
      {messages?.length === 0 && <p className="dim sm">Nothing was said yet.</p>}
      <ol>
        {newest.map((each, at) => {
          const id = `${each.at}/${newest.length - at}`;
          const isOpen = open.has(id);
          const sent = each.direction === 'sent';
          return (
            <li key={id}>
              <button type="button" aria-expanded={isOpen} onClick={() => toggle(id)}>
                <span
                  className={sent ? 'c-running' : 'c-completed'}
                  role="img"
                  aria-label={sent ? 'Sent' : 'Received'}
                >
                  <Icon name={sent ? 'codicon:arrow-right' : 'codicon:arrow-left'} size={14} />
                </span>
                <span className="mono ellipsis grow">{summaryOf(each.message)}</span>
                <time className="dim sm" dateTime={each.at} title={exactTime(each.at)}>
                  {exactTime(each.at).slice(-8)}
                </time>
              </button>
              {isOpen && <JsonView value={each.message} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** `tools/call refund #7`, `result #7`, `error #7 …`. */
function summaryOf(message: unknown): string {
  if (typeof message !== 'object' || message === null) return String(message);
  const { method, id, params, error } = message as {
    method?: string;
    id?: string | number;
    params?: { name?: string; uri?: string };
    error?: { message?: string };
  };
  const number = id === undefined ? '' : ` #${id}`;
  if (method !== undefined) return [method, params?.name ?? params?.uri].filter(Boolean).join(' ') + number;
  return error ? `error${number} ${error.message ?? ''}` : `result${number}`;
}
