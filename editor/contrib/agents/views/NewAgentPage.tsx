import './newAgent.css';
import { type ReactNode, useEffect, useRef } from 'react';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { type NewAgent, nameProblem, problemsOfSteps, type Step, steps } from '../newAgent.ts';
import { ModelStep, PromptStep, TemplateStep, ToolsStep } from './NewAgentSteps.tsx';
import { TryStep } from './TryStep.tsx';

const titles: { readonly [S in Step]: { title: string; asks: string } } = {
  template: { title: 'Template', asks: 'What it starts from' },
  model: { title: 'Model', asks: 'Who answers' },
  prompt: { title: 'Prompt', asks: 'What it is told' },
  tools: { title: 'Tools', asks: 'What it may call' },
  try: { title: 'Try it', asks: 'Whether it does what you mean' },
};

const views: { readonly [S in Step]: (props: { wizard: NewAgent }) => ReactNode } = {
  template: TemplateStep,
  model: ModelStep,
  prompt: PromptStep,
  tools: ToolsStep,
  try: TryStep,
};

/** A new agent in five steps; each can be gone back to until the agent is made. */
export function NewAgentPage({ document: wizard }: DocumentProps<NewAgent>) {
  const state = useReadable(wizard.view);
  const { step, made, making, failure } = state;
  const problems = problemsOfSteps(state);
  const wrong = nameProblem(state);
  const at = steps.indexOf(step);
  const previous = steps[at - 1];
  const next = steps[at + 1];
  const StepView = views[step];
  const body = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its first field
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('input:checked, input, textarea, select')?.focus();
  }, [step]);
  const isWrong = (each: Step) =>
    (each === 'template' && wrong !== undefined) || (problems.get(each)?.length ?? 0) > 0;
  const blocked = steps.find(isWrong);
  return (
    <form
      className="newagent"
      aria-label="New agent"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === 'tools') void wizard.make();
        else if (next && next !== 'try' && !isWrong(step)) wizard.go(next);
      }}
    >
      <ol className="newagentsteps" aria-label="Steps">
        {steps.map((each, index) => (
          <li key={each}>
            <button
              type="button"
              className={each === step ? 'on' : undefined}
              aria-current={each === step ? 'step' : undefined}
              disabled={made ? each !== 'try' : each === 'try'}
              onClick={() => wizard.go(each)}
            >
              <StepMark index={index} done={index < at} wrong={index < at && isWrong(each)} />
              <span className="newagentstep">
                <span>{titles[each].title}</span>
                <span className="dim sm">{titles[each].asks}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className="newagentmain">
        <div ref={body} className="newagentbody scroll">
          <h1>{step === 'try' ? 'Try it' : titles[step].asks}</h1>
          {failure && (
            <Callout tone="error">
              {failure.message}
              {failure.requestId && <span className="dim sm"> Request {failure.requestId}</span>}
            </Callout>
          )}
          <StepView wizard={wizard} />
        </div>
        <div className="newagentfoot">
          {step === 'tools' && blocked && (
            <p className="err">
              <Icon name="codicon:error" size={14} />
              <span>
                {blocked === 'template' ? wrong : problems.get(blocked)?.[0]?.message}{' '}
                {blocked !== step && (
                  <Button size="sm" look="ghost" onClick={() => wizard.go(blocked)}>
                    Go to {titles[blocked].title}
                  </Button>
                )}
              </span>
            </p>
          )}
          <span className="grow" />
          {previous && !made && <Button onClick={() => wizard.go(previous)}>Back</Button>}
          {step === 'try' ? (
            <Button look="primary" onClick={() => void wizard.open()}>
              Open the agent
            </Button>
          ) : step === 'tools' ? (
            <Button look="primary" type="submit" busy={making} disabled={blocked !== undefined}>
              Create agent
            </Button>
          ) : (
            <Button look="primary" type="submit" disabled={isWrong(step)}>
              Next
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}

/** A number, a tick, or what is wrong: shape differs with the colour. */
function StepMark({ index, done, wrong }: { index: number; done: boolean; wrong: boolean }) {
  if (wrong)
    return (
      <span className="stepmark c-incident" role="img" aria-label="Has a problem">
        <Icon name="codicon:error" />
      </span>
    );
  if (done)
    return (
      <span className="stepmark c-completed" role="img" aria-label="Done">
        <Icon name="codicon:check" />
      </span>
    );
  return <span className="stepmark numbered">{index + 1}</span>;
}
