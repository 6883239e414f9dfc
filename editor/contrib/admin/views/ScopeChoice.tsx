import { type Permission, permissions } from '@baton/gateway/api';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { presets } from '../apiKeyDraft.ts';
import { byResource, permissionWords } from '../permissionWords.ts';
import { toggled } from '../roleDraft.ts';

/** What a key may do: usual sets with one click, then each permission one holds. */
export function ScopeChoice({
  scopes,
  own,
  error,
  onChange,
}: {
  scopes: readonly Permission[];
  /** Permissions of who makes it: it gets no others. */
  own: readonly string[];
  error?: string | undefined;
  onChange(scopes: readonly Permission[]): void;
}) {
  const held = permissions.filter((permission) => own.includes(permission));
  return (
    <div className="field scopechoice">
      <span className="label">
        Scopes<span className="opt">{scopes.length}</span>
      </span>
      <span className="rolechips">
        {presets.map(({ id, title, scopes: wanted }) => {
          const given = wanted.filter((scope) => held.includes(scope));
          const on = given.length > 0 && given.every((scope) => scopes.includes(scope));
          return (
            <button
              key={id}
              type="button"
              className={on ? 'chip' : 'chip outline'}
              aria-pressed={on}
              disabled={given.length === 0}
              onClick={() =>
                onChange(held.filter((scope) => (given.includes(scope) ? !on : scopes.includes(scope))))
              }
            >
              {on && <Icon name="codicon:check" size={12} />}
              {title}
            </button>
          );
        })}
      </span>
      {error && (
        <div className="err" role="alert">
          <Icon name="codicon:error" size={14} />
          <span>{error}</span>
        </div>
      )}
      <div className="scopes">
        {byResource(held).map(([resource, listed]) => (
          <fieldset key={resource}>
            <legend className="sm">{resource}</legend>
            {listed.map((permission) => (
              <Checkbox
                key={permission}
                checked={scopes.includes(permission)}
                onChange={() => onChange(toggled(scopes, permission, permissions))}
              >
                <span className="mono" title={permissionWords(permission).words}>
                  {permission.split(':')[1]}
                </span>
              </Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
    </div>
  );
}
