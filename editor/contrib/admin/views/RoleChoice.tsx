import type { RoleView } from '@baton/gateway/api';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { beyond } from '../userDraft.ts';

/** Which roles somebody has; those that can do more than oneself are neither given nor taken. */
export function RoleChoice({
  roles,
  held,
  error,
  disabled,
  onChange,
}: {
  roles: readonly RoleView[];
  held: readonly string[];
  error?: string | undefined;
  disabled?: boolean;
  onChange(held: readonly string[]): void;
}) {
  const { me } = usePlatform();
  return (
    <fieldset className="rolechoice" disabled={disabled}>
      <legend className="label">Roles</legend>
      {roles.map((role) => {
        const more = beyond(role, me.permissions);
        return (
          <Checkbox
            key={role.name}
            checked={held.includes(role.name)}
            disabled={more.length > 0}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...held, role.name]
                  : held.filter((name) => name !== role.name),
              )
            }
          >
            <span
              className="rolelines"
              title={more.length > 0 ? `Can do more than you: ${more.join(', ')}` : undefined}
            >
              <span className="mono">
                {role.name}
                {more.length > 0 && <Icon name="codicon:lock" size={12} />}
              </span>
              <span className="dim sm">{role.description || 'A role of your own'}</span>
            </span>
          </Checkbox>
        );
      })}
      {error && (
        <div className="err" role="alert">
          <Icon name="codicon:error" size={14} />
          <span>{error}</span>
        </div>
      )}
    </fieldset>
  );
}
