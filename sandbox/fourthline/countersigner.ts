import type { PdfSigner } from "../documents/sign-pdf.ts";
import * as ext from "../pki/extensions.ts";
import { distinguishedName, issueCertificate, practiceScheme } from "../pki/issue-certificate.ts";
import type { PkiStore } from "../pki/pki-store.ts";
import { issuedAddresses } from "../pki/practice-pki.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";

const name = "Fourthline practice countersignature";
const day = 24 * 3600 * 1000;

/** Fourthline's own seal, which it puts behind the person's signature when the identity check has ended well. */
export async function countersigner(
  room: { readonly store: PkiStore; readonly services: PracticeServices },
  now: number,
): Promise<PdfSigner> {
  const { store, services } = room;
  const identity = await store.identity({
    name: "fourthline-countersignature",
    modulusBits: 2048,
    base: services.base,
    now,
    renew: true,
    issue: (key) =>
      issueCertificate({
        subject: distinguishedName([
          ["country", "NL"],
          ["organization", "Sealdesk Practice"],
          ["commonName", name],
        ]),
        spki: key.spki,
        issuer: services.issuing,
        serial: store.newSerial(services.issuing.label),
        notBefore: new Date(now - day),
        notAfter: new Date(now + 3 * 365 * day),
        extensions: [ext.keyUsage("nonRepudiation"), ...issuedAddresses(services.base)],
      }),
  });
  return {
    name,
    key: identity.key,
    scheme: practiceScheme,
    chain: [identity.certificate, services.issuing.certificate, services.root.certificate],
  };
}
