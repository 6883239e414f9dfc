import type { McpServerTool } from '@baton/gateway/api';
import { useState } from 'react';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { exactTime } from '../../../ui/time.ts';

type Difference = NonNullable<McpServerTool['drift']>['changes'][number];

const words: { readonly [K in Difference['kind']]: string } = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
};

/** What a tool says now against what was accepted, place by place or line by line. */
export function Drift({ drift }: { drift: NonNullable<McpServerTool['drift']> }) {
  const [as, setAs] = useState<'places' | 'lines'>('places');
  return (
    <section className="mcpdrift" aria-label="What is different">
      <div className="mcprow">
        <h3 className="grow">
          {drift.changes.length === 1 ? '1 difference' : `${drift.changes.length} differences`}
          <span className="dim sm" title={exactTime(drift.seenAt)}>
            {' '}
            seen {exactTime(drift.seenAt)}
          </span>
        </h3>
        <Segmented
          label="Shown as"
          value={as}
          options={[
            { value: 'places', title: 'Places' },
            { value: 'lines', title: 'Lines' },
          ]}
          onChange={setAs}
        />
      </div>
      {as === 'places' ? (
        <dl>
          {drift.changes.map(({ path, kind, before, after }) => (
            <div key={path}>
              <dt>
                <span className="dim sm">{words[kind]}</span> <span className="mono sm">{path || '/'}</span>
              </dt>
              {kind !== 'added' && (
                <dd className="is-removed">
                  <Said value={before} />
                </dd>
              )}
              {kind !== 'removed' && (
                <dd className="is-added">
                  <Said value={after} />
                </dd>
              )}
            </div>
          ))}
        </dl>
      ) : (
        <pre className="mcppatch">
          {drift.text.split('\n').map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
            <span key={at} className={lineClass(line)}>
              {line}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
    </section>
  );
}

function Said({ value }: { value: unknown }) {
  return typeof value === 'string' ? <span className="mcpsays">{value}</span> : <JsonView value={value} />;
}

function lineClass(line: string): string | undefined {
  if (line.startsWith('+') && !line.startsWith('+++')) return 'is-added';
  if (line.startsWith('-') && !line.startsWith('---')) return 'is-removed';
  return undefined;
}
