import type { McpServer } from '@baton/gateway/api';
import { Field } from '../../../ui/Field.tsx';
import { NamesInput } from '../../../ui/NamesInput.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { DraftProblems, McpServerDraft } from '../mcpServerDraft.ts';
import { type Change, Text } from './DraftText.tsx';

export function AuthFields({
  draft,
  saved,
  problems,
  change,
}: {
  draft: McpServerDraft;
  saved: McpServer | undefined;
  problems: DraftProblems;
  change: Change;
}) {
  const kept = saved?.auth;
  return (
    <>
      <Field label="It knows us by">
        {({ invalid, ...control }) => (
          <Select
            {...control}
            invalid={invalid}
            value={draft.auth}
            options={Object.entries(authTitles).map(([value, title]) => ({ value, title }))}
            onChange={(event) => change({ auth: event.currentTarget.value as McpServerDraft['auth'] })}
          />
        )}
      </Field>
      {(draft.auth === 'header' || draft.auth === 'user') && (
        <Text
          label="Header"
          mono
          value={draft.header}
          error={problems.header}
          hint={draft.auth === 'user' ? 'Everybody’s own token is sent in it.' : undefined}
          onChange={(header) => change({ header })}
        />
      )}
      {draft.auth === 'header' && (
        <Text
          label="Value"
          password
          placeholder={kept?.kind === 'header' && kept.hasValue ? 'Kept; type to replace it' : 'Bearer …'}
          hint="Encrypted before it is stored; nobody can read it again."
          value={draft.headerValue}
          error={problems.headerValue}
          onChange={(headerValue) => change({ headerValue })}
        />
      )}
      {draft.auth === 'oauth' && (
        <>
          <Field label="Scopes" note="optional" error={problems.scopes}>
            {({ invalid, ...control }) => (
              <NamesInput
                {...control}
                what="scope"
                mono
                invalid={invalid}
                names={draft.scopes}
                onChange={(scopes) => change({ scopes })}
              />
            )}
          </Field>
          <Text
            label="Client id"
            note="optional"
            mono
            hint="Empty: Baton registers itself with the server’s issuer."
            value={draft.clientId}
            error={problems.clientId}
            onChange={(clientId) => change({ clientId })}
          />
          {draft.clientId !== '' && (
            <Text
              label="Client secret"
              note="optional"
              password
              placeholder={kept?.kind === 'oauth' && kept.hasClientSecret ? 'Kept; type to replace it' : ''}
              value={draft.clientSecret}
              error={problems.clientSecret}
              onChange={(clientSecret) => change({ clientSecret })}
            />
          )}
        </>
      )}
    </>
  );
}

const authTitles = {
  none: 'None',
  header: 'A header',
  oauth: 'Sign-in (OAuth 2.1)',
  user: 'Everybody’s own token',
} as const satisfies { [K in McpServerDraft['auth']]: string };
