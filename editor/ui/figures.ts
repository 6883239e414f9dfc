/** `$0.019`, `$2.50`: three decimals below a dollar, as the figures of one run are small. */
export function money(usd: number): string {
  if (usd === 0) return '$0.00';
  if (usd < 0.0005) return '< $0.001';
  return `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
}

/** `7,352` */
export function whole(figure: number): string {
  return figure.toLocaleString('en', { maximumFractionDigits: 0 });
}

/** `1 loop`, `2 loops`. */
export function counted(figure: number, thing: string): string {
  return `${whole(figure)} ${thing}${figure === 1 ? '' : 's'}`;
}
