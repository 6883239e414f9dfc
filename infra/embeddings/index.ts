/** Door `infra/embeddings`: texts as vectors, by a model that lies beside. */
export { createEmbedder, type EmbedderWorld } from './embedder.ts';
