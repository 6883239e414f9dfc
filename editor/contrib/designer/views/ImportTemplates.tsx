import { ImportDialog } from '../../../ui/ImportDialog.tsx';
import type { WorkflowDocument } from '../workflowDocument.ts';

/** Takes Camunda's element templates as they are; they are in the palette of every workflow from then on. */
export function ImportTemplates({ document }: { document: WorkflowDocument }) {
  const { notifications } = document.platform;
  return (
    <ImportDialog
      title="Import element templates"
      label="Element template of Camunda 8, or a list of them"
      hint="One that is here already, by its id, becomes its next version."
      placeholder={'{ "id": "io.camunda.connectors.HttpJson.v2", "name": "REST outbound connector", … }'}
      action={() => 'Import'}
      onImport={async (text) => {
        const imported = await document.templates.importText(text);
        if (!imported.ok) return imported.failure.message;
        const names = imported.value.map(({ name }) => name);
        notifications.success(
          names.length === 1
            ? `${names[0]} is in the palette.`
            : `${names.length} element templates are in the palette.`,
        );
        document.showImport(false);
        return undefined;
      }}
      onClose={() => document.showImport(false)}
    />
  );
}
