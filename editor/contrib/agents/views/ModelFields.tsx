import { useStore } from 'zustand';
import { valueAt } from '../../../platform/contentPath.ts';
import { ModelInput, ProviderSelect, priceOf } from '../../../ui/ModelChoice.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults } from '../checkAgent.ts';
import { statusWord } from '../knownResources.ts';
import { AgentField, FigureField } from './AgentField.tsx';
import { FallbacksField } from './FallbacksField.tsx';

/** Who answers: provider and model, who else when they cannot, how freely and at what length. */
export function ModelFields({ document }: { document: AgentDocument }) {
  const providers = useStore(document.view, (view) => view.known.providers) ?? [];
  const chosen = useStore(document.view, (view) => valueAt(view.reading.value, ['provider']));
  const model = useStore(document.view, (view) => valueAt(view.reading.value, ['model']));
  const provider = providers.find(({ name }) => name === chosen);
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
            <ProviderSelect {...control} providers={providers} value={text} change={change} />
          )}
        </AgentField>
        <AgentField
          document={document}
          path={['model']}
          label="Model"
          hint={provider && priceOf(provider, model)}
        >
          {({ control, text, change }) => (
            <ModelInput {...control} provider={provider} value={text} change={change} />
          )}
        </AgentField>
      </div>
      <FallbacksField document={document} />
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
