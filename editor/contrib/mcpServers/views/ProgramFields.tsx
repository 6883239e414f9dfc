import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { blankEnv, type DraftProblems, type EnvDraft, type McpServerDraft } from '../mcpServerDraft.ts';
import { type Change, Text } from './DraftText.tsx';

export function ProgramFields({
  draft,
  problems,
  change,
}: {
  draft: McpServerDraft;
  problems: DraftProblems;
  change: Change;
}) {
  const replace = (at: number, next: Partial<EnvDraft>) =>
    change({ env: draft.env.map((each, index) => (index === at ? { ...each, ...next } : each)) });
  const wrong = draft.env.map((_, at) => problems[`env.${at}`]).find(Boolean);
  return (
    <>
      <Text
        label="Command"
        mono
        placeholder="npx"
        hint="Runs on the machine of Baton, once an admin approves exactly this."
        value={draft.command}
        error={problems.command}
        onChange={(command) => change({ command })}
      />
      <Field label="Arguments" note="one a line" error={problems.args}>
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={3}
            spellCheck={false}
            placeholder={'-y\n@modelcontextprotocol/server-everything'}
            value={draft.args}
            onChange={(event) => change({ args: event.currentTarget.value })}
          />
        )}
      </Field>
      <div className="field">
        <span className="label">
          Environment
          <span className="opt">nothing else is given to it</span>
        </span>
        {draft.env.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable has no identity but its place
          <div className="mcpenv" key={at}>
            <Input
              small
              mono
              aria-label={`Name of variable ${at + 1}`}
              placeholder="NAME"
              invalid={problems[`env.${at}`] !== undefined}
              value={each.name}
              onChange={(event) => replace(at, { name: event.currentTarget.value })}
            />
            <Select
              small
              aria-label={`Kind of ${each.name}`}
              value={each.kind}
              options={[
                { value: 'value', title: 'Value' },
                { value: 'secret', title: 'Secret' },
              ]}
              onChange={(event) => replace(at, { kind: event.currentTarget.value as EnvDraft['kind'] })}
            />
            <Input
              small
              mono
              aria-label={each.kind === 'secret' ? `Secret of ${each.name}` : `Value of ${each.name}`}
              placeholder={each.kind === 'secret' ? 'Its name' : ''}
              value={each.text}
              onChange={(event) => replace(at, { text: event.currentTarget.value })}
            />
            <IconButton
              icon="codicon:trash"
              label={`Remove ${each.name}`}
              onClick={() => change({ env: draft.env.filter((_, index) => index !== at) })}
            />
          </div>
        ))}
        {wrong && (
          <div className="err" role="alert">
            <span>{wrong}</span>
          </div>
        )}
        <Button
          size="sm"
          look="ghost"
          icon="codicon:add"
          onClick={() => change({ env: [...draft.env, blankEnv] })}
        >
          Add variable
        </Button>
      </div>
    </>
  );
}
