import { body, type RawDocument, revise, type RevisionOptions, stream, type Style } from "./raw-document.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Words that mean something to one parser or another. */
const TOKENS = [
  "obj",
  "endobj",
  "stream",
  "endstream",
  "xref",
  "trailer",
  "startxref",
  "%%EOF",
  "%PDF-1.7",
  "R",
  "n",
  "f",
  "null",
  "true",
  "false",
  "<<",
  ">>",
  "[",
  "]",
  "(",
  ")",
  "<",
  ">",
  "/",
  "%",
  "#",
  "\\",
  "/Type",
  "/Contents",
  "/ByteRange",
  "/V",
  "/Kids",
  "/Parent",
  "/Root",
  "/Prev",
  "/Size",
  "/XRefStm",
  "/Length",
  "/Annots",
  "/AP",
  "/F",
  "/FT",
  "/Sig",
  "/Fields",
  "/Perms",
  "/DSS",
  "/Page",
  "/Pages",
  "/ObjStm",
  "/XRef",
  "0",
  "1",
  "-1",
  "4",
  "65535",
  "4294967296",
  "99999999999999999999",
  "1.",
  "+1",
  ".5",
  " 0 R",
  "4 0 R",
  "1 0 R",
  "\n",
  "\r",
  "\0",
  " ",
] as const;

/** Changes the bytes of a file a little, or a lot. */
export function mutateBytes(text: string, other: string, random: SeededRandom): string {
  let result = text;
  const rounds = 1 + random.below(3);
  for (let round = 0; round < rounds; round += 1) {
    result = mutateOnce(result, other, random);
  }
  return result;
}

function mutateOnce(text: string, other: string, random: SeededRandom): string {
  const at = random.below(text.length + 1);
  const length = 1 + random.below(random.pick([4, 40, 400, 4000]));
  const cut = text.slice(0, at) + text.slice(at + length);
  switch (random.below(12)) {
    case 0:
    case 1:
      return overwriteAt(
        text,
        at,
        String.fromCharCode(text.charCodeAt(Math.min(at, text.length - 1)) ^ (1 << random.below(8))),
      );
    case 2:
      return overwriteAt(text, at, String.fromCharCode(random.below(256)));
    case 3:
      return overwriteAt(text, tokenNear(text, at), random.pick(TOKENS));
    case 4:
      return insertAt(text, tokenNear(text, at), random.pick(TOKENS));
    case 5:
      return cut;
    case 6:
      return insertAt(cut, random.below(cut.length + 1), text.slice(at, at + length));
    case 7:
      return insertAt(text, random.below(text.length + 1), text.slice(at, at + length));
    case 8:
      return text.slice(0, at);
    case 9:
      return text + text.slice(at, at + length);
    case 10: {
      const from = random.below(other.length);
      return overwriteAt(text, at, other.slice(from, from + length));
    }
    default:
      return changeNumber(text, at, random);
  }
}

const overwriteAt = (text: string, at: number, more: string): string =>
  text.slice(0, at) + more + text.slice(at + more.length);
const insertAt = (text: string, at: number, more: string): string => text.slice(0, at) + more + text.slice(at);

function tokenNear(text: string, at: number): number {
  const found = text.slice(at, at + 200).search(/(?<=[\s<>[\]()/])\S/u);
  return found < 0 ? at : at + found;
}

function changeNumber(text: string, at: number, random: SeededRandom): string {
  const tail = text.slice(at, at + 400);
  const found = /\d+/u.exec(tail);
  if (found === null) {
    return text;
  }
  const value = Number(found[0]);
  const changed = random.pick([value + 1, value - 1, value * 2, 0, -value, value + 256, value + 65_536]);
  const start = at + found.index;
  return text.slice(0, start) + String(changed) + text.slice(start + found[0].length);
}

export interface Update {
  readonly document: RawDocument;
  /** Objects that say something else than before, or are gone. */
  readonly changed: readonly number[];
  /** Something that no object explains was added. */
  readonly smuggled: boolean;
}

const STYLES: readonly Style[] = ["table", "stream", "packed", "hybrid"];

/** Appends an update that is right in its form and changes a few objects at random. */
export function mutateObjects(document: RawDocument, random: SeededRandom): Update {
  const numbers = [...document.bodies.keys()];
  const changes: Record<number, string> = {};
  const options: { -readonly [Key in keyof RevisionOptions]: RevisionOptions[Key] } = { style: random.pick(STYLES) };
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const num = random.below(12) === 0 ? random.below(70) + 1 : random.pick(numbers);
    changes[num] = newBody(document, num, numbers, random);
  }
  const freed = random.below(8) === 0 ? [random.pick(numbers)] : [];
  for (const num of freed) {
    delete changes[num];
  }
  options.free = freed;
  let smuggled = false;
  if (random.below(10) === 0) {
    options.hidden = `4 0 obj\n${stream("BT (Pay 999 EUR) Tj ET")}\nendobj\n`;
    smuggled = true;
  }
  // Objects in object streams have no generation.
  if (random.below(10) === 0 && options.style !== "packed") {
    const num = random.pick(numbers);
    options.generations = new Map([[num, 1]]);
  }
  const changed = [
    ...Object.keys(changes)
      .map(Number)
      .filter((num) => changes[num] !== document.bodies.get(num) || options.generations?.has(num) === true),
    ...freed,
  ];
  return { document: revise(document, changes, options), changed, smuggled };
}

function newBody(document: RawDocument, num: number, numbers: readonly number[], random: SeededRandom): string {
  const own = document.bodies.get(num) ?? "<< >>";
  switch (random.below(7)) {
    case 0:
      return own;
    case 1:
      return body(document, random.pick(numbers));
    case 2:
      return own.replace(/\d+ 0 R/u, () => `${random.pick(numbers)} 0 R`);
    case 3:
      return own.replace(
        "<<",
        () => `<< /${random.pick(["Contents", "AP", "V", "Kids", "Rotate", "A", "Type"])} ${random.pick(numbers)} 0 R`,
      );
    case 4:
      return own.replace(/\/\w+(?= )/u, () => `/${random.pick(["X", "Type", "V", "AP", "Subtype"])}`);
    case 5:
      return own.replace(/\d+/u, () => String(random.below(100)));
    default:
      return random.pick(["null", "[]", "<< >>", "1", "(text)", "/Name", stream("0 0 9 9 re f"), "<< /Type /Page >>"]);
  }
}
