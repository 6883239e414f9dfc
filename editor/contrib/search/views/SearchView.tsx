import './SearchView.css';
import type { DocumentHit } from '@baton/gateway/api';
import { useEffect, useMemo, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { resourceKey } from '../../../platform/documents.ts';
import type { IconName } from '../../../platform/icons.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Tree, type TreeNode } from '../../../ui/Tree.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { type Findings, type Found, findText, type Wanted } from '../findText.ts';

type Value = { found: Found; hit?: DocumentHit };

const switches: readonly { name: 'matchCase' | 'wholeWord' | 'regex'; icon: IconName; label: string }[] = [
  { name: 'matchCase', icon: 'codicon:case-sensitive', label: 'Match case' },
  { name: 'wholeWord', icon: 'codicon:whole-word', label: 'Match whole words' },
  { name: 'regex', icon: 'codicon:regex', label: 'Use a regular expression' },
];
const none: ReadonlySet<string> = new Set();

/** Looked for this many ms after the last key. */
const settle = 200;

export function SearchView({ state }: { state: StoreApi<Wanted> }) {
  const platform = usePlatform();
  const { documents, editors, timers } = platform;
  const wanted = useReadable(state);
  const { text, kinds } = wanted;
  const folders = useReadable(documents);
  const [findings, setFindings] = useState<Findings>();
  const [failure, setFailure] = useState<string>();
  const [selected, setSelected] = useState<string>();
  const [closed, setClosed] = useState<ReadonlySet<string>>(none);
  const asked = text.trim().length > 1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is there changes with the folders
  useEffect(() => {
    setFailure(undefined);
    if (!asked) return setFindings(undefined);
    const stop = new AbortController();
    const waiting = timers.after(settle, async () => {
      const answer = await findText(platform, wanted, stop.signal);
      if (stop.signal.aborted) return;
      setFindings(answer.ok ? answer.value : undefined);
      setFailure(answer.ok ? undefined : answer.failure.message);
    });
    return () => {
      stop.abort();
      waiting.dispose();
    };
  }, [wanted, asked, platform, timers, folders]);

  const nodes = useMemo(() => (findings?.found ?? []).map(nodeOf), [findings]);
  return (
    <>
      <div className="search-field">
        <Input
          icon="codicon:search"
          aria-label="Find in documents"
          placeholder="Find in documents"
          data-autofocus
          value={text}
          invalid={failure !== undefined}
          onChange={(event) => state.setState({ text: event.target.value })}
        />
        <div className="search-how">
          {switches.map(({ name, icon, label }) => (
            <IconButton
              key={name}
              icon={icon}
              label={label}
              small
              on={wanted[name]}
              onClick={() => state.setState({ [name]: !wanted[name] })}
            />
          ))}
          <span className="grow" />
          <Select
            small
            aria-label="Kinds of documents"
            value={[...kinds][0] ?? ''}
            options={[
              { value: '', title: 'All kinds' },
              ...folders.map(({ versioned }) => ({ value: versioned.kind, title: versioned.plural })),
            ]}
            onChange={(event) =>
              state.setState({ kinds: event.target.value ? new Set([event.target.value]) : none })
            }
          />
        </div>
        {failure && (
          <p className="search-wrong xs" role="alert">
            {failure}
          </p>
        )}
        {findings && (
          <p className="dim xs" role="status">
            {summary(findings)}
          </p>
        )}
      </div>
      {nodes.length > 0 ? (
        <Tree<Value>
          label="Results"
          nodes={nodes}
          closed={closed}
          onToggle={(id) => {
            const next = new Set(closed);
            if (!next.delete(id)) next.add(id);
            setClosed(next);
          }}
          selected={selected}
          onSelect={({ id }) => setSelected(id)}
          onOpen={({ value: { found, hit } }, keep) =>
            void editors.open(found.resource, {
              preview: !keep,
              ...(hit && { place: { line: hit.line, column: hit.column } }),
            })
          }
        />
      ) : (
        !asked && (
          <EmptyState icon="codicon:search" title="Find in documents">
            Names and texts of all that you may read.
          </EmptyState>
        )
      )}
    </>
  );
}

function nodeOf(found: Found): TreeNode<Value> {
  const key = resourceKey(found.resource);
  return {
    id: key,
    label: found.title,
    icon: found.icon,
    ...(found.colour && { kind: found.colour }),
    decoration: String(found.hits.length || ''),
    value: { found },
    // What has only the name is opened, not unfolded.
    ...(found.hits.length > 0 && {
      children: found.hits.map((hit, index) => {
        const from = hit.previewColumn;
        const to = from + hit.length;
        return {
          id: `${key} ${index}`,
          label: hit.preview,
          content: (
            <>
              {hit.preview.slice(0, from).trimStart()}
              <mark>{hit.preview.slice(from, to)}</mark>
              {hit.preview.slice(to)}
            </>
          ),
          decoration: hit.draft ? `${hit.line}, draft` : hit.line,
          value: { found, hit },
        };
      }),
    }),
  };
}

function summary({ found, more }: Findings): string {
  if (found.length === 0) return 'Nothing found.';
  const places = found.reduce((sum, { hits }) => sum + hits.length, 0);
  const counted = `${places} ${places === 1 ? 'place' : 'places'} in ${found.length} ${found.length === 1 ? 'document' : 'documents'}.`;
  return more ? `${counted} There are more.` : counted;
}
