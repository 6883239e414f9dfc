import { useState } from 'react';
import { KindBadge } from '../../../ui/Badge.tsx';
import { counted, whole as figure, money } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { duration, preciseTime } from '../../../ui/time.ts';
import { failureTitle } from '../failureWords.ts';
import {
  contextWords,
  forkWords,
  keyOf,
  type Loop,
  loopsOf,
  type Step,
  stepsOf,
  tokensOf,
  tokenWords,
  usageOf,
} from '../loops.ts';
import { callIdOf, fitsLine, readModelCall } from '../modelCall.ts';
import { Message } from './Message.tsx';
import { ToolCall } from './ToolCall.tsx';
import { Verdicts } from './Verdicts.tsx';

/** So many loops are shown in full; of more, the last ones are. */
const shownWhole = 3;

/** What an agent did, loop by loop, the newest at the bottom. */
export function Loops({
  steps,
  fork,
}: {
  steps: readonly Step[];
  /** Goes on from a loop another way; without it, nobody may. */
  fork?: ((loop: number) => void) | undefined;
}) {
  const loops = loopsOf(steps);
  const [folded, setFolded] = useState<ReadonlyMap<number, boolean>>(new Map());
  return loops.map((loop) => {
    const open = folded.get(loop.number) ?? loop.number > loops.length - shownWhole;
    return (
      <LoopView
        key={loop.number}
        loop={loop}
        open={open}
        toggle={() => setFolded(new Map(folded).set(loop.number, !open))}
        fork={fork && loop.model && (() => fork(loop.number))}
      />
    );
  });
}

function LoopView({
  loop,
  open,
  toggle,
  fork,
}: {
  loop: Loop;
  open: boolean;
  toggle(): void;
  fork: (() => void) | undefined;
}) {
  const { number, failed, model, tools } = loop;
  const usage = usageOf(stepsOf(loop));
  const broken = tools.find(({ error }) => error);
  const title = model || failed.length > 0 ? `Loop ${number}` : 'Called by the process';
  return (
    <section aria-label={title}>
      <div className="loop">
        <button type="button" className="pressablerow loophead" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? 'codicon:chevron-down' : 'codicon:chevron-right'} size={14} />
          <b>{title}</b>
          <span className="ellipsis">
            {broken ? (
              <span className="c-incident">{broken.name} failed</span>
            ) : !model && failed.length > 0 ? (
              <span className="c-incident">no answer</span>
            ) : model?.context?.summary ? (
              'sums up the loops before it'
            ) : tools.length > 0 ? (
              counted(tools.length, 'tool call')
            ) : (
              model && duration(model.duration)
            )}
          </span>
        </button>
        <span className="end">
          {tokensOf(usage) > 0 && <span title={tokenWords(usage)}>{figure(tokensOf(usage))} tok</span>}
          {usage.cost > 0 && <span className="c-cost">{money(usage.cost)}</span>}
          {fork && (
            <button
              type="button"
              className="forkloop"
              title={`Fork from loop ${number}`}
              aria-label={`Fork from loop ${number}`}
              onClick={fork}
            >
              <Icon name="codicon:repo-forked" size={14} />
            </button>
          )}
        </span>
      </div>
      {open && (
        <>
          {failed.length > 0 && <Failed steps={failed} answered={model} />}
          {model && <ModelCall step={model} called={new Set(tools.map(callIdOf))} />}
          {tools.map((step) => (
            <ToolCall key={keyOf(step)} step={step} />
          ))}
        </>
      )}
    </section>
  );
}

/** Who did not answer, why, and who stood in. */
function Failed({ steps, answered }: { steps: readonly Step[]; answered: Step | undefined }) {
  const models = [...new Set(steps.map(({ model }) => model))];
  const { error } = steps.at(-1)!;
  return (
    <div className="msg">
      <span className="c-waiting">
        <Icon name={answered?.fallback ? 'codicon:arrow-swap' : 'codicon:warning'} />
      </span>
      <div className="body switched">
        {models.map((model) => {
          const own = steps.filter((step) => step.model === model);
          const last = own.at(-1)!.error!;
          return (
            <p key={model} title={last.message}>
              <span className="mono">{model}</span> · {failureTitle(last.code)}
              {own.length > 1 && `, ${own.length} times`}
            </p>
          );
        })}
        {answered?.fallback ? (
          <p className="strong">
            <span className="mono">{answered.model}</span> answers instead
          </p>
        ) : (
          <p className="dim">{error?.message}</p>
        )}
      </div>
    </div>
  );
}

function ModelCall({
  step,
  called,
}: {
  step: Step;
  /** What was called already is shown as that. */
  called: ReadonlySet<string>;
}) {
  const { prompt, answer, toolCalls } = readModelCall(step);
  const fitted = contextWords(step);
  const asksFor = toolCalls.filter(({ id }) => !called.has(id));
  return (
    <>
      {prompt && (
        <Message icon={<Icon name="codicon:comment" />} who="Asked" time="">
          <Clamped text={prompt} />
        </Message>
      )}
      <Message
        icon={<KindBadge kind="agent" />}
        who={
          <>
            {step.name} <span className="dim">{step.version > 0 ? `v${step.version}` : 'draft'}</span>
          </>
        }
        time={`${preciseTime(step.startedAt)} · ${duration(step.duration)}`}
      >
        {typeof answer === 'string'
          ? answer && <p className="answer">{answer}</p>
          : answer !== undefined && <JsonView value={answer} />}
        {asksFor.map((tool) => (
          <div className="call" key={tool.id}>
            <div className="hd">
              <Icon name="tool" kind="tool" size={14} />
              <span className="mono">{tool.name}</span>
              <span className="end">asks for the tool</span>
            </div>
            <JsonView value={tool.arguments} inline={fitsLine(tool.arguments)} />
          </div>
        ))}
        {fitted && (
          <p className="fitted dim">
            <Icon name="codicon:fold" size={14} />
            <span>{fitted}, to fit the context</span>
          </p>
        )}
        <Verdicts verdicts={step.verdicts} />
        <p className="stepfigures dim">
          <span className="mono">{step.model}</span>
          <span>{step.fork ? forkWords[step.fork] : tokenWords(step.usage)}</span>
        </p>
      </Message>
    </>
  );
}

const clampAt = 280;

function Clamped({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= clampAt) return <p className="answer dim">{text}</p>;
  return (
    <p className="answer dim">
      {whole ? text : `${text.slice(0, clampAt)}… `}
      <button type="button" className="link" onClick={() => setWhole(!whole)}>
        {whole ? 'Less' : 'All of it'}
      </button>
    </p>
  );
}
