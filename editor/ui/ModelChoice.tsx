import { type ModelPrice, type ProviderType, providerTypes } from '@baton/gateway/api';
import { useId } from 'react';
import { money } from './figures.ts';
import { Input } from './Input.tsx';
import { Select } from './Select.tsx';

const modelHints: { readonly [T in ProviderType]: string } = {
  local: 'As its file is named, without .gguf.',
  mock: 'Answers the same every time, without a model or a key.',
  scripted: 'Any name; its scenario answers.',
  'openai-compatible': 'As the server names it: gpt-4.1-mini, llama3.1.',
  ollama: 'As Ollama names it: qwen2.5:7b.',
  openai: 'As OpenAI names it: gpt-4.1-mini.',
  anthropic: 'As Anthropic names it: claude-sonnet-4-5.',
};

/** A provider as far as choosing a model of it needs it. */
export interface OfferedProvider {
  name: string;
  type: ProviderType;
  models: readonly string[];
  prices: readonly ModelPrice[];
}

interface Choice {
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-label'?: string | undefined;
  invalid: boolean;
  value: string;
  change(value: string): void;
}

/** One of the tenant's providers; a name it does not have stays choosable, so that nothing is lost by looking. */
export function ProviderSelect({
  providers,
  value,
  change,
  ...rest
}: Choice & { providers: readonly OfferedProvider[] }) {
  return (
    <Select
      {...rest}
      value={value}
      options={[
        ...providers.map(({ name, type }) => ({
          value: name,
          title: name === type ? providerTypes[type].title : `${name} (${providerTypes[type].title})`,
        })),
        ...(providers.some(({ name }) => name === value) ? [] : [{ value, title: value || 'Choose one' }]),
      ]}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** A model by its name: the provider's are offered, others can be typed. */
export function ModelInput({
  provider,
  value,
  change,
  ...rest
}: Choice & { provider: OfferedProvider | undefined }) {
  const list = useId();
  return (
    <>
      <Input
        {...rest}
        spellCheck={false}
        list={list}
        placeholder={provider && modelHints[provider.type]}
        title={provider && modelHints[provider.type]}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <datalist id={list}>
        {provider?.models.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

export function priceOf({ prices }: OfferedProvider, model: unknown): string | undefined {
  const price = prices.find((row) => row.model === model);
  return price && `${money(price.input)} in, ${money(price.output)} out per 1M tokens`;
}
