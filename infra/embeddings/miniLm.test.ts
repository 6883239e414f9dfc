import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMiniLm } from './miniLm.ts';

const folder = new URL('./model/', import.meta.url);
let embed: Awaited<ReturnType<typeof loadMiniLm>>;
beforeAll(async () => {
  embed = await loadMiniLm((file) => readFileSync(new URL(file, folder)));
}, 60_000);

const nearness = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, place) => sum + value * other[place]!, 0);
async function near(one: string, other: string) {
  const [a, b] = await embed([one, other]);
  return nearness(a!, b!);
}

describe('the model in the repository', () => {
  it('is the one that was exported', () => {
    const lines = readFileSync(new URL('model.sha256', folder), 'utf8').trim().split('\n');
    for (const line of lines) {
      const [hash, file] = line.split(/\s+/);
      const content = readFileSync(new URL(file!, folder));
      expect(createHash('sha256').update(content).digest('hex'), file).toBe(hash);
    }
    expect(lines).toHaveLength(2);
  });

  it('puts what means the same near, whatever the words', async () => {
    const same = await near('Gives a customer their money back', 'refund a payment');
    const other = await near('Gives a customer their money back', 'weather forecast for a city');
    expect(same).toBeGreaterThan(0.4);
    expect(other).toBeLessThan(0.2);
  });

  it('gives vectors of length 1, the same for a text alone and among longer ones', async () => {
    const [alone] = await embed(['send an e-mail']);
    const [, among] = await embed(['translate the whole document into another language', 'send an e-mail']);
    expect(alone).toHaveLength(384);
    expect(nearness(alone!, alone!)).toBeCloseTo(1, 4);
    expect(nearness(alone!, among!)).toBeGreaterThan(0.98);
  });

  it('takes an empty text, other alphabets, and the beginning of a very long one', async () => {
    const [empty, japanese, long, beginning] = await embed([
      '',
      '払い戻し 🚀',
      'refund '.repeat(5_000),
      'refund '.repeat(300),
    ]);
    for (const vector of [empty!, japanese!]) expect(nearness(vector, vector)).toBeCloseTo(1, 4);
    expect(nearness(long!, beginning!)).toBeCloseTo(1, 4);
  });
});
