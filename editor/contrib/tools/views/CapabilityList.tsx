import { Icon } from '../../../ui/Icon.tsx';
import type { CapabilityRow } from '../capabilityRows.ts';

/** What a tool asks for, each with whether an admin has granted it. */
export function CapabilityList({ rows }: { rows: readonly CapabilityRow[] }) {
  return (
    <ul className="capabilities" aria-label="Capabilities">
      {rows.map(({ name, what, icon, mono, granted }) => (
        <li key={`${what}/${name}`}>
          <Icon name={icon} />
          <span className="toollines">
            <span className={mono ? 'mono ellipsis' : 'ellipsis'} title={name}>
              {name}
            </span>
            <span className="dim sm">{what}</span>
          </span>
          {granted ? (
            <span className="state completed">
              <Icon name="codicon:check" size={12} />
              Granted
            </span>
          ) : (
            <span className="state waiting">
              <Icon name="codicon:watch" size={12} />
              Asked
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
