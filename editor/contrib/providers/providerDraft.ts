import {
  type Provider,
  type ProviderBody,
  type ProviderType,
  providerName,
  providerTypes,
} from '@baton/gateway/api';

/** A provider as it is typed. */
export interface ProviderDraft {
  name: string;
  type: ProviderType;
  baseUrl: string;
  /** Empty: the saved one stays. */
  apiKey: string;
  prices: readonly PriceDraft[];
  /** YAML or JSON of what a scripted one answers. */
  scenario: string;
}

export interface PriceDraft {
  model: string;
  input: string;
  cached: string;
  output: string;
}

/** Which field, and what is wrong with it: "Expected …, but …". */
export type DraftProblems = { [field: string]: string };

export const blankPrice: PriceDraft = { model: '', input: '', cached: '', output: '' };

/** What a new scripted provider begins with: works as it is. */
export const exampleScenario = `scripts:
  - name: Paid invoices
    when: { contains: invoice }
    steps:
      - text: The invoice is paid.
  - name: Everything else
    steps:
      - text: ['I have ', 'nothing to', ' say.']
        usage: { input: 20, output: 6 }
`;

export function draftOf(provider: Provider | undefined): ProviderDraft {
  return {
    name: provider?.name ?? '',
    type: provider?.type ?? 'ollama',
    baseUrl: provider?.base_url ?? '',
    apiKey: '',
    scenario: provider?.scenario ?? exampleScenario,
    prices: (provider?.prices ?? []).map(({ model, input, cached_input, output }) => ({
      model,
      input: String(input),
      cached: cached_input === undefined ? '' : String(cached_input),
      output: String(output),
    })),
  };
}

/** What the gateway would refuse, in the words of the form. */
export function problemsOf(draft: ProviderDraft, saved: Provider | undefined): DraftProblems {
  const { title, address, key } = providerTypes[draft.type];
  const problems: DraftProblems = {};
  if (draft.name === '') problems.name = 'Expected a name, but it is empty.';
  else if (!providerName.safeParse(draft.name).success)
    problems.name = 'Expected letters, digits, spaces, dots, _ and -, but there is something else.';
  if (address !== 'none') {
    if (draft.baseUrl === '') {
      if (address === 'required') problems.baseUrl = `Expected the address of ${title}, but it is empty.`;
    } else if (!isAddress(draft.baseUrl))
      problems.baseUrl = 'Expected an address like https://host/v1, but this is none.';
  }
  if (key !== 'none') {
    const typed = draft.apiKey !== '';
    if (typed && !/^[\x21-\x7e]{8,1000}$/.test(draft.apiKey))
      problems.apiKey = 'Expected a key of 8 letters, digits and signs or more, but this is none.';
    else if (!typed && keyIsForAnother(draft, saved))
      problems.apiKey = 'Expected the key again, but it is empty: the saved one is for another address.';
    else if (!typed && key === 'required' && !saved?.has_api_key)
      problems.apiKey = `Expected a key for ${title}, but it is empty.`;
  }
  if (draft.type === 'scripted' && draft.scenario.trim() === '')
    problems.scenario = 'Expected a scenario, but it is empty.';
  draft.prices.forEach(({ model, input, cached, output }, index) => {
    const wrong =
      model === ''
        ? 'a model'
        : ![input, output].every(isPrice) || (cached !== '' && !isPrice(cached))
          ? 'prices from $0'
          : undefined;
    if (wrong) problems[`prices.${index}`] = `Expected ${wrong} in each row, but row ${index + 1} has none.`;
  });
  return problems;
}

/** What is saved: without a typed key the saved one stays. */
export function bodyOf({ name, type, baseUrl, apiKey, prices, scenario }: ProviderDraft): ProviderBody {
  const { address, key } = providerTypes[type];
  return {
    name,
    type,
    base_url: address === 'none' || baseUrl === '' ? null : baseUrl,
    ...(key !== 'none' && apiKey !== '' && { api_key: apiKey }),
    ...(type === 'scripted' && { scenario }),
    prices: prices.map(({ model, input, cached, output }) => ({
      model,
      input: Number(input),
      ...(cached !== '' && { cached_input: Number(cached) }),
      output: Number(output),
    })),
  };
}

/** A key is never sent to a server it was not given for. */
function keyIsForAnother({ type, baseUrl }: ProviderDraft, saved: Provider | undefined): boolean {
  if (!saved?.has_api_key) return false;
  return type !== saved.type || originOf(type, baseUrl) !== originOf(saved.type, saved.base_url ?? '');
}

function originOf(type: ProviderType, baseUrl: string): string | undefined {
  const url = baseUrl === '' ? providerTypes[type].defaultUrl : baseUrl;
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

function isPrice(text: string): boolean {
  return text.trim() !== '' && Number(text) >= 0 && Number(text) <= 1_000_000;
}
