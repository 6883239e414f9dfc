import { commands } from '@baton/engine/broker';
import type { StepSource } from './step.ts';

/** The process changes, and its instance goes on as one of the new version, every element as what it was. */
export const migrations: StepSource = (scenario, { files, elementIds }) => ({
  onward: [],
  detours: [
    async () => {
      const version = scenario.events('PROCESS', 'CREATED').length;
      const [process, ...others] = files;
      const changed = { ...process!, content: `${process!.content}<!-- ${version} -->` };
      const deployed = await scenario.deployTogether([changed, ...others]);
      const target = deployed.processesMetadata.find(({ bpmnProcessId }) => bpmnProcessId === 'random');
      const instance = scenario.events('PROCESS_INSTANCE_CREATION', 'CREATED')[0];
      await scenario.execute(
        commands.migrateInstance(instance!.value.processInstanceKey, {
          targetProcessDefinitionKey: target!.processDefinitionKey,
          mappingInstructions: elementIds.map((id) => ({ sourceElementId: id, targetElementId: id })),
        }),
      );
    },
  ],
});
