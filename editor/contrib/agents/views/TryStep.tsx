import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { money } from '../../../ui/figures.ts';
import { JsonView } from '../../../ui/JsonView.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { duration } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { tokensOf } from '../chat/turn.ts';
import type { NewAgent } from '../newAgent.ts';

/** One message to the agent that was just made, with its answer as it comes. */
export function TryStep({ wizard }: { wizard: NewAgent }) {
  const { context } = usePlatform();
  const { made, message, turn } = useReadable(wizard.view);
  if (!made) return null;
  const running = turn?.status === 'running';
  return (
    <>
      <Callout tone="success">
        <b>{made.name}</b> v1 is made. Processes can name it from now on.
      </Callout>
      {context.get('permission:agents:run') ? (
        <>
          <Field label="Message" hint="What it calls really happens.">
            {({ invalid, ...control }) => (
              <TextArea
                {...control}
                rows={3}
                invalid={invalid}
                value={message}
                onChange={(event) => wizard.write(event.currentTarget.value)}
              />
            )}
          </Field>
          <div>
            <Button
              icon="codicon:send"
              busy={running}
              disabled={!message.trim()}
              onClick={() => void wizard.send()}
            >
              Send
            </Button>
          </div>
        </>
      ) : (
        <p className="dim">Your roles do not give agents:run, so somebody else has to try it.</p>
      )}
      {turn && (
        <section className="tryanswer" aria-label="Answer" aria-live="polite" aria-busy={running}>
          {turn.parts.map((part, at) =>
            part.kind === 'text' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts only ever come behind those that are there
              <p key={at}>{part.text}</p>
            ) : (
              <p key={part.kind === 'call' ? part.id : at} className="dim sm">
                {part.kind === 'call'
                  ? `Called ${part.name}`
                  : `${part.from} could not answer, ${part.to} does.`}
              </p>
            ),
          )}
          {turn.output !== undefined && <JsonView value={turn.output} />}
          {turn.failure && <Callout tone="error">{turn.failure.message}</Callout>}
          {!running && !turn.failure && (
            <p className="dim sm">
              {turn.duration !== undefined && `${duration(turn.duration)} · `}
              {tokensOf(turn.usage).toLocaleString('en')} tokens ·{' '}
              <span className="c-cost">{money(turn.usage.cost)}</span>
            </p>
          )}
        </section>
      )}
    </>
  );
}
