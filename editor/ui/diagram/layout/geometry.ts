export interface Point {
  x: number;
  y: number;
}

/** px, from the top left corner. */
export interface Box extends Point {
  width: number;
  height: number;
}

export const right = ({ x, width }: Box) => x + width;
export const bottom = ({ y, height }: Box) => y + height;
export const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
export const moved = <T extends Point>(what: T, by: Point): T => ({
  ...what,
  x: what.x + by.x,
  y: what.y + by.y,
});

/** px that a letter takes on the whole, and what a line is given so that a word of wide ones fits. */
const letter = { width: 6.2, spare: 16 };

/** Room for a text beside its shape, which has none inside. @param most px of a line */
export function textSize(text: string, most = 90): { width: number; height: number } {
  const perLine = Math.floor(most / letter.width);
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
  return { width: Math.min(most, Math.ceil(text.length * letter.width) + letter.spare), height: 14 * lines };
}
