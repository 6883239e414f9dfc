import './admin.css';
import type { InvitationView, UserView } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { Avatar, Chip } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { invitationState, untilWords } from '../adminWords.ts';
import type { Roles } from '../rolesStore.ts';
import type { Users } from '../usersStore.ts';
import { NewUserForm } from './NewUserForm.tsx';
import { UserForm } from './UserForm.tsx';

/** Everybody of the tenant and the invitations under way; the selected one's form beside them. */
export function UsersPage({ users, roles }: { users: Users; roles: Roles }) {
  const platform = usePlatform();
  const { items, failure, selected } = useReadable(users);
  const invitations = useReadable(users.invitations);
  const managed = useReadable(users.managed);
  const proposal = useReadable(users.proposed);
  const now = useNow();
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:users:write'));
  useEffect(() => {
    users.shown();
    users.invitations.shown();
    if (platform.context.get('permission:roles:read')) roles.shown();
  }, [users, roles, platform]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ name, username, email, roles: held }) =>
    [name, username, email, ...held].some((part) => part.toLowerCase().includes(wanted)),
  );
  const chosen = items?.find(({ id }) => id === selected);
  const invite = () => void platform.commands.run('users.invite');
  const open = invitations.items?.filter(({ email }) => email.toLowerCase().includes(wanted)) ?? [];
  return (
    <RecordsPage
      className="adminpage"
      title="Users"
      hint={`Who belongs to ${platform.me.tenant.name}`}
      filter={{ label: 'Filter users', text, onChange: setText }}
      action={
        writable &&
        managed && (
          <Button look="primary" icon="codicon:add" onClick={invite}>
            Invite
          </Button>
        )
      }
      aside={
        chosen ? (
          <UserForm
            key={`${chosen.id} ${proposal?.roles.join()}`}
            user={chosen}
            users={users}
            roles={roles}
            writable={writable}
          />
        ) : (
          selected === null && writable && <NewUserForm users={users} roles={roles} />
        )
      }
    >
      {!managed && (
        <div className="pad">
          <Callout>People are made and changed where they sign in. Their roles here are set here.</Callout>
        </div>
      )}
      <RecordsTable
        label="Users"
        columns={columnsFor(platform.me.user.id, managed)}
        rows={shown}
        idOf={({ id }) => id}
        selected={selected ?? undefined}
        onOpen={({ id }) => users.select(id)}
        all={items}
        failure={failure}
        onRetry={() => void users.read()}
        noneFits={`Nobody has “${text.trim()}” in their name, address or roles.`}
        empty={
          <EmptyState icon="codicon:organization" title="Nobody yet">
            A user belongs to this tenant and may do what their roles say.
          </EmptyState>
        }
      />
      {open.length > 0 && (
        <section className="adminsection" aria-label="Invitations">
          <h2>
            Invitations <span className="dim sm">A link is good for one person.</span>
          </h2>
          <Table
            label="Invitations"
            rows={open}
            idOf={({ id }) => id}
            columns={invitationColumns(now, writable, (invitation) => void users.revoke(invitation))}
          />
        </section>
      )}
    </RecordsPage>
  );
}

const columnsFor = (self: string, managed: boolean): readonly Column<UserView>[] => [
  {
    id: 'name',
    title: 'Name',
    render: ({ id, name, username }) => (
      <span className="personrow">
        <Avatar initials={initialsOf(name)} />
        <span className="personlines">
          <span className="strong ellipsis">
            {name}
            {id === self && <span className="dim"> (you)</span>}
          </span>
          <span className="dim sm mono ellipsis">{username}</span>
        </span>
      </span>
    ),
  },
  ...(managed
    ? [
        {
          id: 'email',
          title: 'E-mail',
          render: ({ email }: UserView) => <span className="dim ellipsis personemail">{email}</span>,
        },
      ]
    : []),
  {
    id: 'roles',
    title: 'Roles',
    render: ({ roles }) => (
      <span className="rolechips">
        {roles.length === 0 && <span className="muted">none</span>}
        {roles.map((role) => (
          <Chip key={role} outline>
            {role}
          </Chip>
        ))}
      </span>
    ),
  },
  {
    id: 'state',
    title: 'Sign-in',
    render: ({ enabled }) => (
      <span className={`state ${enabled ? 'completed' : 'cancelled'} plain`}>
        <Icon name={enabled ? 'codicon:check' : 'codicon:circle-slash'} size={12} />
        {enabled ? 'Active' : 'Disabled'}
      </span>
    ),
  },
];

const invitationColumns = (
  now: number,
  writable: boolean,
  revoke: (invitation: InvitationView) => void,
): readonly Column<InvitationView>[] => [
  { id: 'email', title: 'E-mail', render: ({ email }) => <span className="strong">{email}</span> },
  {
    id: 'roles',
    title: 'Roles',
    render: ({ roles }) => (
      <span className="rolechips">
        {roles.map((role) => (
          <Chip key={role} outline>
            {role}
          </Chip>
        ))}
      </span>
    ),
  },
  {
    id: 'state',
    title: 'State',
    render: (invitation) => {
      const { state, icon, word } = invitationState(invitation);
      return (
        <span className={`state ${state} plain`}>
          <Icon name={icon} size={12} />
          {word}
        </span>
      );
    },
  },
  {
    id: 'until',
    title: 'Good until',
    render: ({ status, expiresAt }) => (
      <time className="dim" dateTime={expiresAt} title={exactTime(expiresAt)}>
        {status === 'open' ? untilWords(expiresAt, now) : ''}
      </time>
    ),
  },
  {
    id: 'by',
    title: 'Invited by',
    render: ({ createdBy, createdAt }) => (
      <span className="dim" title={exactTime(createdAt)}>
        {createdBy}, {relativeTime(createdAt, now)}
      </span>
    ),
  },
  {
    id: 'actions',
    title: '',
    width: '44px',
    render: (invitation) =>
      writable &&
      invitation.status === 'open' && (
        <IconButton
          icon="codicon:discard"
          label={`Take the invitation of ${invitation.email} back`}
          onClick={(event) => {
            event.stopPropagation();
            revoke(invitation);
          }}
        />
      ),
  },
];

function initialsOf(name: string): string {
  const [first = '', ...more] = name.split(/\s+/);
  return `${first.charAt(0)}${more.at(-1)?.charAt(0) ?? ''}`.toUpperCase();
}
