/** Door `@baton/engine/llm`: the provider port and its forms. */
export { type AnthropicOptions, createAnthropicProvider } from './anthropic.ts';
export { concealing } from './concealed.ts';
export {
  createLocalModels,
  type LocalFailure,
  type LocalModels,
  type LocalModelsOptions,
} from './local/localModels.ts';
export type {
  FromLocalProgram,
  LaunchLocalProgram,
  LocalProgram,
  LocalProgramEvents,
  ModelFile,
  ToLocalProgram,
} from './local/localProgram.ts';
export { createLocalProvider } from './local/localProvider.ts';
export { createMockProvider, type MockOptions } from './mock.ts';
export { createOpenAIProvider, type OpenAIOptions } from './openai.ts';
export { createOpenAICompatibleProvider, type OpenAICompatibleOptions } from './openaiCompatible.ts';
export { costOf } from './price.ts';
export type {
  HearText,
  ModelFailure,
  ModelMessage,
  ModelPrice,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelTool,
  ModelToolCall,
} from './provider.ts';
export { type Retries, retrying } from './retrying.ts';
export { createScriptedProvider, type ScriptedOptions } from './scripted.ts';
