import type { Certificate } from "../../pki/certificate.ts";
import { certificatesIn } from "../../pki/certificates-in.ts";
import type { Settings } from "../../storage/settings.ts";

/** Roots that the settings name. One that cannot be read is trusted as little as one that is not there. */
export const ownAnchors = ({ trustAnchors }: Pick<Settings, "trustAnchors">): readonly Certificate[] =>
  trustAnchors.flatMap(certificatesIn);
