import './SettingsPage.css';
import { useState } from 'react';
import { inOrder } from '../../../base/registry.ts';
import type { Setting } from '../../../platform/settings.ts';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';

export function SettingsPage() {
  const { settings } = usePlatform();
  const all = inOrder(useReadable(settings));
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = all.filter(({ title, description, id }) =>
    `${title} ${description} ${id}`.toLowerCase().includes(wanted),
  );
  const categories = [...new Set(shown.map((setting) => setting.category))];
  return (
    <div className="settings scroll">
      <div className="settings-body">
        <h1>Settings</h1>
        <Input
          icon="codicon:search"
          aria-label="Search settings"
          placeholder="Search settings"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {categories.map((category) => (
          <section key={category} aria-label={category}>
            <h2 className="h">{category}</h2>
            {shown
              .filter((setting) => setting.category === category)
              .map((setting) => (
                <SettingField key={setting.id} setting={setting} />
              ))}
          </section>
        ))}
        {shown.length === 0 && <EmptyState icon="codicon:settings" title="No setting matches" />}
      </div>
    </div>
  );
}

function SettingField({ setting }: { setting: Setting }) {
  const { settings } = usePlatform();
  useReadable(settings.values);
  const value = settings.value(setting.id);
  if (typeof setting.default === 'boolean') {
    return (
      <div className="field">
        <Checkbox
          checked={value === true}
          onChange={(event) => settings.set(setting.id, event.target.checked)}
        >
          {setting.title}
        </Checkbox>
        <div className="hint">{setting.description}</div>
      </div>
    );
  }
  const numeric = typeof setting.default === 'number';
  return (
    <Field label={setting.title} hint={setting.description}>
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
          <Input
            {...control}
            invalid={invalid}
            type={numeric ? 'number' : 'text'}
            value={String(value)}
            onChange={(event) =>
              settings.set(setting.id, numeric ? Number(event.target.value) : event.target.value)
            }
          />
        )
      }
    </Field>
  );
}
