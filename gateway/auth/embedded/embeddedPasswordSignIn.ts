import { failed, ok, type Result } from '@baton/engine/protocol';
import type { IdentityStore } from '@baton/infra/store';
import type { Provider } from 'oidc-provider';
import { passwordMatches } from '../password.ts';
import type { IssuedTokens, PasswordSignIn } from '../passwordSignIn.ts';

export interface EmbeddedPasswordSignInOptions {
  provider: Provider;
  identity: IdentityStore;
  /** For whom the tokens are: the gateway's own client. */
  clientId: string;
  scope: string;
  /** The API as a resource, and how its access tokens are made. */
  resource: string;
  resourceServer: ConstructorParameters<Provider['ResourceServer']>[1];
}

type RefreshToken = InstanceType<Provider['RefreshToken']>;

/** What Keycloak's grants `password` and `refresh_token` do for the gateway's client, without asking ourselves by HTTP. */
export function createEmbeddedPasswordSignIn(options: EmbeddedPasswordSignInOptions): PasswordSignIn {
  const { provider, identity, clientId, scope, resource, resourceServer } = options;

  async function issue(accountId: string, grantId: string, rotations: number): Promise<IssuedTokens> {
    const client = await provider.Client.find(clientId);
    if (!client)
      throw new Error(`Expected the client ${clientId} at the embedded issuer, but it is not known`);
    const of = { accountId, client, grantId, gty: 'password', scope };
    const access = new provider.AccessToken(of);
    access.resourceServer = new provider.ResourceServer(resource, resourceServer);
    const refresh = new provider.RefreshToken({ ...of, resource, rotations });
    return {
      accessToken: await access.save(),
      refreshToken: await refresh.save(),
      expiresIn: access.expiration,
    };
  }

  const used = failed({
    code: 'REFRESH_TOKEN_INVALID' as const,
    message: 'Expected a refresh token that was not used yet, but the issuer takes it no more',
  });

  async function rotate(
    token: RefreshToken,
  ): Promise<Result<IssuedTokens, { code: 'REFRESH_TOKEN_INVALID'; message: string }>> {
    const { accountId, grantId, rotations = 0 } = token;
    if (token.consumed) {
      // Somebody else has it, too: nobody goes on with this sign-in (RFC 9700 §4.14.2).
      const grant = grantId ? await provider.Grant.find(grantId) : undefined;
      await token.destroy();
      if (grantId) await provider.RefreshToken.revokeByGrantId(grantId);
      await grant?.destroy();
      return used;
    }
    const user = accountId ? await identity.user(accountId) : undefined;
    if (!user?.enabled || !grantId || !(await provider.Grant.find(grantId))) return used;
    await token.consume();
    return ok(await issue(user.id, grantId, rotations + 1));
  }

  return {
    async signIn(username, password) {
      const user = await identity.userByName(username.toLowerCase());
      const matches = await passwordMatches(password, user?.passwordHash);
      if (!user || !matches || !user.enabled) {
        return failed({
          code: 'CREDENTIALS_INVALID',
          message: 'Expected a user name and its password, but they do not match',
        });
      }
      const grant = new provider.Grant({ clientId, accountId: user.id });
      grant.addOIDCScope(scope);
      grant.addResourceScope(resource, scope);
      return ok(await issue(user.id, await grant.save(), 0));
    },
    async renew(refreshToken) {
      const found = await provider.RefreshToken.find(refreshToken);
      return found && found.clientId === clientId ? rotate(found) : used;
    },
  };
}
