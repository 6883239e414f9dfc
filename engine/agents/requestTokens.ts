import type { ModelMessage, ModelTool } from '@baton/engine/llm';

/** Characters a token has, about, as English text averages. */
const perToken = 4;

/** About how many tokens a text of so many characters has; what a provider does not count is guessed, so that it has a bound. */
export function tokensIn(characters: number): number {
  return Math.ceil(characters / perToken);
}

function charactersOf(message: ModelMessage): number {
  if (message.role !== 'assistant') return message.text.length;
  return message.toolCalls.reduce(
    (sum, call) => sum + call.name.length + JSON.stringify(call.arguments).length,
    message.text.length,
  );
}

/** About how many tokens messages have. */
export function tokensOfMessages(messages: readonly ModelMessage[]): number {
  return tokensIn(messages.reduce((sum, message) => sum + charactersOf(message), 0));
}

/** About how many tokens a model is asked with: messages, and the tools it is offered. */
export function tokensOfRequest(messages: readonly ModelMessage[], tools: readonly ModelTool[]): number {
  const offered = tools.length === 0 ? 0 : tokensIn(JSON.stringify(tools).length);
  return tokensOfMessages(messages) + offered;
}
