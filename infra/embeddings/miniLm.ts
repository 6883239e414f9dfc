import { Tokenizer } from '@huggingface/tokenizers';

/** Tokens of a text that count; the model was trained with as many. */
const LONGEST = 256;
/** Characters that are looked at: no 256 tokens of a language have more. */
const READ = 10_000;
const WIDTH = 384;

/**
 * The model as a function from texts to vectors of length 1.
 * @throws where the runtime has no build for this machine
 */
export async function loadMiniLm(read: (file: 'model.onnx' | 'tokenizer.json') => Uint8Array) {
  // Imported when it is needed: the runtime is a native library.
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(read('model.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(read('tokenizer.json'))), {
    do_lower_case: true,
    unk_token: '[UNK]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    mask_token: '[MASK]',
  });

  /** The first tokens, with the end where they were cut. */
  function idsOf(text: string): readonly number[] {
    const { ids } = tokenizer.encode(text.slice(0, READ));
    return ids.length <= LONGEST ? ids : [...ids.slice(0, LONGEST - 1), ids.at(-1)!];
  }

  return async (texts: readonly string[]): Promise<Float32Array[]> => {
    const rows = texts.map(idsOf);
    const length = Math.max(...rows.map((row) => row.length));
    const ids = new BigInt64Array(rows.length * length);
    const mask = new BigInt64Array(rows.length * length);
    rows.forEach((row, index) => {
      row.forEach((token, place) => {
        ids[index * length + place] = BigInt(token);
        mask[index * length + place] = 1n;
      });
    });
    const shape = [rows.length, length];
    const { embedding } = await session.run({
      ids: new Tensor('int64', ids, shape),
      mask: new Tensor('int64', mask, shape),
    });
    const all = embedding!.data as Float32Array;
    return rows.map((_, index) => all.slice(index * WIDTH, (index + 1) * WIDTH));
  };
}
