/** [left, bottom, right, top) in cells. */
export type Box = readonly [number, number, number, number];

const FIELDS = 5;
const FIRST_ROOM = 1024;

/** Signs of text on one page, in numbers: there are thousands of them on each. */
export class SignList {
  private readonly texts: string[] = [];
  private numbers = new Int32Array(FIRST_ROOM * FIELDS);

  get count(): number {
    return this.texts.length;
  }

  /** What one needs to see of a sign, the number of the paint below it, and what it is, to know the same sign again. */
  add(box: Box, paint: number, what: string): void {
    const at = this.texts.length * FIELDS;
    if (at === this.numbers.length) {
      const more = new Int32Array(this.numbers.length * 2);
      more.set(this.numbers);
      this.numbers = more;
    }
    const { numbers } = this;
    numbers[at] = box[0];
    numbers[at + 1] = box[1];
    numbers[at + 2] = box[2];
    numbers[at + 3] = box[3];
    numbers[at + 4] = paint;
    this.texts.push(what);
  }

  boxAt(index: number): Box {
    const { numbers } = this;
    const at = index * FIELDS;
    return [numbers[at] ?? 0, numbers[at + 1] ?? 0, numbers[at + 2] ?? 0, numbers[at + 3] ?? 0];
  }

  paintAt(index: number): number {
    return this.numbers[index * FIELDS + 4] ?? 0;
  }

  textAt(index: number): string {
    return this.texts[index] ?? "";
  }

  /** A number for the place of a sign, moved by some steps. */
  placeOf(index: number, x: number, y: number): number {
    const at = index * FIELDS;
    const [column, row] = [this.numbers[at] ?? 0, this.numbers[at + 1] ?? 0];
    return (Math.floor(row / NEARNESS) + y) * ROW + Math.floor(column / NEARNESS) + x;
  }
}

/** In cells: the same sign as near as this is the same one. */
const NEARNESS = 2;
/** More than a page has cells in a row. */
const ROW = 2 ** 21;
const STEPS = [-1, 0, 1];

/** Whether a sign is hidden and does not stand on top once more at the same place. */
export function hasHiddenSign(signs: SignList, isHidden: (sign: number) => boolean): boolean {
  const hidden = new Set<number>();
  for (let sign = 0; sign < signs.count; sign += 1) {
    if (isHidden(sign)) {
      hidden.add(sign);
    }
  }
  if (hidden.size === 0) {
    return false;
  }
  const visible = new Map<number, string>();
  for (let sign = 0; sign < signs.count; sign += 1) {
    if (!hidden.has(sign)) {
      visible.set(signs.placeOf(sign, 0, 0), signs.textAt(sign));
    }
  }
  const isShownAgain = (sign: number): boolean =>
    STEPS.some((x) => STEPS.some((y) => visible.get(signs.placeOf(sign, x, y)) === signs.textAt(sign)));
  return [...hidden].some((sign) => !isShownAgain(sign));
}
