import { type Attack, family, overwrite, type Victims } from "./attack.ts";
import { baseDocument } from "./base-documents.ts";
import { swap } from "./raw-document.ts";
import { signRaw } from "./sign-raw.ts";

/** Universal signature forgery: a signature dictionary that a lax program gives up on. */
export function forgedDictionaries({ table, twice, pki }: Victims): readonly Attack[] {
  const usf = family("USF");
  const ranges = family("byte range");
  const { text, gap, gapEnd } = table;
  const range = /\/ByteRange \[[^\]]*\]/u;
  const numbers = (...values: readonly (number | string)[]): string =>
    overwrite(text, range, `/ByteRange [${values.join(" ")}]`);
  const end = text.length;
  const rest = end - gapEnd;
  const contents = /\/Contents <[0-9a-f]+>/u;
  const contentsAs = (value: string): string => overwrite(text, contents, `/Contents ${value}`);
  const inside = (change: (digits: string) => string): string =>
    text.slice(0, gap + 1) + change(text.slice(gap + 1, gapEnd - 1)) + text.slice(gapEnd - 1);
  return [
    usf("no /Contents", "contents.missing", () => overwrite(text, "/Contents <", "/ConTents <")),
    usf("/Contents null", "contents.missing", () => contentsAs("null")),
    usf("/Contents empty hexadecimal", "contents.missing", () => contentsAs("<>")),
    usf("/Contents empty literal", "contents.missing", () => contentsAs("()")),
    usf("/Contents of one zero", "", () => contentsAs("<00>")),
    usf("/Contents a number", "contents.missing", () => contentsAs("0")),
    usf("/Contents a name", "contents.missing", () => contentsAs("/null")),
    usf("/Contents a dictionary", "contents.missing", () => contentsAs("<< >>")),
    usf("/Contents an array with the string", "", () => contentsAs("[<00>]")),
    usf("/Contents a reference to nothing", "contents.missing", () => contentsAs("999 0 R")),
    usf("/Contents a reference to a text", "contents.", () => contentsAs("5 0 R")),
    usf("/Contents all zeros", "cms.malformed", () => inside((digits) => "0".repeat(digits.length))),
    usf("/Contents all ones", "cms.malformed", () => inside((digits) => "f".repeat(digits.length))),
    usf("/Contents only the outer header", "cms.malformed", () =>
      inside((digits) => digits.slice(0, 8).padEnd(digits.length, "0")),
    ),
    usf("/Contents cut in half", "cms.malformed", () =>
      inside((digits) => digits.slice(0, 800).padEnd(digits.length, "0")),
    ),
    usf("no /ByteRange", "byte-range.missing", () => overwrite(text, "/ByteRange", "/ByteRAnge")),
    usf("/ByteRange null", "byte-range.missing", () => overwrite(text, range, "/ByteRange null")),
    usf("/ByteRange empty", "byte-range.malformed", () => numbers()),
    usf("/ByteRange a name", "byte-range.missing", () => overwrite(text, range, "/ByteRange /All")),
    usf("/ByteRange a reference to nothing", "byte-range.missing", () => overwrite(text, range, "/ByteRange 999 0 R")),
    usf("no /SubFilter and no /Filter", "", () =>
      overwrite(overwrite(text, "/SubFilter", "/SubFiLter"), "/Filter", "/FiLter"),
    ),
    usf("no /Type, no /ByteRange", "byte-range.missing", () =>
      overwrite(overwrite(text, "/ByteRange", "/ByteRAnge"), "/Type /Sig ", ""),
    ),
    usf("field no longer a signature field", "", () => overwrite(text, /\/FT \/Sig(?= \/T \(Signature1)/u, "/FT /Tx")),
    usf("field without a type", "", () => overwrite(text, /\/FT \/Sig(?= \/T \(Signature1)/u, "")),
    usf("field without a value", "", () => overwrite(text, /\/V \d+ 0 R(?= \/Type \/Annot)/u, "")),
    usf("field with null as value", "", () => overwrite(text, /\/V \d+ 0 R(?= \/Type \/Annot)/u, "/V null")),
    usf("unknown /SubFilter", "", () => overwrite(text, "ETSI.CAdES.detached", "ETSI.Nothing")),
    usf("/SubFilter of a timestamp", "timestamp.", () => overwrite(text, "ETSI.CAdES.detached", "ETSI.RFC3161")),
    usf("/SubFilter adbe.x509.rsa_sha1", "", () => overwrite(text, "ETSI.CAdES.detached", "adbe.x509.rsa_sha1")),
    usf("/SubFilter adbe.pkcs7.sha1", "", () => overwrite(text, "ETSI.CAdES.detached", "adbe.pkcs7.sha1")),
    ranges("three numbers", "byte-range.malformed", () => numbers(0, gap, gapEnd)),
    ranges("five numbers", "byte-range.malformed", () => numbers(0, gap, gapEnd, rest, 0)),
    ranges("six numbers", "byte-range.malformed", () => numbers(0, gap, gapEnd, 10, gapEnd + 10, 10)),
    ranges("two numbers", "byte-range.malformed", () => numbers(0, end)),
    ranges("begins later", "byte-range.start", () => numbers(1, gap - 1, gapEnd, rest)),
    ranges("negative start", "byte-range.malformed", () => numbers(-1, gap, gapEnd, rest)),
    ranges("negative length", "byte-range.malformed", () => numbers(0, gap, gapEnd, -rest)),
    ranges("all zero", "byte-range.", () => numbers(0, 0, 0, 0)),
    ranges("second part outside the file", "byte-range.outside", () => numbers(0, gap, end + 1, 10)),
    ranges("second part longer than the file", "byte-range.outside", () => numbers(0, gap, gapEnd, rest + 1)),
    ranges("2^31", "byte-range.", () => numbers(0, gap, gapEnd, 2_147_483_648 + rest)),
    ranges("2^32 added, as a 32 bit reader would not see", "byte-range.", () =>
      numbers(0, gap, gapEnd, 4_294_967_296 + rest),
    ),
    ranges("2^64 added", "byte-range.", () => numbers(0, gap, gapEnd, "18446744073709551616")),
    ranges("reals", "byte-range.", () => numbers("0.5", gap, gapEnd, rest)),
    ranges("a real with the same value after rounding", "byte-range.", () => numbers(0, `${gap}.4`, gapEnd, rest)),
    ranges("parts in the other order", "byte-range.", () => numbers(gapEnd, rest, 0, gap)),
    ranges("overlapping parts", "byte-range.", () => numbers(0, gapEnd, gap, rest)),
    ranges("no gap at all", "byte-range.gap", () => numbers(0, gap, gap, end - gap)),
    ranges("gap one byte wider on the left", "byte-range.", () => numbers(0, gap - 1, gapEnd, rest)),
    ranges("gap one byte wider on the right", "byte-range.", () => numbers(0, gap, gapEnd + 1, rest - 1)),
    ranges("gap inside the brackets", "byte-range.", () => numbers(0, gap + 1, gapEnd - 1, rest + 1)),
    ranges("ends before the end", "", () => numbers(0, gap, gapEnd, rest - 30)),
    ranges("ends in the first revision's marker", "byte-range.", () => numbers(0, 100, 200, 300)),
    ranges(
      "range of another signature",
      "",
      () =>
        overwrite(
          twice.text,
          /\/ByteRange \[[^\]]*\](?! \/Contents <[0-9a-f]+> >>\nendobj\n\d+ 0 obj\n<< \/FT \/Sig \/T \(Signature1)/u,
          range.exec(twice.text)?.[0] ?? "",
        ),
      { mayStayIntact: ["Signature1"] },
    ),
    ranges("strings instead of numbers", "byte-range.", () => numbers("(0)", gap, gapEnd, rest)),
    ranges("references instead of numbers, one dangling", "byte-range.", () => numbers(0, gap, gapEnd, "999 0 R")),
    ranges("written twice", "", () => signRaw(baseDocument(), pki.person, { entries: "/ByteRange [0 10 20 30]" })),
    ranges("/Contents written twice", "", () => signRaw(baseDocument(), pki.person, { entries: "/Contents <00>" })),
    ranges("key escaped, and written twice", "", () =>
      signRaw(baseDocument(), pki.person, { entries: "/Byte#52ange [0 10 20 30]" }),
    ),
    ranges("array without an end", "", () => overwrite(text, /\/ByteRange \[([^\]]*)\]/u, "/ByteRange [0 1 2 3 ")),
    ranges("white space in the digits", "byte-range.", () =>
      inside((digits) => `${digits.slice(0, 100)} ${digits.slice(100, -1)}`),
    ),
    ranges("odd number of digits", "byte-range.", () => inside((digits) => `${digits.slice(0, -1)} `)),
    ranges("a letter that is no digit", "", () => inside((digits) => `${digits.slice(0, -1)}g`)),
    ranges("a comment in the digits", "", () => inside((digits) => `${digits.slice(0, -4)}%abc`)),
    ranges("closed early, other entries behind", "", () =>
      inside((digits) => `${digits.slice(0, -20)}> /Reason (I agree)`),
    ),
    ranges("padding that is not zero", "contents.trailing-data", () => inside((digits) => `${digits.slice(0, -2)}01`), {
      bytesStayHonest: true,
    }),
    ranges(
      "a second value behind the first",
      "contents.trailing-data",
      () => inside((digits) => `${digits.slice(0, -40)}${digits.slice(0, 40)}`),
      { bytesStayHonest: true },
    ),
    ranges(
      "/Contents as a literal string",
      "contents.",
      () => text.slice(0, gap) + `(${"A".repeat(gapEnd - gap - 2)})` + text.slice(gapEnd),
    ),
    ranges(
      "/Contents as a literal string full of escapes",
      "contents.",
      () => text.slice(0, gap) + `(${"\\101".repeat(900)}`.padEnd(gapEnd - gap - 1) + ")" + text.slice(gapEnd),
    ),
    ranges("/Contents in another object, the gap over a decoy", "", () => {
      const decoy = signRaw(baseDocument(), pki.person, { entries: `/Decoy <${"00".repeat(20)}>` });
      const at = decoy.text.indexOf("/Decoy <") + "/Decoy ".length;
      return overwrite(decoy.text, range, `/ByteRange [0 ${at} ${at + 42} ${decoy.text.length - at - 42}]`);
    }),
    ranges("signed page changed, byte range around it", "", () => {
      const at = text.indexOf("(Pay 100 EUR)");
      const changed = swap(text, "(Pay 100 EUR)", "(Pay 999 EUR)");
      return overwrite(changed, range, `/ByteRange [0 ${at} ${at + 13} ${end - at - 13}]`);
    }),
  ];
}
