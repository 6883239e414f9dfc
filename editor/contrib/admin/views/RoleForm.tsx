import type { RoleView } from '@baton/gateway/api';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useSaving } from '../../../workbench/useSaving.ts';
import { permissionWords } from '../permissionWords.ts';
import { type RoleDraft, roleProblems } from '../roleDraft.ts';
import type { Roles } from '../rolesStore.ts';
import { givenUp } from '../userDraft.ts';
import { ToolPatterns } from './ToolPatterns.tsx';

export interface RoleFormProps {
  /** `undefined` while one is being made. */
  role: RoleView | undefined;
  roles: Roles;
  draft: RoleDraft;
  dirty: boolean;
  change(part: Partial<RoleDraft>): void;
  /** Somebody else changed it meanwhile. */
  theirs: boolean;
  takeTheirs(): void;
  writable: boolean;
}

/** Name, description and tools of a role; its permissions are set in its column of the table. */
export function RoleForm({ role, roles, draft, dirty, change, theirs, takeTheirs, writable }: RoleFormProps) {
  const { me } = usePlatform();
  const known = useReadable(roles).items ?? [];
  const taken = role ? [] : known.map(({ name }) => name);
  const saving = useSaving(roleProblems(draft, taken));
  const { problems, busy, refused } = saving;
  const own = writable && !role?.builtIn;
  const runs = draft.permissions.includes('tools:run');
  const lost =
    role && me.roles.includes(role.name) ? givenUp(known, withDraft(known, draft), me.roles, me.roles) : [];
  return (
    <RecordForm
      label={role ? `Role ${role.name}` : 'New role'}
      title={role?.name ?? 'New role'}
      exact={role !== undefined}
      remove={
        role && own
          ? { label: `Delete the role ${role.name}`, run: () => void roles.remove(role) }
          : undefined
      }
      onSubmit={() => void saving.save(() => roles.save(draft, role))}
      onClose={() => roles.select(undefined)}
      submit={own && (dirty || !role) ? { label: role ? 'Save' : 'Make role', busy } : undefined}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {theirs && (
        <Callout tone="warning">
          Somebody changed this role while you were typing.{' '}
          <Button size="sm" onClick={takeTheirs}>
            Show what is saved
          </Button>
        </Callout>
      )}
      {role?.builtIn && <p className="dim sm">Built in: the same in every tenant, and not to be changed.</p>}
      <fieldset disabled={busy || !own}>
        {!role && (
          <Field label="Name" hint="It stays; people see it beside who has it." error={problems.name}>
            {({ invalid, ...control }) => (
              <Input
                {...control}
                mono
                data-autofocus
                invalid={invalid}
                maxLength={63}
                placeholder="refund-approver"
                spellCheck={false}
                value={draft.name}
                onChange={(event) => change({ name: event.currentTarget.value.trim().toLowerCase() })}
              />
            )}
          </Field>
        )}
        <Field label="Description" error={problems.description}>
          {({ invalid, ...control }) => (
            <TextArea
              {...control}
              rows={2}
              invalid={invalid}
              readOnly={!own}
              value={draft.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
            />
          )}
        </Field>
        <div className="field">
          <span className="label">
            Permissions<span className="opt">{draft.permissions.length}</span>
          </span>
          {own ? (
            <p className="dim sm">
              Tick them in the column <span className="mono">{draft.name || 'new role'}</span> of the table.
              {draft.permissions.length === 0 && ' None yet: it permits nothing.'}
            </p>
          ) : (
            <p className="dim sm">As its column of the table says.</p>
          )}
        </div>
        {runs && (own || draft.tools) && (
          <ToolPatterns
            tools={draft.tools}
            all="All"
            readOnly={!own}
            error={problems.tools}
            onChange={(tools) => change({ tools })}
          />
        )}
      </fieldset>
      {lost.length > 0 && (
        <Callout tone="warning">
          You have this role. Saving takes{' '}
          {lost.map((permission) => permissionWords(permission).words.toLowerCase()).join('; ')} from
          yourself.
        </Callout>
      )}
      {role?.changedAt && (
        <p className="dim sm">
          Changed by {role.changedBy}, {exactTime(role.changedAt)}.
        </p>
      )}
    </RecordForm>
  );
}

const withDraft = (roles: readonly RoleView[], { name, permissions }: RoleDraft) =>
  roles.map((role) => (role.name === name ? { ...role, permissions: [...permissions] } : role));
