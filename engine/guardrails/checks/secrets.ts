import type { Check } from '../check.ts';

export interface SecretsSettings {
  check: 'secrets';
  action: 'block' | 'mask';
}

/** Formats that are keys wherever they stand, by who gives them. */
const formats: readonly { of: string; pattern: RegExp }[] = [
  { of: 'Anthropic', pattern: /\bsk-ant-[\w-]{20,}/g },
  { of: 'OpenAI', pattern: /\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?[\w-]{20,}/g },
  { of: 'AWS', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { of: 'Google', pattern: /\bAIza[\w-]{35}/g },
  { of: 'GitHub', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g },
  { of: 'GitLab', pattern: /\bglpat-[\w-]{20,}/g },
  { of: 'Slack', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { of: 'Stripe', pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { of: 'npm', pattern: /\bnpm_[A-Za-z0-9]{36,}/g },
  { of: 'Hugging Face', pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { of: 'this product', pattern: /\bbk_[\w-]{8,}_[\w-]{20,}/g },
  { of: 'a JSON Web Token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g },
  {
    of: 'a private key',
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  },
];
/** Of all formats only a private key has white space in it. */
const opening = '-----BEGIN';
const begin = /^-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;
const end = /-----END [A-Z ]{0,30}PRIVATE KEY-----/;
/** Characters after which it is plain whether something is the beginning of a private key. */
const longestBegin = 60;

const mask = '•••';

export const secrets: Check<SecretsSettings> = {
  check({ text, settings, secrets }) {
    const found = new Set<string>();
    let masked = text;
    for (const secret of secrets) {
      for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1)])) {
        if (form === '' || !masked.includes(form)) continue;
        found.add('a provider');
        masked = masked.replaceAll(form, mask);
      }
    }
    for (const { of, pattern } of formats) {
      masked = masked.replace(pattern, () => {
        found.add(of);
        return mask;
      });
    }
    if (found.size === 0) return { action: 'allow' };
    const message = `Expected no secrets, but there is one of ${[...found].join(', ')}`;
    return settings.action === 'mask'
      ? { action: 'mask', text: masked, message }
      : { action: 'block', message };
  },

  /** Up to the last white space, and not into a private key that has not ended: no key goes on beyond it. */
  settled({ text }) {
    const { from, to } = betweenPrivateKeys(text);
    return from + text.slice(from, to).search(/\s\S*$/) + 1;
  },
};

/** From the end of the last private key to the beginning of the one that is still coming, or the end. */
function betweenPrivateKeys(text: string): { from: number; to: number } {
  let from = 0;
  for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + opening.length)) {
    if (at < from) continue;
    const rest = text.slice(at);
    if (!begin.test(rest)) {
      if (rest.length < longestBegin) return { from, to: at };
      continue;
    }
    const ended = end.exec(rest);
    if (!ended) return { from, to: at };
    from = at + ended.index + ended[0].length;
  }
  return { from, to: text.length };
}
