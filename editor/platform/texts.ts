let language: Readonly<Record<string, string>> = {};

/** Texts in another language than English, by the English ones; before the first module that has any is read. */
export function speak(texts: Readonly<Record<string, string>>): void {
  language = texts;
}

/** A text of the catalog as the user reads it; `{0}` stands for the first value. The build asks for every text. */
export function tx(text: string, ...values: readonly unknown[]): string {
  const found = language[text] ?? text;
  return values.length === 0
    ? found
    : found.replaceAll(/\{(\d+)\}/g, (place, at) =>
        Number(at) < values.length ? String(values[Number(at)]) : place,
      );
}
