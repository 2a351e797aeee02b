import { askInLines } from "./ask-in-lines.ts";

/** The class path of EU DSS, veraPDF and our own program in front of them, brought by `npm run test:interop`. */
const classPath = process.env["SEALDESK_JAVA_JUDGES"];

export const hasJavaJudges = classPath !== undefined;
export const javaNote = hasJavaJudges ? "" : " (skipped: needs java, javac and mvn, by npm run test:interop)";

export interface RevisionFindings {
  readonly byteRangeValid: boolean;
  readonly dictionaryConsistent: boolean;
  readonly overlaps: string;
  readonly pagesDiffer: string;
  readonly looksDiffer: string;
  readonly annotationChanges: readonly string[];
  readonly undefinedChanges: readonly string[];
  readonly docMdp: string;
}

export interface DssSignature extends RevisionFindings {
  readonly field: string;
  readonly level: string;
  readonly indication: string;
  readonly subIndication: string;
  readonly intact: boolean;
  readonly algorithm: string;
  readonly structure: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface DssTimestamp extends Partial<RevisionFindings> {
  readonly type: "SIGNATURE_TIMESTAMP" | "DOCUMENT_TIMESTAMP";
  readonly indication: string;
  readonly intact: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface DssAnswer {
  readonly id: string;
  readonly error?: string;
  readonly signatures: readonly DssSignature[];
  readonly timestamps: readonly DssTimestamp[];
}

export interface VeraPdfAnswer {
  readonly id: string;
  readonly error?: string;
  readonly flavour: string;
  readonly compliant: boolean;
  readonly assertions: number;
  /** Clause and test number of each broken rule, and how often it is broken. */
  readonly broken: Readonly<Record<string, number>>;
}

export interface JavaJob {
  readonly id: string;
  readonly judge: "dss" | "verapdf";
  readonly path: string;
  readonly password?: string;
  /** Trust anchors: certificate files. */
  readonly roots?: readonly string[];
  /** Files of OCSP answers and revocation lists that stand for the network. */
  readonly ocsp?: readonly string[];
  readonly crl?: readonly string[];
  readonly flavour?: string;
  readonly [further: string]: unknown;
}

/** One Java run for all jobs: starting it and loading the rules costs more than judging a file. */
export function askJavaJudges<Answer extends { readonly id: string }>(
  jobs: readonly JavaJob[],
): Promise<ReadonlyMap<string, Answer>> {
  if (classPath === undefined) {
    throw new Error("the judges in Java are not here");
  }
  // The first compiler alone: these runs are short, and the second would cost more than it gains.
  const args = ["-XX:TieredStopAtLevel=1", "-Xmx1g", "-Djava.awt.headless=true", "-cp", classPath, "Judge"];
  return askInLines<Answer>("java", args, jobs);
}
