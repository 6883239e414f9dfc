import './SearchView.css';
import { useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { resourceKey } from '../../../platform/documents.ts';
import { CountBadge } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { type Found, findText, type Hit } from '../findText.ts';

type Row = { id: string; found: Found; hit?: Hit };

export function SearchView({ state }: { state: StoreApi<{ text: string }> }) {
  const { api, editors, timers } = usePlatform();
  const { text } = useReadable(state);
  const [found, setFound] = useState<{ text: string; documents: readonly Found[] }>();
  const [selected, setSelected] = useState<string>();
  const wanted = text.trim();

  useEffect(() => {
    if (wanted.length < 2) {
      setFound(undefined);
      return;
    }
    let current = true;
    const waiting = timers.after(200, () => {
      void findText(api, wanted).then((documents) => current && setFound({ text: wanted, documents }));
    });
    return () => {
      current = false;
      waiting.dispose();
    };
  }, [wanted, api, timers]);

  const rows = (found?.documents ?? []).flatMap((document): Row[] => {
    const key = resourceKey(document.resource);
    return [
      { id: key, found: document },
      ...document.hits
        .filter((hit) => hit.line > 0)
        .map((hit) => ({ id: `${key} ${hit.line}`, found: document, hit })),
    ];
  });
  return (
    <>
      <div className="search-field">
        <Input
          icon="codicon:search"
          aria-label="Find in documents"
          placeholder="Find in documents"
          data-autofocus
          value={text}
          onChange={(event) => state.setState({ text: event.target.value })}
        />
        {found && (
          <p className="dim xs" role="status">
            {rows.length === 0 ? 'Nothing found' : `${found.documents.length} documents`}
          </p>
        )}
      </div>
      {wanted.length < 2 ? (
        <EmptyState icon="codicon:search" title="Find in documents">
          Names and texts of workflows, agents, tools and tasks.
        </EmptyState>
      ) : !found ? (
        <Skeleton lines={6} />
      ) : (
        <List<Row>
          label="Results"
          items={rows}
          idOf={(row) => row.id}
          selected={selected}
          onSelect={(row) => setSelected(row.id)}
          onOpen={({ found: document, hit }) =>
            void editors.open(document.resource, { preview: true, ...(hit && { place: { line: hit.line } }) })
          }
          render={({ found: document, hit }) =>
            hit ? (
              <span className="search-hit ellipsis" title={hit.text}>
                {hit.text.slice(0, hit.at)}
                <mark>{hit.text.slice(hit.at, hit.at + found.text.length)}</mark>
                {hit.text.slice(hit.at + found.text.length)}
              </span>
            ) : (
              <>
                <Icon name={document.icon} kind={document.colour} />
                <span className="ellipsis">{document.title}</span>
                <span className="end">
                  <CountBadge count={document.hits.length} />
                </span>
              </>
            )
          }
        />
      )}
    </>
  );
}
