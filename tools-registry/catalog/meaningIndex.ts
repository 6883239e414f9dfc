/** Nearness from which two texts are about the same. */
const NEAR = 0.3;
/** Nearness of what says the same in other words. */
const SAME = 0.75;
/** A number from -1 to 1 as a whole one, which takes a quarter of the room. */
const STEPS = 127;

export function inSteps(vector: Float32Array): Int8Array {
  return Int8Array.from(vector, (value) => Math.round(Math.max(-1, Math.min(1, value)) * STEPS));
}

/** Which tools mean what a question means: their vectors, one after the other in one array. */
export interface MeaningIndex {
  readonly size: number;
  has(id: string): boolean;
  put(id: string, vector: Int8Array): void;
  remove(id: string): void;
  /** How near each is, up to 1; only what is near. */
  find(question: Int8Array): Map<string, number>;
}

export function createMeaningIndex(dimensions: number): MeaningIndex {
  const ids: string[] = [];
  const places = new Map<string, number>();
  let vectors = new Int8Array(0);

  return {
    get size() {
      return ids.length;
    },
    has: (id) => places.has(id),
    put(id, vector) {
      let place = places.get(id);
      if (place === undefined) {
        place = ids.push(id) - 1;
        places.set(id, place);
        if (vectors.length < ids.length * dimensions) {
          const larger = new Int8Array(Math.max(64, ids.length * 2) * dimensions);
          larger.set(vectors);
          vectors = larger;
        }
      }
      vectors.set(vector, place * dimensions);
    },
    remove(id) {
      const place = places.get(id);
      if (place === undefined) return;
      // The last one takes its place.
      const last = ids.pop()!;
      places.delete(id);
      if (last === id) return;
      ids[place] = last;
      places.set(last, place);
      vectors.copyWithin(place * dimensions, ids.length * dimensions, (ids.length + 1) * dimensions);
    },
    find(question) {
      const near = new Map<string, number>();
      const least = NEAR * STEPS * STEPS;
      for (let place = 0, at = 0; place < ids.length; place++) {
        let sum = 0;
        for (let dimension = 0; dimension < dimensions; dimension++, at++)
          sum += vectors[at]! * question[dimension]!;
        if (sum < least) continue;
        const cosine = sum / (STEPS * STEPS);
        near.set(ids[place]!, Math.min(1, (cosine - NEAR / 2) / (SAME - NEAR / 2)));
      }
      return near;
    },
  };
}
