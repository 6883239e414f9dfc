import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocumentStore } from '@baton/infra/store';
import { createEmbeddedIssuer } from './embedded/embeddedIssuer.ts';
import { createSignInAttempts } from './embedded/signInAttempts.ts';
import { userDirectorySuite } from './userDirectory.suite.ts';

userDirectorySuite('the embedded issuer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-directory-'));
  const store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date() });
  const { directory, passwordSignIn } = await createEmbeddedIssuer({
    origin: 'http://127.0.0.1:3000',
    editorOrigins: [],
    store,
    offerDevelopmentUsers: false,
    attempts: createSignInAttempts(store.expiring, Date.now),
    signedIn: async () => {},
    signedOut: async () => {},
    now: Date.now,
    randomBytes,
  });
  return {
    directory,
    signsIn: async (username, password) => (await passwordSignIn.signIn(username, password)).ok,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
