import './admin.css';
import { type Permission, permissions, type RoleView } from '@baton/gateway/api';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { byResource, permissionWords } from '../permissionWords.ts';
import { draftOfRole, type RoleDraft, toggled } from '../roleDraft.ts';
import type { Roles } from '../rolesStore.ts';
import type { Users } from '../usersStore.ts';
import { RoleForm } from './RoleForm.tsx';
import { useDraft } from './useDraft.ts';
import { WhyPanel } from './WhyPanel.tsx';

/** Which role permits what, as a table; beside it the selected role, or why somebody may or may not. */
export function RolesPage({ roles, users }: { roles: Roles; users: Users }) {
  const platform = usePlatform();
  const { items, failure, selected } = useReadable(roles);
  useEffect(() => {
    roles.shown();
    if (platform.context.get('permission:users:read')) users.shown();
  }, [roles, users, platform]);
  const chosen = items?.find(({ name }) => name === selected);
  if (!items) {
    return (
      <RecordsPage
        title="Roles"
        hint=""
        filter={{ label: 'Find a permission', text: '', onChange: () => {} }}
      >
        {failure ? (
          <div className="pad">
            <Callout tone="error">
              {failure.message}{' '}
              <Button size="sm" onClick={() => void roles.read()}>
                Try again
              </Button>
            </Callout>
          </div>
        ) : (
          <Skeleton lines={12} />
        )}
      </RecordsPage>
    );
  }
  return (
    <Matrix
      key={selected === null ? '' : (chosen?.name ?? 'none')}
      items={items}
      chosen={chosen}
      adding={selected === null}
      roles={roles}
      users={users}
    />
  );
}

const none: RoleView = {
  name: '',
  builtIn: false,
  description: '',
  permissions: [],
  hash: '',
};

