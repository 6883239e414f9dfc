import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { valueAt } from '../../../platform/contentPath.ts';
import { money } from '../../../ui/figures.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';
import { inputOf, messageVariable, variablesOf } from '../chat/promptValues.ts';
import { type Turn, tokensOf } from '../chat/turn.ts';
import { Trace } from './Trace.tsx';

export function Foot({
  document,
  name,
  last,
}: {
  document: AgentDocument;
  name: string;
  last: Turn | undefined;
}) {
  const { chat } = document;
  const input = useReadable(chat, (state) => state.input);
  const loops = useStore(document.view, (view) => valueAt(view.reading.value, ['limits', 'maxModelCalls']));
  const userPrompt = useStore(document.view, (view) => valueAt(view.reading.value, ['userPrompt']));
  const variables = useMemo(() => variablesOf(userPrompt), [userPrompt]);
  const filled = useReadable(chat, ({ values }) => inputOf(variables, values) !== undefined);
  const running = last?.status === 'running';
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const asked = chat.onFocus(() => requestAnimationFrame(() => field.current?.focus()));
    return () => asked.dispose();
  }, [chat]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void chat.send();
  };
  if (!mayRun(document))
    return (
      <div className="chatfoot">
        <p className="dim sm chatnot">Your roles do not give agents:run, so you can only read.</p>
      </div>
    );
  return (
    <div className="chatfoot">
      {last && (
        <div className="chatfigures xs dim">
          {running && <span className="c-running dot live" />}
          <span>
            {running && typeof loops === 'number'
              ? `Loop ${Math.min(last.loops + 1, loops)} of ${loops}`
              : `${last.loops} ${last.loops === 1 ? 'loop' : 'loops'}`}
          </span>
          <span>·</span>
          <span>{tokensOf(last.usage).toLocaleString('en')} tokens</span>
          <span>·</span>
          <span className="c-cost">{money(last.usage.cost)}</span>
          <span className="grow" />
          {last.runId && <Trace run={last.runId} document={document} />}
        </div>
      )}
      <Values document={document} variables={variables} />
      <div className="input chatinput">
        <TextArea
          ref={field}
          rows={1}
          aria-label={`Message ${name}`}
          placeholder={name.length > 20 ? 'Message the agent' : `Message ${name}`}
          value={input}
          onChange={(event) => chat.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {running ? (
          <IconButton
            icon="codicon:debug-stop"
            label="Stop"
            keys="Esc"
            onClick={() => {
              chat.stop();
              field.current?.focus();
            }}
          />
        ) : (
          <IconButton
            icon="codicon:send"
            label="Send"
            keys="↵"
            disabled={!input.trim() && !filled}
            onClick={() => void chat.send()}
          />
        )}
      </div>
    </div>
  );
}

/** What the agent's own prompt takes; a process would give it. */
function Values({ document, variables }: { document: AgentDocument; variables: readonly string[] }) {
  const values = useReadable(document.chat, (chat) => chat.values);
  if (variables.length === 0) return null;
  const filled = variables.filter((name) => values[name]?.trim()).length;
  const spokenAs = messageVariable(variables, values);
  return (
    <details className="chatvalues">
      <summary>
        Values of the prompt{' '}
        <span className="dim">
          {filled} of {variables.length}
        </span>
      </summary>
      <div className="chatvaluerows scroll">
        {variables.map((name) => (
          <div key={name}>
            <code className="ellipsis">{name}</code>
            <Input
              small
              aria-label={name}
              placeholder={name === spokenAs ? 'Your message' : undefined}
              value={values[name] ?? ''}
              onChange={(event) => document.chat.fill(name, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
    </details>
  );
}

export function mayRun({ platform }: AgentDocument): boolean {
  return Boolean(platform.context.get('permission:agents:run'));
}
