import type { HearText, ModelProvider } from './provider.ts';

const mask = '•••';

/** Characters at the end of the text with which the secret may begin. */
function begunAtEnd(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

/** Tells everything but the secret; what may be its beginning waits for what comes. */
function withoutSecret(secret: string, heard: HearText): { hear: HearText; end(): void } {
  let held = '';
  const tell = (text: string) => {
    if (text !== '') heard({ text });
  };
  return {
    hear({ text }) {
      const whole = (held + text).replaceAll(secret, mask);
      const end = whole.length - begunAtEnd(whole, secret);
      held = whole.slice(end);
      tell(whole.slice(0, end));
    },
    end: () => tell(held),
  };
}

/** A server may send back what it was sent. What it says is recorded and told, and must not hold the provider's secret. */
export function concealing(provider: ModelProvider, secret: string): ModelProvider {
  const written = JSON.stringify(secret).slice(1, -1);
  return {
    ...provider,
    async generate(request, signal, heard) {
      const stream = heard && withoutSecret(secret, heard);
      const result = await provider.generate(request, signal, stream?.hear);
      if (result.ok) stream?.end();
      const text = JSON.stringify(result);
      return text.includes(written) ? JSON.parse(text.replaceAll(written, mask)) : result;
    },
  };
}
