import { type Provider, type ProviderType, providerTypeNames, providerTypes } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { clockTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useTyped } from '../../../workbench/useTyped.ts';
import { checkAgain, deleteProvider, saveProvider } from '../providerActions.ts';
import { blankPrice, draftOf, type PriceDraft, problemsOf } from '../providerDraft.ts';
import type { Providers } from '../providersStore.ts';
import { connectionOf } from '../providerWords.ts';

const keyHints: { readonly [A in 'required' | 'optional' | 'none']: string } = {
  required: 'Encrypted before it is stored; nobody can read it again.',
  optional: 'Only if the server asks for one. Encrypted before it is stored.',
  none: '',
};

const addressHints: { readonly [T in ProviderType]: string } = {
  ollama: 'Include the port: http://localhost:11434.',
  openai: `Empty: ${providerTypes.openai.defaultUrl}.`,
  'openai-compatible': 'Where its API begins, mostly with /v1.',
  anthropic: `Empty: ${providerTypes.anthropic.defaultUrl}.`,
  local: '',
  mock: '',
  scripted: '',
};

/** One provider, whole: its fields depend on its type. */
export function ProviderForm({
  provider,
  providers,
  writable,
}: {
  /** `undefined` while one is being added. */
  provider: Provider | undefined;
  providers: Providers;
  writable: boolean;
}) {
  const platform = usePlatform();
  // What was edited is what is saved over, whatever came since.
  const [base, setBase] = useState(provider);
  const { draft, change, problems, busy, refused, save } = useTyped(
    () => draftOf(provider),
    (typed) => problemsOf(typed, base),
  );
  const { title, address, key } = providerTypes[draft.type];
  const stale = provider && base && provider.hash !== base.hash;

  async function submit() {
    if (!(await save(() => saveProvider(platform, providers, base, draft)))) return;
    const latest = providers.getState().items?.find(({ id }) => id === base?.id);
    if (latest) {
      setBase(latest);
      change(draftOf(latest));
    }
  }
  function takeTheirs() {
    setBase(provider);
    change(draftOf(provider));
  }
  const close = () => providers.select(undefined);

  return (
    <RecordForm
      label={provider ? `Provider ${provider.name}` : 'New provider'}
      title={provider?.name ?? 'New provider'}
      remove={
        provider && platform.context.get('permission:providers:delete')
          ? { label: 'Delete provider', run: () => deleteProvider(platform, providers, provider) }
          : undefined
      }
      onSubmit={() => void submit()}
      onClose={close}
      submit={writable ? { label: 'Save and check', busy } : undefined}
    >
      {provider && (
        <Standing
          provider={provider}
          check={() => void checkAgain(platform, providers, provider.id)}
          writable={writable}
        />
      )}
      {stale && (
        <Callout tone="warning">
          {provider.updated_by} has saved this provider since.{' '}
          <Button size="sm" onClick={takeTheirs}>
            Show what is saved
          </Button>
        </Callout>
      )}
      {refused && <Callout tone="error">{refused.message}</Callout>}
      <fieldset disabled={!writable || busy}>
        <Field label="Type">
          {(control) => (
            <Select
              {...control}
              data-autofocus
              value={draft.type}
              options={providerTypeNames.map((value) => ({ value, title: providerTypes[value].title }))}
              onChange={(event) => change({ type: event.currentTarget.value as ProviderType })}
            />
          )}
        </Field>
        <Field label="Name" hint="Agents call it by this name." error={problems.name}>
          {(control) => (
            <Input
              {...control}
              maxLength={64}
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        {address !== 'none' && (
          <Field label="Base address" hint={addressHints[draft.type]} error={problems.baseUrl}>
            {(control) => (
              <Input
                {...control}
                mono
                spellCheck={false}
                placeholder={draft.type === 'ollama' ? 'http://localhost:11434' : 'https://host/v1'}
                value={draft.baseUrl}
                onChange={(event) => change({ baseUrl: event.currentTarget.value.trim() })}
              />
            )}
          </Field>
        )}
        {key !== 'none' && (
          <Field label="API key" hint={keyHints[key]} error={problems.apiKey}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                placeholder={base?.has_api_key && base.type === draft.type ? 'Saved; type to replace it' : ''}
                value={draft.apiKey}
                onChange={(event) => change({ apiKey: event.currentTarget.value.trim() })}
              />
            )}
          </Field>
        )}
        {draft.type === 'scripted' && (
          <Field
            label="Scenario"
            note="YAML or JSON"
            hint="The first script that a request fits answers, its steps in order."
            error={problems.scenario}
          >
            {(control) => (
              <TextArea
                {...control}
                mono
                rows={14}
                spellCheck={false}
                value={draft.scenario}
                onChange={(event) => change({ scenario: event.currentTarget.value })}
              />
            )}
          </Field>
        )}
        {draft.type === 'local' && (
          <p className="dim sm">
            Runs models from GGUF files on the machine of this installation, without a server or a key.
          </p>
        )}
        {key === 'none' && address !== 'none' && <p className="dim sm">{title} needs no API key.</p>}
        <Prices
          prices={draft.prices}
          models={provider?.models ?? []}
          problems={problems}
          change={(prices) => change({ prices })}
        />
      </fieldset>
    </RecordForm>
  );
}

