import { useEffect, useState } from 'react';
import {
  checkFeel,
  completeFeel,
  explainFeel,
  type FeelVariable,
} from '../../../../platform/languages/feelLanguage.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { Button } from '../../../../ui/Button.tsx';
import { CodeEditor } from '../../../../ui/CodeEditor.tsx';
import { Dialog } from '../../../../ui/Dialog.tsx';

const path = '/expression.feel';

/** An expression with room: several lines, completion, explanations and what is wrong where it stands. */
export function FeelLarge({
  platform,
  title,
  value,
  scope,
  onDone,
}: {
  platform: Platform;
  title: string;
  value: string;
  scope: readonly FeelVariable[];
  /** Without a text nothing changes. */
  onDone(text: string | undefined): void;
}) {
  const { languages, themes } = platform;
  const [text, setText] = useState(value);
  // What was there when it was opened: nothing else of the process changes meanwhile.
  const [known] = useState(scope);
  useEffect(() => {
    const registered = languages.register({
      id: 'expression',
      shownAs: ['feel'],
      reads: (other) => other === path,
      complete: (code, at) => completeFeel(code.text, at, known),
      explain: (code, at) => explainFeel(code.text, at, known),
      findings: (code) => checkFeel(code.text),
    });
    return () => registered.dispose();
  }, [languages, known]);
  return (
    <Dialog
      wide
      title={title}
      onClose={() => onDone(undefined)}
      actions={
        <Button look="primary" onClick={() => onDone(text)}>
          Apply
        </Button>
      }
    >
      <div className="feellarge">
        <CodeEditor
          themes={themes}
          language="feel"
          label={title}
          path={`baton:${path}`}
          value={text}
          onChange={setText}
          autoFocus
        />
      </div>
    </Dialog>
  );
}
