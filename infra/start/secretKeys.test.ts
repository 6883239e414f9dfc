import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretKeysOf } from './secretKeys.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keysOf = (given: string | undefined, development: boolean) =>
  secretKeysOf({ BATON_SECRET_KEYS: given, BATON_DATA: folder }, development, randomBytes);

describe('the key of what is stored encrypted', () => {
  it('is made once in development, for its owner alone', () => {
    const first = keysOf(undefined, true);
    expect([first.ok, keysOf(undefined, true)]).toEqual([true, first]);
    const file = join(folder, 'secret-keys');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    expect(keysOf(undefined, true)).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has to be given anywhere else, and the refusal has the command that makes one', () => {
    expect(keysOf(undefined, false)).toEqual({
      ok: false,
      failure: expect.stringMatching(
        /^BATON_SECRET_KEYS: Expected a key .*node -p "crypto\.randomBytes\(32\)\.toString\('base64'\)"/,
      ),
    });
  });

  it('that development made is named where one is missing, not shown', () => {
    keysOf(undefined, true);
    const refused = keysOf(undefined, false);
    const text = readFileSync(join(folder, 'secret-keys'), 'utf8').trim();
    expect(refused.ok ? '' : refused.failure).toContain(join(folder, 'secret-keys'));
    expect(JSON.stringify(refused)).not.toContain(text);
    expect(keysOf(text, false)).toEqual(keysOf(undefined, true));
  });

  it('that makes no sense is refused without being repeated', () => {
    const refused = keysOf('c2VjcmV0', false);
    expect(refused).toEqual({
      ok: false,
      failure: expect.stringMatching(/^BATON_SECRET_KEYS: .* has 6 bytes/),
    });
    expect(JSON.stringify(refused)).not.toContain('c2VjcmV0');
  });
});