/** How the connection stands, and what can be done about it. */
function Standing({
  provider,
  check,
  writable,
}: {
  provider: Provider;
  check: () => void;
  writable: boolean;
}) {
  const { state, word } = connectionOf(provider);
  const { validated_at: at, validation_message: message, models } = provider;
  const checking = state === 'running';
  const tone =
    state === 'incident'
      ? 'error'
      : state === 'waiting'
        ? 'warning'
        : state === 'completed'
          ? 'success'
          : 'info';
  return (
    <Callout tone={tone}>
      <div className="strong">
        {word}
        {at && !checking && `, ${clockTime(at)}`}
      </div>
      <div>
        {message ||
          (checking
            ? 'It has five seconds to answer.'
            : `${models.length === 1 ? '1 model' : `${models.length} models`} found.`)}
      </div>
      {writable && (
        <Button size="sm" icon="codicon:refresh" disabled={checking} onClick={check}>
          Check again
        </Button>
      )}
    </Callout>
  );
}

function Prices({
  prices,
  models,
  problems,
  change,
}: {
  prices: readonly PriceDraft[];
  models: readonly string[];
  problems: { [field: string]: string };
  change(prices: readonly PriceDraft[]): void;
}) {
  const wrong = Object.entries(problems).find(([field]) => field.startsWith('prices.'))?.[1];
  const set = (index: number, changes: Partial<PriceDraft>) =>
    change(prices.map((price, at) => (at === index ? { ...price, ...changes } : price)));
  const cell = (index: number, field: keyof PriceDraft, label: string) => (
    <Input
      small
      mono
      aria-label={`${label}, row ${index + 1}`}
      inputMode={field === 'model' ? 'text' : 'decimal'}
      list={field === 'model' ? 'provider-models' : undefined}
      placeholder={field === 'cached' ? 'input' : field === 'model' ? 'model' : '0.00'}
      value={prices[index]?.[field] ?? ''}
      onChange={(event) => set(index, { [field]: event.currentTarget.value.trim() })}
    />
  );
  return (
    <div className="providerpricing">
      <h3>
        Prices <span className="dim sm">$ per 1M tokens: input, cached, output</span>
      </h3>
      <datalist id="provider-models">
        {models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      {prices.map((_price, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
        <div className="pricerow" key={index}>
          {cell(index, 'model', 'Model')}
          {cell(index, 'input', 'Input')}
          {cell(index, 'cached', 'Cached input')}
          {cell(index, 'output', 'Output')}
          <IconButton
            small
            icon="codicon:close"
            label={`Remove row ${index + 1}`}
            onClick={() => change(prices.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {wrong && (
        <p className="providerwrong sm" role="alert">
          {wrong}
        </p>
      )}
      <Button size="sm" look="ghost" icon="codicon:add" onClick={() => change([...prices, blankPrice])}>
        Add price
      </Button>
    </div>
  );
}
