import { parseCertificates } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import type { Settings } from "../../storage/settings.ts";

/** Roots that the settings name. One that cannot be read is trusted as little as one that is not there. */
export function ownAnchors({ trustAnchors }: Pick<Settings, "trustAnchors">): readonly Certificate[] {
  return trustAnchors.flatMap((pem) => {
    try {
      return parseCertificates(Buffer.from(pem));
    } catch (problem) {
      if (problem instanceof DerProblem) {
        return [];
      }
      throw problem;
    }
  });
}
