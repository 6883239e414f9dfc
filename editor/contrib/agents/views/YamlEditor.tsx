import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { marksOf, type TextDocument } from '../../../platform/textDocument.ts';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { DocumentHead } from '../../../workbench/DocumentHead.tsx';
import { UnlessConflict } from '../../../workbench/VersionedEditor.tsx';

/** A versioned resource that is nothing but its text. */
export function YamlEditor({ document }: DocumentProps<TextDocument>) {
  const view = useStore(document.view);
  const { draft, unreadable } = view;
  const { icon, colour, kind } = document.versioned;
  return (
    <div className="versionededitor">
      <DocumentHead document={document} icon={<Icon name={icon} {...(colour && { kind: colour })} />} />
      <UnlessConflict document={document}>
        <CodeEditor
          themes={document.platform.themes}
          language="yaml"
          label={`${kind} as YAML`}
          path={`baton:/${document.resource.id}.${kind}.yaml`}
          value={draft}
          readOnly={!document.writable}
          onChange={document.type}
          marks={unreadable ? [{ ...unreadable, severity: 'error' }] : marksOf(view)}
        />
      </UnlessConflict>
    </div>
  );
}
