import type { McpServer, McpServerCheck } from '@baton/gateway/api';
import { useState } from 'react';
import type { Failure } from '../../../platform/failure.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Select } from '../../../ui/Select.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { checkDraft, deleteServer, saveServer } from '../mcpServerActions.ts';
import { draftOf, type McpServerDraft, problemsOf } from '../mcpServerDraft.ts';
import type { McpServers } from '../mcpServersStore.ts';
import { transportTitles } from '../mcpServerWords.ts';
import { AuthFields } from './AuthFields.tsx';
import { type Change, Text } from './DraftText.tsx';
import { ProgramFields } from './ProgramFields.tsx';
import { MyToken, Standing } from './Standing.tsx';
import { Tested } from './Tested.tsx';

/** One server, whole: its fields depend on how it is reached and how it knows us. */
export function McpServerForm({
  server,
  servers,
  writable,
}: {
  /** `undefined` while one is being added. */
  server: McpServer | undefined;
  servers: McpServers;
  writable: boolean;
}) {
  const platform = usePlatform();
  // What was edited is what is saved over, whatever came since.
  const [base, setBase] = useState(server);
  const [draft, setDraft] = useState(() => draftOf(server));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState<'saving' | 'testing'>();
  const [refused, setRefused] = useState<Failure>();
  const [tested, setTested] = useState<McpServerCheck>();
  const change: Change = (changes) => {
    setDraft({ ...draft, ...changes });
    setRefused(undefined);
    setTested(undefined);
  };
  const all = problemsOf(draft, base);
  const problems = tried ? all : {};
  const stale = server && base && server.hash !== base.hash;
  const close = () => servers.select(undefined);

  async function save() {
    setTried(true);
    if (Object.keys(all).length > 0 || busy) return;
    setBusy('saving');
    const failure = await saveServer(platform, servers, base, draft);
    setBusy(undefined);
    setRefused(failure);
    if (failure) return;
    const latest = servers.getState().items?.find(({ id }) => id === base?.id);
    if (!latest) return;
    setBase(latest);
    setDraft(draftOf(latest));
    setTried(false);
  }
  async function test() {
    setTried(true);
    if (Object.keys(all).length > 0 || busy) return;
    setBusy('testing');
    setTested(undefined);
    const answer = await checkDraft(platform, base, draft);
    setBusy(undefined);
    if ('status' in answer) setTested(answer);
    else setRefused(answer);
  }
  function takeTheirs() {
    setBase(server);
    setDraft(draftOf(server));
    setRefused(undefined);
  }

  return (
    <RecordForm
      label={server ? `MCP server ${server.name}` : 'New MCP server'}
      title={server?.name ?? 'New MCP server'}
      actions={
        server && (
          <IconButton
            icon="codicon:go-to-file"
            label="Open its tools"
            onClick={() =>
              void platform.editors.open({ kind: 'mcpServer', id: server.id, name: server.name })
            }
          />
        )
      }
      remove={
        server && platform.context.get('permission:mcpServers:delete')
          ? { label: 'Delete server', run: () => deleteServer(platform, servers, server) }
          : undefined
      }
      onSubmit={() => void save()}
      onClose={close}
      foot={
        writable && (
          <>
            <Button size="sm" look="ghost" busy={busy === 'testing'} onClick={() => void test()}>
              Test
            </Button>
            <span className="grow" />
          </>
        )
      }
      submit={writable ? { label: 'Save and connect', busy: busy === 'saving' } : undefined}
    >
      {server && <Standing server={server} servers={servers} />}
      {stale && (
        <Callout tone="warning">
          {server.updatedBy} saved it meanwhile.{' '}
          <Button size="sm" onClick={takeTheirs}>
            Show what is saved
          </Button>
        </Callout>
      )}
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {tested && <Tested check={tested} />}
      {server && <MyToken server={server} servers={servers} />}
      <fieldset disabled={!writable || busy !== undefined}>
        <Text
          label="Name"
          hint="Its tools are called name.tool."
          mono
          focus={!server}
          placeholder="tracker"
          value={draft.name}
          error={problems.name}
          onChange={(name) => change({ name })}
        />
        <Text
          label="Description"
          note="optional"
          value={draft.description}
          error={problems.description}
          onChange={(description) => change({ description })}
        />
        <Field label="Reached by">
          {({ invalid, ...control }) => (
            <Select
              {...control}
              invalid={invalid}
              value={draft.transport}
              options={Object.entries(transportTitles).map(([value, title]) => ({ value, title }))}
              onChange={(event) =>
                change({ transport: event.currentTarget.value as McpServerDraft['transport'] })
              }
            />
          )}
        </Field>
        {draft.transport === 'stdio' ? (
          <ProgramFields draft={draft} problems={problems} change={change} />
        ) : (
          <>
            <Text
              label="Address"
              mono
              placeholder="https://mcp.example.com/mcp"
              value={draft.url}
              error={problems.url}
              onChange={(url) => change({ url })}
            />
            <AuthFields draft={draft} saved={base} problems={problems} change={change} />
          </>
        )}
        <Text
          label="A call may take"
          note="s"
          hint="Progress of the tool begins the time anew."
          value={draft.timeout}
          error={problems.timeout}
          onChange={(timeout) => change({ timeout })}
        />
        <Checkbox
          asSwitch
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        >
          Connect to it
        </Checkbox>
      </fieldset>
    </RecordForm>
  );
}
