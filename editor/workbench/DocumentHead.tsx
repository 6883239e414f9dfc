import './DocumentHead.css';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { resourceKey } from '../platform/documents.ts';
import { type DraftedDocument, hasDraft, versionState } from '../platform/draftedDocument.ts';
import type { KeptState } from '../platform/keptDraft.ts';
import { discardDraft, obstacles, publishDraft } from '../platform/publishing.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Input } from '../ui/Input.tsx';
import { keysText } from '../ui/KeyHint.tsx';
import { exactTime } from '../ui/time.ts';
import { usePlatform, useReadable } from './platformContext.ts';

export interface DocumentHeadProps {
  document: DraftedDocument;
  icon: ReactNode;
  /** Behind name and version: what there is to say of the draft. */
  note?: ReactNode;
  /** Buttons before those of the draft. */
  actions?: ReactNode;
}

/** What a document is, which version, what is wrong with it, and what can be done with its draft. */
export function DocumentHead({ document, icon, note, actions }: DocumentHeadProps) {
  const kept = useReadable(document.kept);
  const { platform, versioned, writable } = document;
  const readOnly = `Read-only: your roles do not give ${versioned.write}`;
  const drafted = hasDraft(kept);
  const compare = platform.commands.get('versions.diff');
  return (
    <header className="dochead">
      {icon}
      <h1 className="ellipsis">{kept.published.name}</h1>
      <span className="chip outline" title={draftTip(kept)}>
        {versionState(kept)}
      </span>
      <ProblemCount document={document} />
      <KeepingNote document={document} />
      {note}
      <span className="grow" />
      {actions}
      {writable && drafted && (
        <Button
          size="sm"
          look="ghost"
          disabled={kept.busy !== undefined}
          title="Drop the draft; it can be undone"
          onClick={() => void discardDraft(document)}
        >
          Discard
        </Button>
      )}
      {drafted && compare && (
        <Button
          size="sm"
          icon="codicon:diff"
          className="diffbutton"
          title={`${compare.title}${keys(platform.keybindings.keysOf('versions.diff'))}`}
          onClick={() => void platform.commands.run('versions.diff')}
        >
          Diff with v{kept.published.version}
        </Button>
      )}
      {writable ? (
        <Publish document={document} kept={kept} />
      ) : (
        <span className="dim sm ellipsis" title={readOnly}>
          {readOnly}
        </span>
      )}
    </header>
  );
}

function keys(all: readonly (readonly string[])[]): string {
  const text = keysText(all);
  return text ? ` (${text})` : '';
}

function draftTip({ draft, published }: KeptState): string {
  const { version, updatedBy, updatedAt } = published;
  const latest = `v${version} by ${updatedBy}, ${exactTime(updatedAt)}`;
  return draft
    ? `Draft by ${draft.updatedBy}, ${exactTime(draft.updatedAt)}, over v${draft.base}\nLatest: ${latest}`
    : latest;
}

/** How many problems it has; leads to the list of them. */
function ProblemCount({ document: { platform, resource } }: { document: DraftedDocument }) {
  const all = useReadable(platform.problems, (known) => known.get(resourceKey(resource)))?.problems ?? [];
  if (all.length === 0) return null;
  const wrong = all.some(({ severity }) => severity === 'error');
  const count = all.filter(({ severity }) => !wrong || severity === 'error').length;
  return (
    <button
      type="button"
      className={wrong ? 'docproblems' : 'docproblems is-warning'}
      onClick={() => platform.layout.showPanel('problems')}
    >
      <Icon name={wrong ? 'codicon:error' : 'codicon:warning'} size={14} />
      {count} {wrong ? (count === 1 ? 'problem' : 'problems') : count === 1 ? 'warning' : 'warnings'}
    </button>
  );
}

