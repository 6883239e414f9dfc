import { useState } from 'react';
import { useStore } from 'zustand';
import { valueAt } from '../../../platform/contentPath.ts';
import type { DocumentProps } from '../../../platform/documents.ts';
import { tokensAbout, tokensCounted } from '../../../platform/languages/promptPreview.ts';
import { marksOf, type TextDocument } from '../../../platform/textDocument.ts';
import { Button } from '../../../ui/Button.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { count } from '../../../ui/quantities.ts';
import { DocumentHead } from '../../../workbench/DocumentHead.tsx';
import { RevealedCode } from '../../../workbench/RevealedCode.tsx';
import { UnlessConflict } from '../../../workbench/VersionedEditor.tsx';
import { PromptPreview } from './PromptPreview.tsx';

/** A versioned resource that is nothing but its text; a prompt has beside it what a model would read. */
export function YamlEditor({ document }: DocumentProps<TextDocument>) {
  const view = useStore(document.view);
  const { draft, unreadable, reading } = view;
  const { icon, colour, kind } = document.versioned;
  const { context, themes } = document.platform;
  const text = kind === 'prompt' ? valueAt(reading.value, ['text']) : undefined;
  const [preview, setPreview] = useState(true);
  const shown = preview && typeof text === 'string' && context.get('permission:prompts:read');
  return (
    <div className="versionededitor">
      <DocumentHead
        document={document}
        icon={<Icon name={icon} {...(colour && { kind: colour })} />}
        note={
          typeof text === 'string' && (
            <span className="muted" title={tokensCounted}>
              about {count.show(tokensAbout(text))} tokens
            </span>
          )
        }
        actions={
          kind === 'prompt' && (
            <Button size="sm" look="ghost" aria-pressed={preview} onClick={() => setPreview(!preview)}>
              Preview
            </Button>
          )
        }
      />
      <UnlessConflict document={document}>
        <div className="promptsides">
          <RevealedCode className="versionedsides" place={view.place} themes={themes}>
            <CodeEditor
              themes={themes}
              language="yaml"
              label={`${kind} as YAML`}
              path={`baton:/${document.resource.id}.${kind}.yaml`}
              value={draft}
              readOnly={!document.writable}
              onChange={document.type}
              marks={unreadable ? [{ ...unreadable, severity: 'error' }] : marksOf(view)}
            />
          </RevealedCode>
          {shown && <PromptPreview platform={document.platform} text={text} />}
        </div>
      </UnlessConflict>
    </div>
  );
}
