/** Vectors of texts, so that nobody computes them twice: made of the text, they are lost without loss. */
export interface TextVector {
  /** Of the text. */
  hash: string;
  /** A number from -127 to 127 for each dimension. */
  vector: Int8Array;
}

export interface TextVectorStore {
  /** Those of one model. */
  all(tenantId: string, model: string): Promise<TextVector[]>;
  /** What is there already stays. */
  keep(tenantId: string, model: string, vectors: readonly TextVector[]): Promise<void>;
  delete(tenantId: string, model: string, hashes: readonly string[]): Promise<void>;
}
