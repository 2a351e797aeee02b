import type { Certificate } from "../../pki/certificate.ts";
import { nameValue } from "../../pki/name.ts";
import { OID } from "../../pki/oids.ts";

/** As the sandbox writes it into the certificates of all its authorities. */
const PRACTICE_ORGANISATION = "Sealdesk Practice";

/**
 * An authority of practice mode, of whichever computer. SECURITY: anybody can practise in any name, so that where practice is
 * forbidden nobody's word makes these trusted.
 */
export const isPracticeAuthority = ({ subject }: Certificate): boolean =>
  nameValue(subject, OID.organization) === PRACTICE_ORGANISATION;
