import { type Provider, scenario } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { bodyOf, draftOf, exampleScenario, type ProviderDraft, problemsOf } from './providerDraft.ts';

const saved: Provider = {
  id: 'p1',
  name: 'OpenAI EU',
  type: 'openai',
  base_url: 'https://eu.api.openai.com/v1',
  has_api_key: true,
  api_key_changed_at: '2026-01-02T03:04:05Z',
  prices: [{ model: 'gpt-4.1-mini', input: 0.4, cached_input: 0.1, output: 1.6 }],
  scenario: null,
  models: [],
  validation_status: 'connected',
  validation_code: '',
  validation_message: '',
  validated_at: null,
  agents: 0,
  hash: 'h1',
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
  updated_by: 'ada',
};
const fieldsOf = (changes: Partial<ProviderDraft>, of: Provider | undefined = saved) =>
  Object.keys(problemsOf({ ...draftOf(of), ...changes }, of));

it('is saved as it was read, and the key that nobody typed stays', () => {
  expect(fieldsOf({})).toEqual([]);
  const { name, type, base_url, prices } = saved;
  expect(bodyOf(draftOf(saved))).toEqual({ name, type, base_url, prices });
});

it('asks for what its type needs', () => {
  const fresh = (changes: Partial<ProviderDraft>) =>
    Object.keys(problemsOf({ ...draftOf(undefined), name: 'x', ...changes }, undefined));
  expect(fresh({ type: 'ollama' })).toEqual(['baseUrl']);
  expect(fresh({ type: 'openai' })).toEqual(['apiKey']);
  expect(fresh({ type: 'openai', apiKey: 'sk-12345678' })).toEqual([]);
  expect(fresh({ type: 'openai-compatible', baseUrl: 'http://localhost:8080' })).toEqual([]);
  expect(fresh({ type: 'anthropic', apiKey: 'short' })).toEqual(['apiKey']);
  expect(fresh({ type: 'mock' })).toEqual([]);
  expect(fresh({ type: 'mock', name: 'a/b' })).toEqual(['name']);
  expect(fresh({ type: 'ollama', baseUrl: 'ftp://host' })).toEqual(['baseUrl']);
});

it('asks for the key again before it would go to another server', () => {
  expect(fieldsOf({ baseUrl: 'https://elsewhere.example' })).toEqual(['apiKey']);
  expect(fieldsOf({ baseUrl: '' })).toEqual(['apiKey']);
  expect(fieldsOf({ type: 'openai-compatible' })).toEqual(['apiKey']);
  expect(fieldsOf({ baseUrl: 'https://elsewhere.example', apiKey: 'sk-of-elsewhere' })).toEqual([]);
  expect(fieldsOf({ baseUrl: 'https://eu.api.openai.com/v2' })).toEqual([]);
});

it('sends no key and no address to a type that takes none', () => {
  const draft = { ...draftOf(saved), type: 'mock' as const, apiKey: 'sk-12345678' };
  expect(bodyOf(draft)).toMatchObject({ base_url: null });
  expect(bodyOf(draft)).not.toHaveProperty('api_key');
});

it('takes prices that are numbers only', () => {
  const price = { model: 'm', input: '1', cached: '', output: '2' };
  expect(fieldsOf({ prices: [price, { ...price, output: 'two' }, { ...price, model: '' }] })).toEqual([
    'prices.1',
    'prices.2',
  ]);
  expect(bodyOf({ ...draftOf(saved), prices: [price] }).prices).toEqual([
    { model: 'm', input: 1, output: 2 },
  ]);
});

it('begins scripted with a scenario that can be saved as it is', () => {
  expect(scenario.safeParse(parse(exampleScenario)).error).toBeUndefined();
});
