/** Hands a text or its bytes to the user as a file, where the browser keeps what it downloads. */
export function saveFile(
  name: string,
  text: string | Uint8Array<ArrayBuffer>,
  type = 'application/json',
): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
