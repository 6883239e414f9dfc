import { type ToolGrants, toolRoutes, WHATEVER_GRANTED } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import type { Failure } from '../../../platform/failure.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { NamesInput } from '../../../ui/NamesInput.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useKnownNames } from './useKnownNames.ts';

type Capabilities = ToolGrants['granted'];

const lists = [
  {
    of: 'network',
    label: 'Hosts',
    what: 'host',
    placeholder: 'api.example.com',
    hint: 'Where it may send requests.',
  },
  {
    of: 'secrets',
    label: 'Secrets',
    what: 'secret',
    placeholder: 'SHOP_TOKEN',
    hint: 'Which of them it may read.',
  },
  {
    of: 'connections',
    label: 'Connections',
    what: 'connection',
    placeholder: 'shop-database',
    hint: 'Databases and mail it may use.',
  },
  {
    of: 'models',
    label: 'Models',
    what: 'provider',
    placeholder: 'Name of a provider',
    hint: 'Providers it may ask.',
  },
] as const;
const flags = [
  { of: 'files', label: 'Files of the run' },
  { of: 'memory', label: 'Kept values' },
  { of: 'questions', label: 'Questions to people' },
] as const;

/** What a tool of the product may do here: it asks for whatever an admin grants, and has nothing else. */
export function BuiltInGrants({ id, changed }: { id: string; changed: () => void }) {
  const platform = usePlatform();
  const known = useKnownNames(platform);
  const [saved, setSaved] = useState<ToolGrants>();
  const [given, setGiven] = useState<Capabilities>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const writable = Boolean(platform.context.get('permission:tools:grant'));
  useEffect(() => {
    let gone = false;
    void platform.api.call(toolRoutes.grants, { params: { id } }).then((answer) => {
      if (gone) return;
      setFailure(answer.ok ? undefined : answer.failure);
      if (!answer.ok) return;
      setSaved(answer.value);
      setGiven(answer.value.granted);
    });
    return () => {
      gone = true;
    };
  }, [platform, id]);
  if (failure && !saved) return <Callout tone="error">{failure.message}</Callout>;
  if (!saved || !given) return null;
  const { declared } = saved;
  const shownLists = lists.filter(({ of }) => declared[of].length > 0);
  const shownFlags = flags.filter(({ of }) => declared[of]);
  if (shownLists.length + shownFlags.length === 0)
    return <p className="dim sm">It asks for nothing beside computing: everybody’s calls just work.</p>;
  const unchanged = JSON.stringify(given) === JSON.stringify(saved.granted);
  const namesOf = {
    network: undefined,
    secrets: known.secrets,
    connections: known.connections,
    models: known.providers,
  };

  async function save() {
    if (!given) return;
    setBusy(true);
    const answer = await platform.api.call(toolRoutes.setGrants, { params: { id }, body: given });
    setBusy(false);
    setFailure(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    setSaved(answer.value);
    setGiven(answer.value.granted);
    changed();
  }

  return (
    <form
      className="builtingrants"
      aria-label="Grants"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>What it may do here</h2>
      {failure && <Callout tone="error">{failure.message}</Callout>}
      {shownLists.map(({ of, label, what, placeholder, hint }) => (
        <Field key={of} label={label} hint={hint}>
          {(control) => (
            <NamesInput
              {...control}
              what={what}
              mono={of !== 'models'}
              spaced={of === 'models'}
              placeholder={placeholder}
              readOnly={!writable}
              known={declared[of].includes(WHATEVER_GRANTED) ? namesOf[of] : declared[of]}
              names={given[of]}
              onChange={(names) => setGiven({ ...given, [of]: [...names] })}
            />
          )}
        </Field>
      ))}
      {shownFlags.map(({ of, label }) => (
        <Checkbox
          key={of}
          checked={given[of]}
          disabled={!writable}
          onChange={(event) => setGiven({ ...given, [of]: event.currentTarget.checked })}
        >
          {label}
        </Checkbox>
      ))}
      <div className="toolgranted">
        {writable && (
          <Button size="sm" look="primary" type="submit" busy={busy} disabled={unchanged}>
            Grant
          </Button>
        )}
        <span className="dim sm" title={saved.grantedAt ? exactTime(saved.grantedAt) : undefined}>
          {saved.grantedBy ? `Granted by ${saved.grantedBy}` : 'Nothing is granted yet'}
        </span>
      </div>
    </form>
  );
}
