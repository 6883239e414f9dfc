import './SettingsPage.css';
import { useMemo, useRef, useState } from 'react';
import { inOrder } from '../../../base/registry.ts';
import { type Setting, settingProblem } from '../../../platform/settings.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';

/** Settings by category: searched, changed in place, marked where they differ from the default, and given back. */
export function SettingsPage() {
  const { settings, commands } = usePlatform();
  const all = useReadable(settings);
  const values = useReadable(settings.values);
  const [text, setText] = useState('');
  const body = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => matching(inOrder(all), values, text), [all, values, text]);
  const categories = [...new Set(shown.map(({ category }) => category))];
  const changed = all.filter(({ id }) => id in values).length;
  const goTo = (category: string) => {
    const section = body.current?.querySelector<HTMLElement>(`[data-category="${category}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('input, select, button')?.focus({ preventScroll: true });
  };
  return (
    <div className="settings">
      <div className="settings-head">
        <Input
          icon="codicon:search"
          aria-label="Search settings"
          placeholder="Words of a setting, or @modified"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <IconButton
          icon="codicon:filter"
          label={`Show modified settings, ${changed}`}
          on={text === '@modified'}
          onClick={() => setText(text === '@modified' ? '' : '@modified')}
        />
        <IconButton
          icon="codicon:json"
          label="Open settings as JSON"
          onClick={() => void commands.run('settings.openJson')}
        />
        <span className="settings-count" role="status">
          {shown.length} of {all.length} settings
        </span>
      </div>
      <div className="settings-columns">
        <nav aria-label="Categories of settings">
          {categories.map((category) => (
            <button key={category} type="button" onClick={() => goTo(category)}>
              <span>{category}</span>
              <span className="dim">{shown.filter((setting) => setting.category === category).length}</span>
            </button>
          ))}
        </nav>
        <div className="settings-body scroll" ref={body}>
          {categories.map((category) => (
            <section key={category} aria-label={category} data-category={category}>
              <h2>{category}</h2>
              {shown
                .filter((setting) => setting.category === category)
                .map((setting) => (
                  <SettingField key={setting.id} setting={setting} />
                ))}
            </section>
          ))}
          {shown.length === 0 && (
            <EmptyState
              icon="codicon:settings"
              title={text === '@modified' ? 'Every setting is as it came' : 'No setting has these words'}
              action={<Button onClick={() => setText('')}>Show all</Button>}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function matching(all: readonly Setting[], values: object, text: string): readonly Setting[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '@modified') return all.filter(({ id }) => id in values);
  const words = wanted.split(/\s+/);
  return all.filter(({ title, description, id, category }) => {
    const said = `${category} ${title} ${description} ${id}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function SettingField({ setting }: { setting: Setting }) {
  const { settings } = usePlatform();
  const values = useReadable(settings.values);
  const isModified = setting.id in values;
  const value = settings.value(setting.id);
  const wrong = isModified ? settingProblem(setting, values[setting.id]) : undefined;
  const reset = isModified && (
    <IconButton
      small
      icon="codicon:discard"
      label={`Reset ${setting.title}`}
      onClick={() => settings.reset(setting.id)}
    />
  );
  return (
    <div className={isModified ? 'setting is-modified' : 'setting'} data-setting={setting.id}>
      {typeof setting.default === 'boolean' ? (
        <div className="field">
          <div className="label">{setting.title}</div>
          <Checkbox
            checked={value === true}
            aria-label={setting.title}
            onChange={(event) => settings.set(setting.id, event.target.checked)}
          >
            {setting.description}
          </Checkbox>
        </div>
      ) : (
        <Field label={setting.title} hint={setting.description} error={wrong} note={setting.unit}>
          {({ invalid, ...control }) =>
            setting.choices ? (
              <Select
                {...control}
                invalid={invalid}
                value={String(value)}
                options={setting.choices}
                onChange={(event) => settings.set(setting.id, event.target.value)}
              />
            ) : (
              <ValueInput
                {...control}
                setting={setting}
                value={value ?? setting.default}
                onValue={(next) => settings.set(setting.id, next)}
              />
            )
          }
        </Field>
      )}
      <div className="setting-side">{reset}</div>
    </div>
  );
}

/** A number or a text; what the setting does not take stays in the field until it does, and is not set. */
function ValueInput({
  setting,
  value,
  onValue,
  ...control
}: {
  setting: Setting;
  value: string | number | boolean;
  onValue(value: string | number): void;
  id: string;
  'aria-describedby': string | undefined;
}) {
  const [typed, setTyped] = useState<string>();
  const isNumber = typeof setting.default === 'number';
  const parsed = (text: string) => (isNumber ? (text.trim() === '' ? Number.NaN : Number(text)) : text);
  const wrong = typed === undefined ? undefined : settingProblem(setting, parsed(typed));
  return (
    <>
      <Input
        {...control}
        type={isNumber ? 'number' : 'text'}
        min={setting.minimum}
        max={setting.maximum}
        invalid={wrong !== undefined}
        value={typed ?? String(value)}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = parsed(event.target.value);
          if (settingProblem(setting, next) === undefined) onValue(next);
        }}
        onBlur={() => setTyped(undefined)}
      />
      {wrong && (
        <div className="err" role="alert">
          {wrong}
        </div>
      )}
    </>
  );
}
