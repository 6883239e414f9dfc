import { failed, ok, type Result } from '@baton/engine/protocol';
import { type ApiFailure, type Deployment, type Problem, table, type Workflow } from '@baton/gateway/api';
import {
  type CommandContext,
  type CommandFailure,
  command,
  exitCodes,
  type FileProblem,
  failure,
  refused,
} from '../command.ts';
import { find, kindNamed } from '../kinds.ts';
import { tell } from '../tell.ts';

const isFile = (word: string) => /\.(bpmn|xml)$/i.test(word);
const stemOf = (path: string) => path.replace(/^.*[\\/]/, '').replace(/\.(bpmn|xml)$/i, '');

function problemLines(problems: readonly FileProblem[]): string[] {
  return problems.map(({ elementId, message, line }) =>
    [line && `  line ${line}`, elementId, message].filter(Boolean).join(': '),
  );
}

/** A refused deployment says what is wrong, and where. */
function notDeployed(refusal: ApiFailure): CommandFailure {
  const problems = (refusal.details as { problems?: Problem[] } | undefined)?.problems ?? [];
  const told = refused(refusal);
  return { ...told, hints: [...problemLines(problems), ...(told.hints ?? [])] };
}

/** The file as a workflow of its name: a new one, or the next version where the file is another one than was saved. */
async function saved(
  { api, files, linters, output }: CommandContext,
  path: string,
  name: string,
): Promise<Result<Workflow, CommandFailure>> {
  const file = await files.read(path);
  if (!file.ok) return failed(failure(file.failure.message));
  // What cannot be deployed is not saved either.
  const checked = await linters['.bpmn']?.(file.value, async () => undefined);
  if (checked && !checked.ok) return checked;
  const errors = checked?.value.filter(({ severity }) => severity === 'error') ?? [];
  if (errors.length > 0)
    return failed(
      failure(`Expected ${path} to be ready to run, but it has problems`, ...problemLines(errors)),
    );
  const message = `Deployed from ${path.replace(/^.*[\\/]/, '')}`;
  const known = await find(api, kindNamed('workflow') as never, name);
  if (!known.ok && known.failure.code !== 'NOT_FOUND') return failed(refused(known.failure));
  if (!known.ok) {
    const made = await api.call(table.workflows.createWorkflow, { body: { name, xml: file.value, message } });
    if (made.ok) output.say(`Saved ${name} as version 1.`);
    return made.ok ? made : failed(refused(made.failure));
  }
  const workflow = known.value as unknown as Workflow;
  if (workflow.xml === file.value) return ok(workflow);
  const next = await api.call(table.workflows.updateWorkflow, {
    params: { id: workflow.id },
    body: { xml: file.value, message },
    ifMatch: workflow.hash,
  });
  if (next.ok) output.say(`Saved ${name} as version ${next.value.version}.`);
  return next.ok ? next : failed(refused(next.failure));
}

/** Deploys a saved workflow, or a file after it was saved. */
export async function deployed(
  context: CommandContext,
  word: string,
  name: string | undefined,
): Promise<Result<{ workflow: Workflow; deployment: Deployment }, CommandFailure>> {
  let workflow: Workflow;
  if (isFile(word)) {
    const made = await saved(context, word, name ?? stemOf(word));
    if (!made.ok) return made;
    workflow = made.value;
  } else {
    const found = await find(context.api, kindNamed('workflow') as never, word);
    if (!found.ok) return failed(refused(found.failure));
    workflow = found.value as unknown as Workflow;
  }
  const deployment = await context.api.call(table.deployments.createDeployment, {
    body: { workflowId: workflow.id },
  });
  return deployment.ok
    ? ok({ workflow, deployment: deployment.value })
    : failed(notDeployed(deployment.failure));
}

export const nameOption = {
  type: 'text',
  value: 'name',
  help: 'Name of the workflow a file is saved as; the file’s own without it',
} as const;

export const deploy = command({
  name: 'deploy',
  summary: 'Deploy a saved workflow, or a BPMN file, which is saved first',
  arguments: { workflow: { help: 'name of a workflow, or a .bpmn file', completes: 'workflow', many: true } },
  options: { name: nameOption },
  examples: [
    { line: 'baton deploy order', does: 'The latest version of a saved workflow' },
    { line: 'baton deploy order.bpmn --name order', does: 'A file' },
  ],
  title: 'Deploy a workflow…',
  permission: 'deployments:create',
  async run({ arguments: { workflow: words }, options }, context) {
    const all: Deployment[] = [];
    for (const word of words) {
      const made = await deployed(context, word, options.name);
      if (!made.ok) return made.failure;
      all.push(made.value.deployment);
    }
    await tell(context, {
      value: all.length === 1 ? all[0] : all,
      names: all.flatMap(({ processes }) =>
        processes.map(({ processDefinitionKey }) => processDefinitionKey),
      ),
      lines: ({ paint }) =>
        all.flatMap(({ processes }) =>
          processes.map(
            ({ bpmnProcessId, version, processDefinitionKey, duplicate }) =>
              `${paint.good('✓')} ${bpmnProcessId} version ${version} ${paint.faint(processDefinitionKey)}${duplicate ? paint.faint(' as before') : ''}`,
          ),
        ),
    });
    return exitCodes.fine;
  },
});
