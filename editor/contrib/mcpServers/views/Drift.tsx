import type { McpServerTool } from '@baton/gateway/api';
import { JsonView } from '../../../ui/JsonView.tsx';
import { exactTime } from '../../../ui/time.ts';

type Difference = NonNullable<McpServerTool['drift']>['changes'][number];

const words: { readonly [K in Difference['kind']]: string } = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
};

/** What a tool says now against what was accepted, place by place. */
export function Drift({ drift: { changes, seenAt } }: { drift: NonNullable<McpServerTool['drift']> }) {
  return (
    <section className="mcpdrift" aria-label="What is different">
      <h3>
        {changes.length === 1 ? '1 difference' : `${changes.length} differences`}{' '}
        <span className="dim sm">seen {exactTime(seenAt)}</span>
      </h3>
      <dl>
        {changes.map(({ path, kind, before, after }) => (
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
    </section>
  );
}

function Said({ value }: { value: unknown }) {
  return typeof value === 'string' ? <span className="mcpsays">{value}</span> : <JsonView value={value} />;
}
