import { readableCertificates } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { Settings } from "../../storage/settings.ts";

/** Roots that the settings name. */
export const ownAnchors = ({ trustAnchors }: Pick<Settings, "trustAnchors">): readonly Certificate[] =>
  readableCertificates(trustAnchors);
