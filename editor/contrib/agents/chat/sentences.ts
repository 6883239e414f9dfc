/** The end of a sentence or of a line; what follows the mark shows that the sentence is over. */
const end = /[.!?…]["'”’)\]]*(?=\s)|\n/g;

export interface Sentences {
  /** The next bit of the text. */
  add(text: string): void;
  /** Nothing more comes: what is left is said. */
  finish(): void;
}

/** A text that streams is read aloud once a sentence, not once a bit. */
export function createSentences(say: (sentence: string) => void): Sentences {
  let rest = '';
  function tell(text: string) {
    const plain = text.replace(/\s+/g, ' ').trim();
    if (plain) say(plain);
  }
  return {
    add(text) {
      rest += text;
      const last = [...rest.matchAll(end)].at(-1);
      if (!last) return;
      const at = last.index + last[0].length;
      tell(rest.slice(0, at));
      rest = rest.slice(at);
    },
    finish() {
      tell(rest);
      rest = '';
    },
  };
}
