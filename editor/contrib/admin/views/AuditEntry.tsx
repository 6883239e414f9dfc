import type { AuditEntryView } from '@baton/gateway/api';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { anything } from '../auditFilter.ts';
import type { Audit } from '../auditStore.ts';
import { outcomeWords } from '../auditWords.ts';

/** One entry whole, and the ways to those around it. */
export function AuditEntry({ entry, audit }: { entry: AuditEntryView; audit: Audit }) {
  const { notifications } = usePlatform();
  const { state, icon, word } = outcomeWords[entry.outcome];
  const { actor, resource } = entry;
  const copy = (text: string, what: string) =>
    void navigator.clipboard.writeText(text).then(
      () => notifications.info(`${what} copied.`),
      () => notifications.warning('Expected to copy, but the browser refused.'),
    );
  const link = () => {
    const { origin, pathname } = window.location;
    return `${origin}${pathname}#/audit/all?element=${encodeURIComponent(entry.id)}`;
  };
  const facts: readonly (readonly [string, string | undefined, boolean?])[] = [
    ['Time', new Date(entry.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })],
    ['Who', `${actor.name || 'Nobody signed in'} (${actor.kind})`],
    ['Known as', actor.names?.join(', ')],
    ['Id of who', actor.id || undefined, true],
    ['Action', entry.action, true],
    ['What', [resource.kind, resource.id].filter(Boolean).join(' '), true],
    ['Called then', resource.names?.join(', ')],
    ['Error', entry.errorCode, true],
    ['Before', entry.before && `sha256 ${grouped(entry.before)}`, true],
    ['After', entry.after && `sha256 ${grouped(entry.after)}`, true],
    ['Request', entry.requestId, true],
    ['Trace', entry.traceId, true],
    ['Entry', entry.id, true],
  ];
  return (
    <section
      className="recordform"
      aria-label="Entry of the audit"
      onKeyDown={(event) => {
        if (event.key === 'Escape') audit.select(undefined);
      }}
    >
      <div className="recordtitle">
        <span>Entry</span>
        <IconButton
          icon="codicon:link"
          label="Copy a link to this entry"
          onClick={() => copy(link(), 'Link')}
        />
        <IconButton
          icon="codicon:copy"
          label="Copy as JSON"
          onClick={() => copy(JSON.stringify(entry, null, 2), 'Entry')}
        />
        <IconButton icon="codicon:close" label="Close" onClick={() => audit.select(undefined)} />
      </div>
      <div className="recordfields scroll">
        <div className={`auditoutcome c-${state}`}>
          <Icon name={icon} />
          <strong>{word}</strong>
          {entry.outcome === 'unknown' && (
            <span className="dim sm">It was begun, and nobody was left to tell how it ended.</span>
          )}
        </div>
        <dl className="facts">
          {facts.map(
            ([name, value, mono]) =>
              value && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className={mono ? 'mono' : undefined}>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {entry.before && entry.before === entry.after && (
          <p className="dim sm">Before and after are the same: nothing changed.</p>
        )}
        <div className="auditways">
          {actor.id && (
            <Button
              size="sm"
              icon="codicon:account"
              onClick={() => audit.search({ ...anything, actor: actor.id })}
            >
              All of {actor.name}
            </Button>
          )}
          {resource.id && (
            <Button
              size="sm"
              icon="codicon:history"
              onClick={() => audit.search({ ...anything, resource: `${resource.kind}/${resource.id}` })}
            >
              All about it
            </Button>
          )}
          <Button
            size="sm"
            icon="codicon:list-flat"
            onClick={() => audit.search({ ...anything, text: entry.requestId })}
          >
            Same request
          </Button>
        </div>
      </div>
    </section>
  );
}

/** A hash in parts one can compare by eye. */
const grouped = (hash: string) => hash.replace(/.{8}(?=.)/g, '$& ');
