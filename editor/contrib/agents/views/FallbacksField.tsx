import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { problemsAt, valueAt } from '../../../platform/contentPath.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { ModelInput, ProviderSelect } from '../../../ui/ModelChoice.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { chainOf, type ModelChoice, maxFallbacks, moved, nextChoice } from '../fallbacks.ts';
import { statusWord } from '../knownResources.ts';
import { AgentField } from './AgentField.tsx';

const path = ['fallbacks'];

/** Who is asked when the model cannot answer, one after the other. Alt+Up and Alt+Down move a row. */
export function FallbacksField({ document }: { document: AgentDocument }) {
  const content = useStore(document.view, (view) => view.reading.value);
  const providers = useStore(document.view, (view) => view.known.providers) ?? [];
  const problems = useStore(document.view, (view) => view.problems);
  const chain = chainOf(valueAt(content, path));
  const rows = useRef<HTMLOListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  /** Where the focus goes once the list is drawn anew: the row that was moved, or what is left beside it. */
  const next = useRef<{ row: number; control: string } | undefined>(undefined);
  useLayoutEffect(() => {
    const wanted = next.current;
    next.current = undefined;
    if (!wanted) return;
    const row = rows.current?.children[wanted.row];
    const control = row?.querySelector<HTMLElement>(
      `[data-control="${wanted.control}"] :is(select, input), button[data-control="${wanted.control}"]:enabled`,
    );
    (control ?? row?.querySelector<HTMLElement>('select') ?? add.current)?.focus();
  });

  const put = (changed: readonly ModelChoice[]) =>
    document.change(
      path,
      changed.map(({ provider, model }) => ({ provider, model })),
    );
  function move(from: number, to: number, control: string) {
    if (to < 0 || to >= chain.length) return;
    next.current = { row: to, control };
    put(moved(chain, from, to));
  }
  function onKeyDown(event: KeyboardEvent, at: number) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    const control =
      (event.target as HTMLElement).closest<HTMLElement>('[data-control]')?.dataset.control ?? '';
    move(at, at + (event.key === 'ArrowUp' ? -1 : 1), control);
  }

  return (
    <AgentField
      document={document}
      path={path}
      label="When it cannot answer"
      note={chain.length > 1 ? 'asked in this order' : undefined}
      hint={
        chain.length === 0
          ? 'Another model takes over when this one is away, too slow or answers nothing that can be read.'
          : undefined
      }
    >
      {({ control: { id, 'aria-describedby': describedBy } }) => (
        <div className="fallbacks">
          <ol ref={rows} aria-label="Models asked when it cannot answer">
            {chain.map(({ provider: name, model }, at) => {
              const provider = providers.find((known) => known.name === name);
              const wrong = (member: string) =>
                problemsAt(problems, [...path, String(at), member]).some(
                  ({ severity }) => severity === 'error',
                );
              const away = provider && provider.status !== 'connected' ? statusWord(provider.status) : '';
              const change = (part: Partial<ModelChoice>) =>
                put(chain.map((choice, each) => (each === at ? { ...choice, ...part } : choice)));
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a model is what stands at its place; the same can stand at two
                <li key={at} onKeyDown={(event) => onKeyDown(event, at)}>
                  <span className="place dim" title={away || undefined}>
                    {at + 1}
                  </span>
                  <span data-control="provider">
                    <ProviderSelect
                      aria-label={`Provider of fallback ${at + 1}${away && `, ${away.toLowerCase()}`}`}
                      invalid={wrong('provider')}
                      providers={providers}
                      value={name}
                      change={(provider) => change({ provider })}
                    />
                  </span>
                  <span data-control="model">
                    <ModelInput
                      aria-label={`Model of fallback ${at + 1}`}
                      invalid={wrong('model')}
                      provider={provider}
                      value={model}
                      change={(model) => change({ model })}
                    />
                  </span>
                  <IconButton
                    small
                    icon="codicon:arrow-up"
                    label={`Ask fallback ${at + 1} earlier`}
                    keys="Alt+Up"
                    data-control="up"
                    disabled={at === 0}
                    onClick={() => move(at, at - 1, 'up')}
                  />
                  <IconButton
                    small
                    icon="codicon:arrow-down"
                    label={`Ask fallback ${at + 1} later`}
                    keys="Alt+Down"
                    data-control="down"
                    disabled={at === chain.length - 1}
                    onClick={() => move(at, at + 1, 'down')}
                  />
                  <IconButton
                    small
                    icon="codicon:close"
                    label={`Remove fallback ${at + 1}`}
                    data-control="remove"
                    onClick={() => {
                      next.current = { row: Math.min(at, chain.length - 2), control: 'remove' };
                      put(chain.filter((_, each) => each !== at));
                    }}
                  />
                </li>
              );
            })}
          </ol>
          <button
            id={id}
            aria-label="Add a fallback"
            aria-describedby={describedBy}
            ref={add}
            type="button"
            className="linklike addfallback"
            disabled={chain.length >= maxFallbacks}
            onClick={() => {
              const text = (member: string) => String(valueAt(content, [member]) ?? '');
              const own = { provider: text('provider'), model: text('model') };
              next.current = { row: chain.length, control: 'provider' };
              put([...chain, nextChoice(providers, [own, ...chain])]);
            }}
          >
            {chain.length >= maxFallbacks ? `${maxFallbacks} fallbacks are the most` : 'Add a fallback'}
          </button>
        </div>
      )}
    </AgentField>
  );
}
