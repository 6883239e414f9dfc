import './SearchView.css';
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
import type { FindProgress, Found, TextFinder } from '../findText.ts';
import { type Hit, matcherOf } from '../matcher.ts';
import type { SearchState } from '../searchStore.ts';

type Value = { found: Found; hit?: Hit };

const switches: readonly { name: 'matchCase' | 'wholeWord' | 'regex'; icon: IconName; label: string }[] = [
  { name: 'matchCase', icon: 'codicon:case-sensitive', label: 'Match case' },
  { name: 'wholeWord', icon: 'codicon:whole-word', label: 'Match whole words' },
  { name: 'regex', icon: 'codicon:regex', label: 'Use a regular expression' },
];
const none: ReadonlySet<string> = new Set();

export function SearchView({ state, finder }: { state: StoreApi<SearchState>; finder: TextFinder }) {
  const { documents, editors, timers } = usePlatform();
  const wanted = useReadable(state);
  const { text, matchCase, wholeWord, regex, kinds } = wanted;
  const folders = useReadable(documents);
  const [progress, setProgress] = useState<FindProgress>();
  const [selected, setSelected] = useState<string>();
  const [closed, setClosed] = useState<ReadonlySet<string>>(none);
  const matcher = useMemo(
    () => (text.trim().length < 2 ? undefined : matcherOf({ text, matchCase, wholeWord, regex })),
    [text, matchCase, wholeWord, regex],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is there changes with the folders
  useEffect(() => {
    if (!matcher?.ok) return setProgress(undefined);
    let over = false;
    const waiting = timers.after(200, () => {
      void finder.find(
        matcher.value,
        kinds,
        (now) => !over && setProgress(now),
        () => over,
      );
    });
    return () => {
      over = true;
      waiting.dispose();
    };
  }, [matcher, kinds, finder, timers, folders]);

  const nodes = useMemo(() => (progress?.found ?? []).map(nodeOf), [progress]);
  const hits = (progress?.found ?? []).reduce((sum, found) => sum + found.hits.length, 0);
  return (
    <>
      <div className="search-field">
        <Input
          icon="codicon:search"
          aria-label="Find in documents"
          placeholder="Find in documents"
          data-autofocus
          value={text}
          invalid={matcher?.ok === false}
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
        {matcher?.ok === false && <p className="search-wrong xs">{matcher.failure}</p>}
        {progress && (
          <p className="dim xs" role="status">
            {summary(progress, hits)}
          </p>
        )}
      </div>
      {matcher?.ok && nodes.length > 0 ? (
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
        !matcher && (
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
      children: found.hits.map((hit, index) => ({
        id: `${key} ${index}`,
        label: `${hit.before}${hit.match}${hit.after}`,
        content: (
          <>
            {hit.before}
            <mark>{hit.match}</mark>
            {hit.after}
          </>
        ),
        decoration: hit.line,
        value: { found, hit },
      })),
    }),
  };
}

function summary({ found, looked, of, unread }: FindProgress, hits: number): string {
  const going = looked < of ? `${looked} of ${of} documents looked at. ` : '';
  const missing = unread > 0 ? ` ${unread} could not be read.` : '';
  if (found.length === 0) return `${going}${looked < of ? '' : 'Nothing found.'}${missing}`;
  return `${going}${hits} ${hits === 1 ? 'place' : 'places'} in ${found.length} ${found.length === 1 ? 'document' : 'documents'}.${missing}`;
}
