import { type ProviderType, providerTypes } from '@baton/gateway/api';
import { useId } from 'react';
import { useStore } from 'zustand';
import { valueAt } from '../../../platform/contentPath.ts';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults } from '../checkAgent.ts';
import { type KnownProvider, statusWord } from '../knownResources.ts';
import { money } from '../quantities.ts';
import { AgentField, FigureField } from './AgentField.tsx';

const modelHints: { readonly [T in ProviderType]: string } = {
  mock: 'Answers the same every time, without a model or a key.',
  'openai-compatible': 'As the server names it: gpt-4.1-mini, llama3.1.',
  ollama: 'As Ollama names it: qwen2.5:7b.',
  openai: 'As OpenAI names it: gpt-4.1-mini.',
  anthropic: 'As Anthropic names it: claude-sonnet-4-5.',
};

/** Who answers: provider and model, how freely and at what length. */
export function ModelFields({ document }: { document: AgentDocument }) {
  const providers = useStore(document.view, (view) => view.known.providers) ?? [];
  const chosen = useStore(document.view, (view) => valueAt(view.reading.value, ['provider']));
  const model = useStore(document.view, (view) => valueAt(view.reading.value, ['model']));
  const provider = providers.find(({ name }) => name === chosen);
  const modelList = useId();
  return (
    <>
      <div className="agentgrid">
        <AgentField
          document={document}
          path={['provider']}
          label="Provider"
          hint={provider && provider.status !== 'connected' ? `${statusWord(provider.status)}.` : undefined}
        >
          {({ control, text, change }) => (
            <Select
              {...control}
              value={text}
              options={[
                ...providers.map(({ name, type }) => ({
                  value: name,
                  title: name === type ? providerTypes[type].title : `${name} (${providerTypes[type].title})`,
                })),
                ...(provider ? [] : [{ value: text, title: text || 'Choose one' }]),
              ]}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )}
        </AgentField>
        <AgentField
          document={document}
          path={['model']}
          label="Model"
          hint={provider && priceOf(provider, model)}
        >
          {({ control, text, change }) => (
            <>
              <Input
                {...control}
                spellCheck={false}
                list={modelList}
                placeholder={provider && modelHints[provider.type]}
                title={provider && modelHints[provider.type]}
                value={text}
                onChange={(event) => change(event.currentTarget.value)}
              />
              <datalist id={modelList}>
                {provider?.models.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </AgentField>
      </div>
      <div className="agentgrid">
        <FigureField
          document={document}
          path={['parameters', 'temperature']}
          label="Temperature"
          note="0 to 2"
          otherwise={agentDefaults.parameters.temperature}
        />
        <FigureField
          document={document}
          path={['parameters', 'maxOutputTokens']}
          label="Answer up to"
          note="tokens"
          otherwise="As the model allows"
        />
      </div>
    </>
  );
}

function priceOf({ prices }: KnownProvider, model: unknown): string | undefined {
  const price = prices.find((row) => row.model === model);
  return price && `${money(price.input)} in, ${money(price.output)} out per 1M tokens`;
}
