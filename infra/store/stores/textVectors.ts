import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { TextVectorStore } from '../ports.ts';

/** Documents of one write. */
const BATCH = 500;

export function textVectorStore({ textVectors }: Models): TextVectorStore {
  return {
    async all(tenantId, model) {
      const found = await textVectors.find({ tenantId, model }, { hash: 1, vector: 1 }).lean();
      return found.map(({ hash, vector }) => ({
        hash,
        vector: Int8Array.from(Buffer.from(vector, 'base64'), (byte) => (byte << 24) >> 24),
      }));
    },
    async keep(tenantId, model, vectors) {
      for (let from = 0; from < vectors.length; from += BATCH) {
        const documents = vectors.slice(from, from + BATCH).map(({ hash, vector }) => ({
          _id: naturalId(tenantId, model, hash),
          tenantId,
          model,
          hash,
          vector: Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64'),
        }));
        try {
          await textVectors.insertMany(documents, { ordered: false });
        } catch (error) {
          // The rest of the batch is stored all the same.
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },
    async delete(tenantId, model, hashes) {
      await textVectors.deleteMany({ tenantId, model, hash: { $in: [...hashes] } });
    },
  };
}