/** Where the work is, when it is not where one expects it. */
function KeepingNote({ document }: { document: DraftedDocument }) {
  const { keeping, failure, conflict, draft, published } = useReadable(document.kept);
  if (conflict) return null;
  if (keeping === 'offline')
    return (
      <span className="keeping" role="status" title="It goes to the server as soon as it is reached.">
        <Icon name="codicon:debug-disconnect" size={14} />
        Offline: kept in this browser
      </span>
    );
  if (keeping === 'held')
    return (
      <span className="keeping ellipsis" role="status" title={failure?.message}>
        <Icon name="codicon:save" size={14} />
        <span className="ellipsis">Kept in this browser: {failure?.message}</span>
      </span>
    );
  if (draft && draft.base !== published.version)
    return (
      <button type="button" className="keeping is-link" onClick={() => void document.kept.compare()}>
        v{published.version} was published meanwhile
      </button>
    );
  return null;
}

function Publish({ document, kept }: { document: DraftedDocument; kept: KeptState }) {
  const platform = usePlatform();
  useReadable(platform.problems);
  const wrong = obstacles(document);
  const drafted = hasDraft(kept);
  const blocked = wrong.length > 0 || kept.conflict !== undefined || !drafted;
  const tip = kept.conflict
    ? 'Decide first which changes go on'
    : !drafted
      ? 'Nothing changed since it was published'
      : wrong.length > 0
        ? `Publishing waits for ${wrong.length === 1 ? 'a problem' : `${wrong.length} problems`}:\n${wrong.slice(0, 4).join('\n')}${wrong.length > 4 ? '\n…' : ''}`
        : `Publish v${kept.published.version + 1}${keys(platform.keybindings.keysOf('document.publish'))}`;
  const asking = kept.asking && !blocked;
  useEffect(() => {
    if (!kept.asking || asking) return;
    // Called by its key: the reason is said where the button would only look disabled.
    document.kept.ask(false);
    platform.notifications.info(tip);
  }, [kept.asking, asking, document, platform, tip]);
  return (
    <span className="publishanchor" title={tip}>
      <Button
        size="sm"
        look="primary"
        disabled={blocked}
        busy={kept.busy === 'publishing'}
        aria-description={blocked ? tip : undefined}
        aria-haspopup="dialog"
        aria-expanded={asking}
        onClick={() => document.kept.ask(!asking)}
      >
        Publish
      </Button>
      {asking && <PublishQuestion document={document} version={kept.published.version + 1} />}
    </span>
  );
}

/** What the next version is about; Enter publishes. */
function PublishQuestion({ document, version }: { document: DraftedDocument; version: number }) {
  const [message, setMessage] = useState('');
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const close = () => document.kept.ask(false);
  useLayoutEffect(() => {
    const before = window.document.activeElement as HTMLElement | null;
    box.current?.querySelector('input')?.focus();
    const outside = (event: PointerEvent) => {
      if (!(event.target as Element).closest('.publishanchor')) document.kept.ask(false);
    };
    window.addEventListener('pointerdown', outside, true);
    return () => {
      window.removeEventListener('pointerdown', outside, true);
      before?.focus();
    };
  }, [document]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
  };
  return (
    <form
      ref={box}
      className="popover publishquestion"
      role="dialog"
      aria-label={`Publish v${version}`}
      onKeyDown={onKeyDown}
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy) return;
        setBusy(true);
        await publishDraft(document, message);
        close();
      }}
    >
      <label className="fieldlabel" htmlFor="publish-message">
        What changed in v{version}
      </label>
      <Input
        id="publish-message"
        maxLength={500}
        placeholder="A sentence for the list of versions"
        autoComplete="off"
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <div className="publishrow">
        <span className="dim sm grow">May stay empty</span>
        <Button size="sm" look="ghost" onClick={close}>
          Cancel
        </Button>
        <Button size="sm" look="primary" type="submit" busy={busy}>
          Publish v{version}
        </Button>
      </div>
    </form>
  );
}
