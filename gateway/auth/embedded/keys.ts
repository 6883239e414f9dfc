import type { SettingStore } from '@baton/infra/store';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface IssuerKeys {
  signing: JWK[];
  /** Keys that sign the provider's cookies, newest first. */
  cookies: string[];
}

const setting = 'embedded-issuer-keys';

/** Made at the first start and kept: tokens and sessions outlive a restart. */
export async function issuerKeys(
  settings: SettingStore,
  randomBytes: (size: number) => Uint8Array,
): Promise<IssuerKeys> {
  const stored = await settings.get(setting);
  if (stored) return stored as IssuerKeys;
  const hex = (size: number) => Buffer.from(randomBytes(size)).toString('hex');
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const made: IssuerKeys = {
    signing: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: hex(8) }],
    cookies: [hex(32)],
  };
  return (await settings.initialise(setting, made)) as IssuerKeys;
}
