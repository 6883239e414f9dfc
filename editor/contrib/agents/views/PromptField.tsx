import { type ReactNode, useRef } from 'react';
import { useStore } from 'zustand';
import type { ContentPath } from '../../../platform/contentPath.ts';
import { valueAt } from '../../../platform/contentPath.ts';
import { tokensAbout, tokensCounted } from '../../../platform/languages/promptPreview.ts';
import { count } from '../../../ui/quantities.ts';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { AgentField } from './AgentField.tsx';

/** A prompt; another one of the tenant's can be included where the caret stands. */
export function PromptField({
  document,
  path,
  label,
  rows,
  hint,
  placeholder,
}: {
  document: AgentDocument;
  path: ContentPath;
  label: string;
  rows: number;
  hint: ReactNode;
  placeholder?: string;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const prompts = useStore(document.view, (view) => view.known.prompts);
  const text = useStore(document.view, (view) => valueAt(view.reading.value, path));
  const about = typeof text === 'string' && text ? tokensAbout(text) : 0;

  async function include() {
    const chosen = await document.platform.dialogs.pick({
      placeholder: 'Prompt to include',
      items: (prompts ?? []).map(({ name, description }) => ({
        id: name,
        label: name,
        description,
        icon: 'codicon:note' as const,
        value: name,
      })),
    });
    const area = field.current;
    if (!chosen || !area) return;
    const { selectionStart: from, selectionEnd: to, value } = area;
    document.change(path, `${value.slice(0, from)}{{> ${chosen}}}${value.slice(to)}`);
    area.focus();
  }

  return (
    <AgentField
      document={document}
      path={path}
      label={label}
      hint={hint}
      note={
        <>
          {about > 0 && <span title={tokensCounted}>about {count.show(about)} tokens</span>}
          {document.writable && prompts && prompts.length > 0 && (
            <>
              {about > 0 && ' · '}
              <button type="button" className="linklike" onClick={() => void include()}>
                Include a prompt…
              </button>
            </>
          )}
        </>
      }
    >
      {({ control, text, change }) => (
        <TextArea
          {...control}
          ref={field}
          rows={rows}
          placeholder={placeholder}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
    </AgentField>
  );
}
