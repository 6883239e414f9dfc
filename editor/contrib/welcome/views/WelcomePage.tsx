import './WelcomePage.css';
import type { WorkflowSummary } from '@baton/gateway/api';
import { Chip, KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { useContextValue, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { exampleOf, type FirstSteps, stepsOf } from '../firstSteps.ts';
import { ExampleDiagram } from './ExampleDiagram.tsx';

/** Commands of whoever contributes them; those that are not there are left out. */
const starts = [
  { command: 'designer.newWorkflow', title: 'New workflow' },
  { command: 'agents.new', title: 'New agent' },
  { command: 'tools.new', title: 'New tool' },
  { command: 'tasks.new', title: 'New task' },
  { command: 'view.quickOpen', title: 'Open a document' },
  { command: 'view.commandPalette', title: 'Open the command palette' },
];

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export function WelcomePage({ steps }: { steps: FirstSteps }) {
  const platform = usePlatform();
  const { me, clock, commands, keybindings, settings, editors } = platform;
  useReadable(commands);
  useContextValue(() => starts.map(({ command }) => commands.enabled(command)).join());
  useReadable(settings.values);
  const state = useReadable(steps);
  const example = exampleOf(state.workflows);
  const list = stepsOf(state, me.roles.join(', '), me.tenant.name);
  const next = list.find((step) => !step.done);
  const open = (workflow: WorkflowSummary) =>
    editors.open({ kind: 'workflow', id: workflow.id, name: workflow.name });
  const run = async (workflow: WorkflowSummary) => {
    await open(workflow);
    await commands.run('designer.run');
  };
  return (
    <div className="welcome scroll">
      <div className="welcome-body">
        <header>
          <h1>
            {greeting(clock.now())}, {me.user.name.split(' ')[0]}
          </h1>
          <p className="dim">
            {state.workflows.length === 0
              ? `${me.tenant.name} is empty. In five minutes you can have an agent at work in a process.`
              : `${me.tenant.name} has ${count(state.workflows.length, 'workflow')} and ${count(state.runs, 'run')}.`}
          </p>
        </header>
        <div className="welcome-columns">
          <div className="welcome-column">
            <section>
              <h2 className="h">Start</h2>
              {starts
                .filter(({ command }) => commands.enabled(command))
                .map(({ command, title }) => (
                  <button
                    key={command}
                    type="button"
                    className="startlink"
                    onClick={() => void commands.run(command)}
                  >
                    <Icon name={commands.get(command)?.icon ?? 'codicon:circle'} />
                    <span>{title}</span>
                    <span className="keys">
                      <KeyHint keys={keybindings.keysOf(command)} />
                    </span>
                  </button>
                ))}
            </section>
            <section>
              <h2 className="h">Your first five minutes</h2>
              <ol className="steps">
                {list.map((step) => (
                  <li key={step.id} className={step.done ? 'done' : step === next ? 'now' : undefined}>
                    {step.done ? (
                      <Icon name="codicon:pass" className="c-completed" />
                    ) : (
                      <span className="ring" />
                    )}
                    <span className="grow">
                      <span className={step === next ? 'strong' : undefined}>{step.title}</span>
                      <span className="dim xs">{step.description}</span>
                    </span>
                    {step.id === 'run' && step === next && example && (
                      <Button size="sm" icon="run" onClick={() => void run(example)}>
                        Run
                      </Button>
                    )}
                  </li>
                ))}
              </ol>
            </section>
          </div>
          <div className="welcome-column">
            {example ? (
              <section className="card" aria-label={`Example: ${example.name}`}>
                <div className="cardhead">
                  <KindBadge kind="process" />
                  <span className="strong">Example: {example.name}</span>
                  <span className="grow" />
                  <Chip outline>works offline</Chip>
                </div>
                <div className="example-canvas">
                  <ExampleDiagram />
                </div>
                <div className="example-foot">
                  <span className="dim sm grow">An agent, a tool and a person. Change it as you like.</span>
                  <Button size="sm" onClick={() => void open(example)}>
                    Open
                  </Button>
                  <Button size="sm" look="primary" icon="run" onClick={() => void run(example)}>
                    Run
                  </Button>
                </div>
              </section>
            ) : (
              state.loaded && (
                <section className="card" aria-label="What a workflow looks like">
                  <div className="cardhead">
                    <KindBadge kind="process" />
                    <span className="strong">What a workflow looks like</span>
                  </div>
                  <div className="example-canvas">
                    <ExampleDiagram />
                  </div>
                  <div className="example-foot">
                    <span className="dim sm grow">
                      An agent understands, a tool looks up, a person answers.
                    </span>
                    {commands.enabled('designer.newWorkflow') && (
                      <Button
                        size="sm"
                        look="primary"
                        onClick={() => void commands.run('designer.newWorkflow')}
                      >
                        New workflow
                      </Button>
                    )}
                  </div>
                </section>
              )
            )}
            {state.workflows.length > 0 && (
              <section>
                <h2 className="h">Recently changed</h2>
                <div className="welcome-recent">
                  {state.workflows.slice(0, 4).map((workflow) => (
                    <button
                      key={workflow.id}
                      type="button"
                      className="card hoverable recent"
                      onClick={() => void open(workflow)}
                    >
                      <KindBadge kind="process" large />
                      <span className="grow">
                        <span className="strong ellipsis">{workflow.name}</span>
                        <span className="dim sm ellipsis">
                          Version {workflow.version}
                          {workflow.deployed
                            ? `, v${workflow.deployed.version} deployed`
                            : ', not deployed yet'}
                        </span>
                      </span>
                      <span className="muted xs nowrap">
                        {workflow.updatedBy}, {day.format(new Date(workflow.updatedAt))}
                      </span>
                    </button>
                  ))}
                </div>
              </section>
            )}
          </div>
        </div>
        <footer>
          <Checkbox
            checked={settings.value('welcome.show') === true}
            onChange={(event) => settings.set('welcome.show', event.target.checked)}
          >
            Show this page on start
          </Checkbox>
          <span className="grow" />
          <a href="/docs" target="_blank" rel="noreferrer">
            API
          </a>
        </footer>
      </div>
    </div>
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function greeting(now: number): string {
  const hour = new Date(now).getHours();
  return hour < 5 ? 'Good night' : hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening';
}
