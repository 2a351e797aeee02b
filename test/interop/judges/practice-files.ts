import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { extendFile } from "../../../electron/pades/extend-signature.ts";
import type { ExtensionLevel } from "../../../electron/pades/extend-signature.ts";
import { storedItems } from "../../../electron/pades/extend/stored-data.ts";
import type { PrepareRequest } from "../../../electron/pades/signature-request.ts";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { sha256 } from "../../../electron/pki/digest.ts";
import { RevocationCache } from "../../../electron/pki/revocation-cache.ts";
import { requestTimestamp } from "../../../electron/pki/tsp-client.ts";
import type { Placement } from "../../../shared/placement.ts";
import { success } from "../../../shared/result.ts";
import type { PracticeSigner } from "../../integration/pades/practice-signer.ts";
import { makePdf } from "../pades/made-pdfs.ts";
import { signAs } from "../pades/sign-as.ts";
import type { TestPerson } from "../pades/test-people.ts";
import { practicePerson } from "./practice-people.ts";
import type { KeyKind } from "./practice-people.ts";

/** One thing done to a document: signed by somebody, or extended. */
export type Step =
  | {
      readonly sign: KeyKind;
      /** "B-T": with a timestamp inside the CMS. */
      readonly level: "B-B" | "B-T";
      readonly placement: Placement;
      readonly reason?: string;
      readonly overrides?: Partial<PrepareRequest>;
    }
  | { readonly extend: ExtensionLevel };

/** What responders and lists say, as files. */
export interface Evidence {
  readonly ocsp: readonly string[];
  readonly crl: readonly string[];
}

export type PracticeFiles = ReturnType<typeof practiceFiles>;

/** Documents signed and extended with the practice services alone, in the practice folder. */
export function practiceFiles(practice: PracticeSigner) {
  const { folder, sandbox, http, anchors } = practice;
  const people = new Map<KeyKind, TestPerson>();
  let count = 0;
  const fresh = (): string => {
    count += 1;
    return join(folder, `judged-${count}.pdf`);
  };

  const timestamp = async (value: Uint8Array) => {
    const answer = await requestTimestamp(http, {
      url: sandbox.baseUrls.tsa,
      imprint: sha256(value),
      digestAlgorithm: "SHA-256",
      anchors: "none",
    });
    return answer.ok ? success(answer.value.token) : answer;
  };

  const personWith = (key: KeyKind): TestPerson => {
    const person = people.get(key) ?? practicePerson(practice, key);
    people.set(key, person);
    return person;
  };

  async function extend(source: string, level: ExtensionLevel, password: string | undefined): Promise<string> {
    const staged = fresh();
    const outcome = await extendFile({
      source,
      staged,
      level,
      password,
      transport: http,
      cache: new RevocationCache(),
      timestampUrl: sandbox.baseUrls.tsa,
      anchors,
      timestampAnchors: anchors,
      now: () => new Date(),
    });
    if (!outcome.ok || outcome.value.level !== level) {
      throw new Error(`not extended: ${JSON.stringify(outcome)}`);
    }
    return staged;
  }

  async function apply(source: string, step: Step, password: string | undefined): Promise<string> {
    if ("extend" in step) {
      return extend(source, step.extend, password);
    }
    const staged = fresh();
    const signed = await signAs(personWith(step.sign), source, staged, {
      placement: step.placement,
      reason: step.reason ?? null,
      ...(step.level === "B-T" ? { timestamp } : {}),
      overrides: { ...(password === undefined ? {} : { password }), ...step.overrides },
    });
    if (!signed.ok) {
      throw new Error(`not signed: ${JSON.stringify(signed)}`);
    }
    return staged;
  }

  /** The paths of the document after each step. */
  async function make(source: string, steps: readonly Step[], password?: string): Promise<readonly string[]> {
    const paths: string[] = [];
    for (const step of steps) {
      paths.push(await apply(paths.at(-1) ?? source, step, password));
    }
    return paths;
  }

  async function save(bytes: Uint8Array): Promise<string> {
    const path = fresh();
    await writeFile(path, bytes);
    return path;
  }

  /**
   * What the practice services say now of everybody who signed here, and of the timestamp authority: for judges of
   * documents that do not carry it. Got by way of documents that do.
   */
  async function evidence(): Promise<Evidence> {
    const [ocsp, crl]: [string[], string[]] = [[], []];
    for (const sign of people.keys()) {
      const signed = { sign, level: "B-T", placement: { kind: "invisible" } } as const;
      const [, path = ""] = await make(await save(makePdf()), [signed, { extend: "B-LT" }]);
      ocsp.push(...(await storedFiles(path, "OCSPs")));
      crl.push(...(await storedFiles(path, "CRLs")));
    }
    return { ocsp, crl };
  }

  return { fresh, save, make, evidence };
}

/** The items of a document's store, each as a file of its own. */
export async function storedFiles(path: string, key: "Certs" | "OCSPs" | "CRLs"): Promise<readonly string[]> {
  const file = openPdf(openFileSource(path));
  const items = storedItems(file, key, (bytes) => Uint8Array.from(bytes));
  file.close();
  const names = items.map((_, index) => `${path}.${key}.${index}`);
  await Promise.all(items.map((item, index) => writeFile(names[index]!, item)));
  return names;
}
