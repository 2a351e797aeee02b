import type { SeededRandom } from "../attacks/seeded-random.ts";

/** Where an element begins, its value begins, and it ends. */
interface Element {
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

const MOST_ELEMENTS = 2_000;

/** Elements of DER at every depth; guesses where lengths are wrong already. */
function elementsOf(bytes: Uint8Array, from = 0, to = bytes.length, found: Element[] = []): readonly Element[] {
  for (let at = from; at + 2 <= to && found.length < MOST_ELEMENTS;) {
    const short = bytes[at + 1] ?? 0;
    const more = short > 0x80 && short < 0x85 ? short - 0x80 : 0;
    let length = short < 0x80 ? short : 0;
    for (let index = 0; index < more; index += 1) {
      length = length * 256 + (bytes[at + 2 + index] ?? 0);
    }
    const value = at + 2 + more;
    const end = Math.min(to, value + length);
    found.push({ start: at, value, end });
    const isConstructed = ((bytes[at] ?? 0) & 0x20) !== 0;
    if (isConstructed || bytes[at] === 0x04) {
      elementsOf(bytes, value, end, found);
    }
    at = Math.max(end, at + 2);
  }
  return found;
}

const splice = (bytes: Uint8Array, from: number, to: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([bytes.subarray(0, from), ...parts, bytes.subarray(to)]);

const ODD_LENGTHS = [[0x80], [0x81, 0], [0x84, 0xff, 0xff, 0xff, 0xff], [0x84, 0x7f, 0xff, 0xff, 0xff], [0x00], [0xff]];

/** Changes lengths, tags and whole elements, so that what is around them still reads. */
export function mutateDer(bytes: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  const elements = elementsOf(bytes);
  if (elements.length === 0) {
    return Uint8Array.from([random.below(256), random.below(256)]);
  }
  const { start, value, end } = random.pick(elements);
  switch (random.below(9)) {
    case 0:
      return splice(bytes, start + 1, value, Uint8Array.from(random.pick(ODD_LENGTHS)));
    case 1:
      return splice(bytes, start, start + 1, Uint8Array.from([random.below(256)]));
    case 2:
      return splice(bytes, start, end);
    case 3:
      return splice(bytes, end, end, bytes.subarray(start, end));
    case 4: {
      const from = random.pick(elements);
      return splice(bytes, start, end, bytes.subarray(from.start, from.end));
    }
    case 5: {
      const foreign = elementsOf(other);
      const from = foreign.length === 0 ? undefined : random.pick(foreign);
      return from === undefined ? bytes : splice(bytes, start, end, other.subarray(from.start, from.end));
    }
    case 6: {
      // The value grows or shrinks and its own length follows; those around it do not.
      const length = random.pick([0, 1, 2, 127, 20]);
      const filling = new Uint8Array(length).fill(random.pick([0, 0xff, 0x30, 0x31, 0x7f]));
      return splice(bytes, start + 1, end, Uint8Array.from([length]), filling);
    }
    case 7:
      return bytes.slice(0, value + random.below(Math.max(1, end - value)));
    default: {
      const at = value + random.below(Math.max(1, end - value));
      return splice(bytes, at, at + 1, Uint8Array.from([(bytes[at] ?? 0) ^ (1 << random.below(8))]));
    }
  }
}
