import { memorySource } from "../../electron/pdf/memory-source.ts";
import { isArray, isDict, isStream, type PdfObject } from "../../electron/pdf/objects.ts";
import { openPdf } from "../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../electron/pdf/pdf-problem.ts";
import { baseDocument } from "../attacks/base-documents.ts";
import { attach, EVIDENCE_CHECKED_AT, filesOf, textsAbout } from "../attacks/evidence-documents.ts";
import { mutateObjects } from "../attacks/mutations.ts";
import { bytesOfText } from "../attacks/raw-document.ts";
import { signRaw } from "../attacks/sign-raw.ts";
import type { Identity } from "../attacks/test-authority.ts";
import { makeBankIdPeople } from "../unit/evidence/bankid/made-evidence.ts";
import { complaintAbout, judgeIn, mutatePdf } from "./pdf-targets.ts";
import type { FuzzTarget } from "./target.ts";

/**
 * Documents with evidence, most of them without a seal, so that nothing but the evidence's own rules stands in the way. When a
 * person is said to have signed, the file begins with what was signed, and shows it.
 */
export async function evidenceTarget(sealer: Identity): Promise<FuzzTarget> {
  const people = await makeBankIdPeople();
  const originals = [baseDocument(), baseDocument({}, { style: "packed" })];
  const documents = originals.flatMap((original) => {
    const files = filesOf(people, textsAbout([original.text]));
    const paged = attach(original, files, { page: "Anna" });
    return [attach(original, files), paged, signRaw(paged, sealer, { field: "Seal" })];
  });
  const signed = originals.map(({ text }) => bytesOfText(text));
  const shown = signed.map((bytes) => shownBy(openPdf(memorySource(bytes))));
  const judge = judgeIn({ trustAnchors: [], bankIdRoots: [people.root.certificate], at: EVIDENCE_CHECKED_AT });
  return {
    name: "evidence",
    seeds: documents.map(({ text }) => bytesOfText(text)),
    mutate: (bytes, other, random) =>
      random.below(2) === 0
        ? mutatePdf(bytes, other, random)
        : bytesOfText(mutateObjects(random.pick(documents), random).document.text),
    complaint: async (bytes) => {
      const { report: judged, cpu } = judge(bytes);
      const report = await judged;
      const complaint = complaintAbout(report, cpu());
      if (complaint !== null) {
        return complaint;
      }
      const passed = (report.evidence ?? []).filter(({ verdict }) => verdict === "passed");
      const is = signed.findIndex((one) => Buffer.compare(bytes.subarray(0, one.length), one) === 0);
      if (passed.length > 0 && is < 0) {
        return "a person is said to have signed other bytes";
      }
      return passed.length === 0 || shownNow(bytes).startsWith(shown[is] ?? "?")
        ? null
        : "a person is said to have signed what the file does not show";
    },
  };
}

/** Nothing, when the file cannot be read. */
function shownNow(bytes: Uint8Array): string {
  try {
    return shownBy(openPdf(memorySource(bytes)));
  } catch (error) {
    if (error instanceof PdfProblem) {
      return "";
    }
    throw error;
  }
}

/** What the pages are made of, in their order: for a comparison, not for people. The second look does not go by our rules. */
function shownBy(file: PdfFile): string {
  const layers = file.get(file.catalog, "OCProperties");
  const pages = [...file.pages()].map(({ dict, mediaBox, cropBox, rotate }) => {
    const contents = file.get(dict, "Contents");
    const annotations = file.get(dict, "Annots");
    const drawn = (isArray(contents) ? contents : [contents]).map((part) => bytesOf(file, part));
    const notes = (isArray(annotations) ? annotations : [])
      .map((item) => file.resolve(item))
      .flatMap((note) => (isDict(note) && nameOf(file, note, "FT") !== "Sig" ? [plain(note)] : []));
    return JSON.stringify([mediaBox, cropBox, rotate, drawn, notes, fontsOf(file, dict)]);
  });
  return [plain(layers), ...pages].join("\n");
}

const bytesOf = (file: PdfFile, object: PdfObject): string => {
  const stream = file.resolve(object);
  return isStream(stream) ? Buffer.from(file.streamBytes(stream)).toString("latin1") : plain(stream);
};

function fontsOf(file: PdfFile, page: Parameters<PdfFile["get"]>[0]): string {
  const resources = file.get(page, "Resources");
  const fonts = isDict(resources) ? file.get(resources, "Font") : null;
  return isDict(fonts) ? [...fonts.entries.values()].map((font) => plain(file.resolve(font))).join() : "";
}

function nameOf(file: PdfFile, dict: Parameters<PdfFile["get"]>[0], key: string): string {
  const value = file.get(dict, key);
  return typeof value === "object" && value !== null && "name" in value ? value.name : "";
}

/** As text, references as they are. */
const plain = (object: PdfObject): string =>
  JSON.stringify(object, (_, value: unknown) => (value instanceof Map ? [...value] : value));
