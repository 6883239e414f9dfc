import './promptPreview.css';
import { type AgentRunView, agentRunRoutes, type JsonValue } from '@baton/gateway/api';
import { useEffect, useMemo, useState } from 'react';
import { createDocumentNames } from '../../../platform/languages/documentNames.ts';
import {
  previewPrompt,
  sampleValues,
  textOfPreview,
  tokensAbout,
  tokensCounted,
  variablesOfPreview,
} from '../../../platform/languages/promptPreview.ts';
import type { Platform } from '../../../platform/platform.ts';
import { count } from '../../../ui/quantities.ts';
import { Select } from '../../../ui/Select.tsx';
import { exactTime } from '../../../ui/time.ts';

type Values = { readonly [name: string]: JsonValue };

/** As many runs as one looks through. */
const runsRead = 50;

/** A prompt as a model would read it, with the values of a run that was, or with samples. */
export function PromptPreview({ platform, text }: { platform: Platform; text: string }) {
  const prompts = usePrompts(platform);
  const runs = useRuns(platform);
  const [chosen, setChosen] = useState<string>();
  const wanted = useMemo(
    () => variablesOfPreview(previewPrompt(text, (name) => prompts.get(name), {})),
    [text, prompts],
  );
  const fitting = runs.filter(
    (run) => wanted.length === 0 || wanted.some((path) => path.split('.')[0]! in valuesOf(run)),
  );
  const run = chosen === 'samples' ? undefined : (fitting.find(({ id }) => id === chosen) ?? fitting[0]);
  const values: Values = run ? valuesOf(run) : sampleValues(wanted);
  const parts = previewPrompt(text, (name) => prompts.get(name), values);
  return (
    <section className="promptpreview" aria-label="Preview">
      <header>
        <h2>Preview</h2>
        <span className="grow" />
        <span className="muted" title={tokensCounted}>
          about {count.show(tokensAbout(textOfPreview(parts)))} tokens
        </span>
      </header>
      <Select
        small
        aria-label="Values"
        value={run?.id ?? 'samples'}
        onChange={(event) => setChosen(event.currentTarget.value)}
        options={[
          ...fitting.slice(0, 10).map(({ id, agent, startedAt }) => ({
            id,
            value: id,
            title: `Run of ${agent.name}, ${exactTime(startedAt)}`,
          })),
          { value: 'samples', title: 'Sample values' },
        ]}
      />
      <pre className="promptread">
        {parts.map((part, index) => (
          // Parts have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is what a part is
          <span key={index} className={`is-${part.of}`} title={titles[part.of]?.(part.name ?? '')}>
            {part.text}
          </span>
        ))}
      </pre>
      {wanted.length > 0 && (
        <table className="promptvalues">
          <caption>Values</caption>
          <tbody>
            {wanted.map((path) => {
              const part = parts.find(({ name, of }) => name === path && (of === 'value' || of === 'empty'));
              return (
                <tr key={path}>
                  <th scope="row">{path}</th>
                  <td>{part?.of === 'value' ? part.text : <em>none: it stays empty</em>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

const titles: Partial<Record<string, (name: string) => string>> = {
  value: (name) => `Value of ${name}`,
  included: (name) => `From the prompt ${name}`,
  empty: (name) => `Expected a value for ${name}, but there is none: it stays empty`,
  missing: (name) => `Expected a prompt ${name}, but there is none`,
  endless: (name) => `Expected prompts that end, but ${name} includes itself`,
};

/** What a run was given, as its prompts saw it. */
function valuesOf({ input, prompt }: AgentRunView): Values {
  return { ...(prompt && { prompt }), ...(input as Values | null) };
}

function usePrompts(platform: Platform): ReadonlyMap<string, string> {
  const [prompts, setPrompts] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let over = false;
    const names = createDocumentNames(platform);
    const read = async () => {
      const all = await names.all('prompt');
      if (!over && all)
        setPrompts(new Map(all.map(({ name, content }) => [name, (content as { text: string }).text])));
    };
    void read();
    const following = platform.live.subscribeTopic('prompts', {
      event: () => void read(),
      reset: () => void read(),
    });
    return () => {
      over = true;
      following.dispose();
      names.dispose();
    };
  }, [platform]);
  return prompts;
}

function useRuns({ api, context }: Platform): readonly AgentRunView[] {
  const [runs, setRuns] = useState<readonly AgentRunView[]>([]);
  useEffect(() => {
    if (!context.get('permission:agents:read')) return;
    let over = false;
    void api.call(agentRunRoutes.list, { query: { limit: runsRead, offset: 0 } }).then((read) => {
      if (!over && read.ok) setRuns(read.value.items);
    });
    return () => {
      over = true;
    };
  }, [api, context]);
  return runs;
}
