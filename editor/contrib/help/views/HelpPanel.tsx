import './HelpPanel.css';
import type { StoreApi } from 'zustand/vanilla';
import type { HelpTopic } from '../../../platform/help.ts';
import { Button } from '../../../ui/Button.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import type { HelpPlace } from '../helpPlace.ts';

/** What the place is for where F1 was pressed, its commands with their keys, and the field one was in. */
export function HelpPanel({ store }: { store: StoreApi<HelpPlace> }) {
  const { help, commands, keybindings, documentKinds } = usePlatform();
  const { ids, field } = useReadable(store);
  const topics = useReadable(help);
  useReadable(keybindings);
  const found = ids.map((id) => topics.find((topic) => topic.id === id)).find((topic) => topic !== undefined);
  const kind = ids[0] === undefined ? undefined : documentKinds.get(ids[0]);
  const topic: HelpTopic = found ?? { id: 'none', title: kind?.label ?? 'Help', text: [] };
  const listed = (topic.commands ?? []).flatMap((id) => commands.get(id) ?? []);
  return (
    <div className="help scroll" data-help={topic.id}>
      <div className="help-text">
        {field && (
          <section aria-label={`The field ${field.label}`}>
            <h2>{field.label}</h2>
            <p>{field.description || 'This field has no description of its own.'}</p>
          </section>
        )}
        <section aria-label={topic.title}>
          <h2>{topic.title}</h2>
          {topic.text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {topic.links?.map(({ title, href }) => (
            <a key={href} href={href} target="_blank" rel="noreferrer">
              {title}
            </a>
          ))}
        </section>
      </div>
      <section className="help-keys" aria-label="Commands">
        <h2>Commands</h2>
        {listed.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            disabled={!commands.enabled(id)}
            onClick={() => void commands.run(id)}
          >
            <span>{title}</span>
            <KeyHint keys={keybindings.keysOf(id)} />
          </button>
        ))}
        <Button
          look="ghost"
          size="sm"
          icon="codicon:keyboard"
          onClick={() => void commands.run('keybindings.open')}
        >
          All keyboard shortcuts
        </Button>
      </section>
    </div>
  );
}
