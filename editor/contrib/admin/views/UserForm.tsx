import type { UserView } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useSaving } from '../../../workbench/useSaving.ts';
import { byResource, permissionWords } from '../permissionWords.ts';
import type { Roles } from '../rolesStore.ts';
import { draftOf, givenUp, passwordProblem, permitted, userProblems } from '../userDraft.ts';
import type { Users } from '../usersStore.ts';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { useDraft } from './useDraft.ts';

/** One person: who they are, their roles, and what those let them do. */
export function UserForm({
  user,
  users,
  roles,
  writable,
}: {
  user: UserView;
  users: Users;
  roles: Roles;
  writable: boolean;
}) {
  const platform = usePlatform();
  const managed = useReadable(users.managed);
  const known = useReadable(roles).items ?? [];
  const proposal = useReadable(users.proposed);
  const { draft, dirty, change, theirs, takeTheirs } = useDraft(
    user,
    draftOf,
    proposal?.id === user.id ? { roles: proposal.roles } : {},
  );
  const saving = useSaving(managed ? userProblems(draft) : {});
  const { problems, busy, refused } = saving;
  const self = user.id === platform.me.user.id;
  const lost = self ? givenUp(known, known, user.roles, draft.roles) : [];
  const may = permitted(known, draft.roles);
  return (
    <RecordForm
      label={`User ${user.name}`}
      title={user.username}
      exact
      remove={
        writable && !self ? { label: `Remove ${user.name}`, run: () => void users.remove(user) } : undefined
      }
      onSubmit={() => void saving.save(() => users.save(user, draft))}
      onClose={() => users.select(undefined)}
      submit={writable && dirty ? { label: 'Save', busy } : undefined}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {proposal?.id === user.id && dirty && (
        <Callout>This is how it would be. Nothing is changed until you save.</Callout>
      )}
      {theirs && <ChangedMeanwhile what={user.name} onTake={takeTheirs} />}
      {managed && (
        <Checkbox
          asSwitch
          checked={user.enabled}
          disabled={!writable || self}
          onChange={(event) => void users.setEnabled(user, event.currentTarget.checked)}
        >
          {user.enabled ? 'Can sign in' : 'Disabled: cannot sign in'}
        </Checkbox>
      )}
      <fieldset disabled={busy || !writable}>
        {managed ? (
          <>
            <Field label="Name" error={problems.name}>
              {({ invalid, ...control }) => (
                <Input
                  {...control}
                  invalid={invalid}
                  data-autofocus
                  maxLength={100}
                  value={draft.name}
                  onChange={(event) => change({ name: event.currentTarget.value })}
                />
              )}
            </Field>
            <Field label="E-mail" error={problems.email}>
              {({ invalid, ...control }) => (
                <Input
                  {...control}
                  type="email"
                  invalid={invalid}
                  maxLength={200}
                  value={draft.email}
                  onChange={(event) => change({ email: event.currentTarget.value.trim() })}
                />
              )}
            </Field>
          </>
        ) : (
          <p className="dim sm">Name, e-mail address and password are kept where people sign in.</p>
        )}
        <RoleChoice roles={known} held={draft.roles} onChange={(held) => change({ roles: held })} />
      </fieldset>
      {lost.length > 0 && (
        <Callout tone="warning">
          You take {lost.map((permission) => permissionWords(permission).words.toLowerCase()).join('; ')} from
          yourself. Somebody else has to give it back.
        </Callout>
      )}
      {managed && writable && <Password user={user} users={users} self={self} />}
      <section className="usermay" aria-label={`What ${user.name} may do`}>
        <h2 className="label">
          May do
          <span className="opt">
            {may.size} {dirty ? 'once saved' : ''}
          </span>
        </h2>
        {may.size === 0 && <p className="dim sm">Nothing: there is no role.</p>}
        <dl>
          {byResource([...may]).map(([resource, permissions]) => (
            <div key={resource}>
              <dt className="sm">{resource}</dt>
              <dd>
                {permissions.map((permission) => (
                  <button
                    key={permission}
                    type="button"
                    className="chip"
                    title={`${permissionWords(permission).words}: why?`}
                    onClick={() => void platform.commands.run('roles.why', user.id, permission)}
                  >
                    {permission.split(':')[1]}
                  </button>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </RecordForm>
  );
}

function Password({ user, users, self }: { user: UserView; users: Users; self: boolean }) {
  const [typed, setTyped] = useState<string>();
  const problem = typed === undefined ? undefined : passwordProblem(typed);
  const { problems, busy, refused, save } = useSaving(problem ? { password: problem } : {});
  if (typed === undefined) {
    return (
      <Button size="sm" icon="codicon:key" onClick={() => setTyped('')}>
        Set password…
      </Button>
    );
  }
  return (
    <div className="userpassword">
      <Field
        label="New password"
        hint={`Every session of ${user.name} ends${self ? ', yours here too' : ''}.`}
        error={(problems as { password?: string }).password ?? refused?.message}
      >
        {({ invalid, ...control }) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            autoFocus
            invalid={invalid}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      <span className="hstack">
        <Button
          size="sm"
          busy={busy}
          onClick={async () => {
            if (await save(() => users.setPassword(user, typed))) setTyped(undefined);
          }}
        >
          Set password
        </Button>
        <Button size="sm" look="ghost" onClick={() => setTyped(undefined)}>
          Keep the old one
        </Button>
      </span>
    </div>
  );
}
