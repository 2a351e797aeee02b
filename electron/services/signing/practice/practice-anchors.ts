import { parseCertificates } from "../../../pki/certificate.ts";
import type { Certificate } from "../../../pki/certificate.ts";
import type { PracticeEnvironment } from "../../practice-environment.ts";

/** Roots that practice signatures and timestamps are judged against. */
export const anchorsOf = (sandbox: PracticeEnvironment): readonly Certificate[] =>
  parseCertificates(Buffer.from(sandbox.trustAnchorsPem));
