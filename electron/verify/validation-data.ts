import { isArray, isDict, isStream, type PdfDict, type PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";
import type { Certificate } from "../pki/certificate.ts";
import { knownCertificate } from "../pki/known-certificates.ts";
import { attributesNamed, type SignedData, type SignerInfo } from "../pki/cms-signed-data.ts";
import { type Crl, parseCrl } from "../pki/crl.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { type OcspResponse, parseOcspResponse } from "../pki/ocsp.ts";
import { OID } from "../pki/oids.ts";

/** Certificates and revocation data found beside a signature: evidence to be checked, never trust. */
export interface ValidationData {
  readonly certificates: readonly Certificate[];
  readonly ocspResponses: readonly OcspResponse[];
  readonly crls: readonly Crl[];
}

export const NO_VALIDATION_DATA: ValidationData = { certificates: [], ocspResponses: [], crls: [] };

export const joinValidationData = (...parts: readonly ValidationData[]): ValidationData => ({
  certificates: parts.flatMap(({ certificates }) => certificates),
  ocspResponses: parts.flatMap(({ ocspResponses }) => ocspResponses),
  crls: parts.flatMap(({ crls }) => crls),
});

/** SECURITY: a store with a hundred thousand entries must not keep the program busy. */
const MAXIMUM_ITEMS = 2000;

/** The document security store of one state of the file (EN 319 142-1 5.4.2); what cannot be read is left out. */
export function documentStore(file: PdfFile): ValidationData {
  const store = file.get(file.catalog, "DSS");
  if (!isDict(store)) {
    return NO_VALIDATION_DATA;
  }
  return {
    certificates: itemsOf(file, store, "Certs", knownCertificate),
    ocspResponses: itemsOf(file, store, "OCSPs", parseOcspResponse),
    crls: itemsOf(file, store, "CRLs", parseCrl),
  };
}

function itemsOf<T>(file: PdfFile, store: PdfDict, key: string, parse: (bytes: Uint8Array) => T): readonly T[] {
  const list = file.get(store, key);
  return (isArray(list) ? list : []).slice(0, MAXIMUM_ITEMS).flatMap((item) => readItem(file, item, parse));
}

function readItem<T>(file: PdfFile, item: PdfObject, parse: (bytes: Uint8Array) => T): readonly T[] {
  try {
    const stream = file.resolve(item);
    return isStream(stream) ? [parse(file.streamBytes(stream))] : [];
  } catch (error) {
    if (error instanceof DerProblem || error instanceof PdfProblem) {
      return [];
    }
    throw error;
  }
}

/** What the CMS itself carries: certificates, crls, and Adobe's revocation attribute (ISO 32000-2 12.8.3.3.2). */
export function cmsValidationData(signedData: SignedData, signer: SignerInfo): ValidationData {
  const archival = attributesNamed(signer.signedAttributes ?? [], OID.adobeRevocationInfoArchival)[0]?.values[0];
  const parts = archival?.constructed === true ? archival.children : [];
  const list = (tag: number): readonly Uint8Array[] =>
    parts.find((part) => part.isContext(tag))?.children[0]?.children.map((node) => node.raw) ?? [];
  return {
    certificates: signedData.certificates,
    crls: parseAll([...signedData.crls, ...list(0)], parseCrl),
    ocspResponses: parseAll([...signedData.ocspResponses, ...list(1)], parseOcspResponse),
  };
}

/** What cannot be read is left out. */
export function parseAll<T>(items: readonly Uint8Array[], parse: (bytes: Uint8Array) => T): readonly T[] {
  return items.slice(0, MAXIMUM_ITEMS).flatMap((item) => {
    try {
      return [parse(item)];
    } catch (error) {
      if (error instanceof DerProblem) {
        return [];
      }
      throw error;
    }
  });
}
