import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { exactTime } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import { useTyped } from '../../../workbench/useTyped.ts';
import type { Roles } from '../rolesStore.ts';
import { invitationProblems, newUserProblems, nobody } from '../userDraft.ts';
import type { Users } from '../usersStore.ts';
import { RoleChoice } from './RoleChoice.tsx';
import { ShownOnce } from './ShownOnce.tsx';

const terms = [
  { value: '24', title: '1 day' },
  { value: '72', title: '3 days' },
  { value: '168', title: '1 week' },
  { value: '720', title: '30 days' },
];

/** Somebody new: by a link they choose their own password with, or with a password one gives them. */
export function NewUserForm({ users, roles }: { users: Users; roles: Roles }) {
  const [way, setWay] = useState<'link' | 'password'>('link');
  const made = useReadable(users.made);
  const taken = (useReadable(users).items ?? []).map(({ username }) => username);
  const known = useReadable(roles).items ?? [];
  const { draft, change, problems, busy, refused, save } = useTyped(nobody, (typed) =>
    way === 'link' ? invitationProblems(typed) : newUserProblems(typed, taken),
  );
  const close = () => {
    users.forgetMade();
    users.select(undefined);
  };
  if (made) {
    return (
      <RecordForm label="Invitation" title="Invitation made" onSubmit={close} onClose={close}>
        <ShownOnce
          label="Link"
          text={made.link}
          hint={`Send it to ${made.email}. Good for one person until ${exactTime(made.expiresAt)}.`}
        />
        <Button
          icon="codicon:add"
          onClick={() => {
            users.forgetMade();
            change(nobody);
          }}
        >
          Invite another
        </Button>
      </RecordForm>
    );
  }
  return (
    <RecordForm
      label="New user"
      title="Invite somebody"
      onSubmit={() => void save(() => (way === 'link' ? users.invite(draft) : users.create(draft)))}
      onClose={close}
      submit={{ label: way === 'link' ? 'Make the link' : 'Add user', busy }}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      <Segmented
        label="How they come in"
        value={way}
        options={[
          { value: 'link', title: 'By a link' },
          { value: 'password', title: 'With a password' },
        ]}
        onChange={setWay}
      />
      <fieldset disabled={busy}>
        <Field label="E-mail" error={problems.email}>
          {({ invalid, ...control }) => (
            <Input
              {...control}
              type="email"
              data-autofocus
              invalid={invalid}
              maxLength={200}
              placeholder="ada@example.com"
              value={draft.email}
              onChange={(event) => change({ email: event.currentTarget.value.trim() })}
            />
          )}
        </Field>
        {way === 'link' ? (
          <Field label="Link is good for" error={problems.hours}>
            {({ invalid, ...control }) => (
              <Select
                {...control}
                invalid={invalid}
                options={terms}
                value={String(draft.hours)}
                onChange={(event) => change({ hours: Number(event.currentTarget.value) })}
              />
            )}
          </Field>
        ) : (
          <>
            <Field label="Name" error={problems.name}>
              {({ invalid, ...control }) => (
                <Input
                  {...control}
                  invalid={invalid}
                  maxLength={100}
                  value={draft.name}
                  onChange={(event) => change({ name: event.currentTarget.value })}
                />
              )}
            </Field>
            <Field label="User name" hint="What they sign in with." error={problems.username}>
              {({ invalid, ...control }) => (
                <Input
                  {...control}
                  mono
                  invalid={invalid}
                  maxLength={63}
                  autoComplete="off"
                  spellCheck={false}
                  value={draft.username}
                  onChange={(event) => change({ username: event.currentTarget.value.trim().toLowerCase() })}
                />
              )}
            </Field>
            <Field label="Password" hint="10 characters or more." error={problems.password}>
              {({ invalid, ...control }) => (
                <Input
                  {...control}
                  type="password"
                  autoComplete="new-password"
                  invalid={invalid}
                  value={draft.password}
                  onChange={(event) => change({ password: event.currentTarget.value })}
                />
              )}
            </Field>
          </>
        )}
        <RoleChoice
          roles={known}
          held={draft.roles}
          error={problems.roles}
          onChange={(held) => change({ roles: held })}
        />
      </fieldset>
    </RecordForm>
  );
}
