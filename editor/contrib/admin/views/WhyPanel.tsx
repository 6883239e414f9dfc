import {
  type AccessReason,
  type Permission,
  permissions,
  type RoleView,
  type UserView,
} from '@baton/gateway/api';
import { useEffect } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { permissionWords } from '../permissionWords.ts';
import type { Roles } from '../rolesStore.ts';
import type { Users } from '../usersStore.ts';
import { whatWouldChange } from '../whatWouldChange.ts';

/** The same while nothing is read: who follows them is not told again and again. */
const nobody: readonly UserView[] = [];
const noRoles: readonly RoleView[] = [];

/** Whether somebody may do something: the answer, then the rules in reading order, then what would change it. */
export function WhyPanel({ roles, users, onClose }: { roles: Roles; users: Users; onClose(): void }) {
  const platform = usePlatform();
  const { me } = platform;
  const question = useReadable(roles.question);
  const { items: people = nobody } = useReadable(users);
  const { items: known = noRoles } = useReadable(roles);
  const { user, permission, answer, failure } = question;
  useEffect(() => {
    const { user: asked } = roles.question.getState();
    if (!asked) void roles.ask({ user: me.user.id });
  }, [roles, me]);
  // Whose roles, or what they permit, changed meanwhile is asked anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when either list changes
  useEffect(() => void roles.ask({}), [roles, people, known]);
  const person = people.find(({ id }) => id === user);
  const held = person?.roles ?? (user === me.user.id ? me.roles : []);
  const changes = answer ? whatWouldChange(answer, known, held, me.permissions) : [];
  const preview = changes.find((change) => change.roles)?.roles;
  const choices = people.map(({ id, name, username }) => ({ value: id, title: `${name} (${username})` }));
  if (!people.some(({ id }) => id === me.user.id))
    choices.unshift({ value: me.user.id, title: `${me.user.name} (you)` });
  return (
    <section className="recordform why" aria-label="Why?">
      <div className="recordtitle">
        <span>Why?</span>
        <IconButton icon="codicon:close" label="Close" onClick={onClose} />
      </div>
      <div className="recordfields scroll">
        <Field label="Who">
          {({ invalid: _, ...control }) => (
            <Select
              {...control}
              data-autofocus
              options={choices}
              value={user ?? ''}
              onChange={(event) => void roles.ask({ user: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="May">
          {({ invalid: _, ...control }) => (
            <Select
              {...control}
              className="mono"
              options={[
                ...(permission ? [] : [{ value: '', title: 'Choose a permission' }]),
                ...permissions.map((value) => ({
                  value,
                  title: `${value} · ${permissionWords(value).words}`,
                })),
              ]}
              value={permission ?? ''}
              onChange={(event) => void roles.ask({ permission: event.currentTarget.value as Permission })}
            />
          )}
        </Field>
        {failure && <Callout tone="error">{failure.message}</Callout>}
        {!permission && (
          <p className="dim sm">
            Choose a permission, or click a cell of the table: the answer says which rule decides.
          </p>
        )}
        {answer && (
          <>
            <div className={`whyanswer ${answer.allowed ? 'yes' : 'no'}`} role="status">
              <Icon name={answer.allowed ? 'codicon:pass' : 'codicon:error'} size={16} />
              <div>
                <strong>{answer.allowed ? 'Yes' : 'No'}</strong>
                <span>{conclusion(answer.allowed, answer.reasons)}</span>
              </div>
            </div>
            <ol className="whyreasons" aria-label="Rules in the order they are read">
              {answer.reasons.map((reason) => (
                <Reason key={`${reason.rule}${reason.because}`} reason={reason} />
              ))}
            </ol>
            {changes.length > 0 && (
              <div className="whychanges">
                <h2 className="h">{answer.allowed ? 'What would end it' : 'What would allow it'}</h2>
                {changes.map((change) => (
                  <p key={`${change.words}${change.role}`}>
                    <Icon name="codicon:arrow-right" size={14} />
                    <span>
                      {change.words} <span className="mono">{change.role}</span>
                      {change.effect && <span className="dim">, {change.effect}</span>}
                    </span>
                  </p>
                ))}
                {person && preview && platform.context.get('permission:users:write') && (
                  <Button
                    look="primary"
                    onClick={() => void platform.commands.run('users.preview', person.id, preview)}
                  >
                    Preview the change
                  </Button>
                )}
                <p className="dim sm">A change counts from the next request, also in open sessions.</p>
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}

const says = {
  allows: { icon: 'codicon:pass', word: 'Allows', tone: 'c-completed' },
  denies: { icon: 'codicon:error', word: 'Denies', tone: 'c-incident' },
  silent: { icon: 'codicon:dash', word: 'Says nothing', tone: 'muted' },
} as const;

function Reason({ reason }: { reason: AccessReason }) {
  const { icon, word, tone } = says[reason.says];
  return (
    <li>
      <span className={tone} role="img" aria-label={word}>
        <Icon name={icon} size={14} />
      </span>
      <div>
        <span>{readable(reason.because)}.</span>
        {reason.policy && (
          <span className="mono dim sm" title="Line of the policy: role, tenant, resource, action">
            {reason.policy.join(', ')}
          </span>
        )}
      </div>
    </li>
  );
}

/** Instants inside a sentence, as people read them. */
const readable = (sentence: string) =>
  sentence.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) =>
    new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  );

function conclusion(allowed: boolean, reasons: readonly AccessReason[]): string {
  const read = `${reasons.length} rule${reasons.length === 1 ? '' : 's'} were read.`;
  const denying = reasons.find((reason) => reason.says === 'denies');
  if (denying) return `${readable(denying.because)}.`;
  if (!allowed) return `No rule allows it. ${read}`;
  const count = reasons.filter((reason) => reason.says === 'allows').length;
  return `${count === 1 ? 'One rule allows' : `${count} rules allow`} it, none denies. ${read}`;
}