/** Permissions as rows, roles as columns; the column of a role that is edited is what is typed. */
function Matrix({
  items,
  chosen,
  adding,
  roles,
  users,
}: {
  items: readonly RoleView[];
  chosen: RoleView | undefined;
  adding: boolean;
  roles: Roles;
  users: Users;
}) {
  const platform = usePlatform();
  const { user, permission: asked } = useReadable(roles.question);
  const people = useReadable(users).items;
  const [text, setText] = useState('');
  const [whyShown, setWhyShown] = useState(true);
  const writable = Boolean(platform.context.get('permission:roles:write'));
  const { draft, dirty, change, theirs, takeTheirs } = useDraft<RoleView, RoleDraft>(
    chosen ?? none,
    draftOfRole,
  );
  const edited = writable && (adding || chosen?.builtIn === false) ? (chosen?.name ?? '') : undefined;
  const columns = adding ? [...items, none] : items;
  const wanted = text.trim().toLowerCase();
  const groups = byResource(
    permissions.filter((permission) =>
      `${permission} ${permissionWords(permission).words} ${permissionWords(permission).resource}`
        .toLowerCase()
        .includes(wanted),
    ),
  );
  const heldBy = (name: string) => people?.filter((person) => person.roles.includes(name)).length;
  const askedRoles = people?.find(({ id }) => id === user)?.roles ?? [];
  const permitsNow = (role: RoleView, permission: Permission) =>
    (role.name === edited ? draft.permissions : role.permissions).includes(permission);
  const grid = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const cell = (event.target as HTMLElement).closest('td');
    const step = ({ ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] } as const)[
      event.key as 'ArrowUp'
    ];
    if (!cell || !step) return;
    event.preventDefault();
    const rows = [...grid.current!.querySelectorAll('tr.permissionrow')];
    const row = rows.indexOf(cell.parentElement!) + step[0];
    const column = cell.cellIndex + step[1];
    (rows[row]?.children[column]?.querySelector('button') as HTMLElement | null)?.focus();
  };
  const firstCell = { permission: groups[0]?.[1][0], role: columns[0]?.name };
  return (
    <RecordsPage
      className="adminpage"
      title="Roles"
      hint={`Who may do what in ${platform.me.tenant.name}`}
      filter={{ label: 'Find a permission', text, onChange: setText }}
      action={
        <>
          {(!whyShown || chosen || adding) && (
            <Button
              icon="codicon:question"
              onClick={() => {
                roles.select(undefined);
                setWhyShown(true);
              }}
            >
              Why?
            </Button>
          )}
          {writable && (
            <Button look="primary" icon="codicon:add" onClick={() => roles.select(null)}>
              New role
            </Button>
          )}
        </>
      }
      aside={
        chosen || adding ? (
          <RoleForm
            role={chosen}
            roles={roles}
            draft={draft}
            dirty={dirty}
            change={change}
            theirs={theirs}
            takeTheirs={takeTheirs}
            writable={writable}
          />
        ) : (
          whyShown && <WhyPanel roles={roles} users={users} onClose={() => setWhyShown(false)} />
        )
      }
    >
      <table ref={grid} className="table matrix" aria-label="Roles and permissions" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {columns.map((role) => (
              <th
                key={role.name}
                scope="col"
                className={headClass(
                  role.name === chosen?.name || (adding && role === none),
                  askedRoles.includes(role.name),
                )}
              >
                <button
                  type="button"
                  title={role.description || undefined}
                  aria-pressed={role.name === chosen?.name}
                  onClick={() => roles.select(role.name === chosen?.name ? undefined : role.name)}
                >
                  <span className="ellipsis">{role.name || draft.name || 'new role'}</span>
                  <span className="dim">{membersWords(heldBy(role.name))}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(([resource, listed]) => (
          <tbody key={resource}>
            <tr className="groupedrow">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                <span className="groupname">{resource}</span>
              </th>
            </tr>
            {listed.map((permission) => (
              <tr
                key={permission}
                className={permission === asked ? 'permissionrow is-asked' : 'permissionrow'}
              >
                <th scope="row">
                  <span className="mono">{permission}</span>{' '}
                  <span className="dim">{permissionWords(permission).words}</span>
                </th>
                {columns.map((role) => {
                  const has = permitsNow(role, permission);
                  const typed = role.name === edited;
                  const above = typed && !platform.me.permissions.includes(permission);
                  const changedHere = typed && has !== role.permissions.includes(permission);
                  const name = role.name || 'the new role';
                  return (
                    <td
                      key={role.name}
                      className={cellClass(
                        role.name === (chosen?.name ?? (adding ? '' : undefined)),
                        changedHere,
                      )}
                    >
                      <button
                        type="button"
                        tabIndex={
                          firstCell.permission === permission && firstCell.role === role.name ? 0 : -1
                        }
                        aria-pressed={typed ? has : undefined}
                        aria-label={
                          typed
                            ? `${name} may ${permission}`
                            : `${permission}: ${name} ${has ? 'may' : 'may not'}`
                        }
                        title={above ? 'Expected a permission you hold, but you do not have it' : undefined}
                        disabled={above}
                        onClick={() => {
                          if (typed)
                            return change({
                              permissions: toggled(draft.permissions, permission, permissions),
                            });
                          roles.select(undefined);
                          setWhyShown(true);
                          void roles.ask({ permission });
                        }}
                      >
                        {typed ? (
                          <span className={has ? 'tick on' : 'tick'}>
                            {has && <Icon name="codicon:check" size={12} />}
                          </span>
                        ) : (
                          <Icon
                            name={has ? 'codicon:check' : 'codicon:dash'}
                            size={14}
                            className={has ? 'c-completed' : 'muted'}
                          />
                        )}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {groups.length === 0 && <p className="pad dim">No permission has “{text.trim()}” in its name.</p>}
    </RecordsPage>
  );
}

const membersWords = (count: number | undefined) =>
  count === undefined ? '' : count === 1 ? '1 user' : `${count} users`;
const headClass = (selected: boolean, held: boolean) =>
  [selected && 'is-column', held && 'is-held'].filter(Boolean).join(' ') || undefined;
const cellClass = (selected: boolean, changed: boolean) =>
  [selected && 'is-column', changed && 'is-changed'].filter(Boolean).join(' ') || undefined;
