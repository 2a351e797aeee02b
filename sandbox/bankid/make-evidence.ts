import { createHash } from "node:crypto";
import { readDer } from "../../electron/pki/der-reader.ts";
import type { Revocations } from "../pki/revocations.ts";
import type { RandomSource } from "../random-id.ts";
import type { BankIdAccount } from "./account-options.ts";
import type { BankIdCertificates, BankIdSigner } from "./bankid-certificates.ts";
import type { BankIdFlaws } from "./flaws.ts";
import type { BankIdOrder } from "./order.ts";
import { kindPolicy } from "./persons.ts";
import type { PracticePerson } from "./persons.ts";
import { flawedContent, flawedWriting } from "./signature-flaws.ts";
import { base64, signatureXml } from "./signature-xml.ts";
import type { SignedContent } from "./signature-xml.ts";
import { boundNonce, statusResponse, tryLater } from "./status-response.ts";

/** What BankID hands over for a completed order, both in Base64. */
export interface Evidence {
  readonly signature: string;
  readonly ocspResponse: string;
}

export interface EvidenceRoom {
  readonly certificates: BankIdCertificates;
  readonly revocations: Revocations;
  readonly random: RandomSource;
  readonly account: BankIdAccount;
  readonly flaws: BankIdFlaws;
}

/** Signature and status response over what was ordered, by the person, at the time when the person signed. */
export async function makeEvidence(
  room: EvidenceRoom,
  order: BankIdOrder,
  person: PracticePerson,
  at: number,
): Promise<Evidence> {
  const { flaws } = room;
  const signer = await room.certificates.signer(person, order.request.function, flaws.signer);
  const content = flawedContent(contentOf(room, order, signer.person), flaws.signature);
  const encoded = base64(signatureXml(content, signer, flawedWriting(flaws.signature)));
  const signature = flaws.signature === "not-base64" ? `${encoded.slice(0, 40)}*${encoded.slice(40)}` : encoded;
  return { signature, ocspResponse: base64(await responseFor(room, signer, signature, at)) };
}

async function responseFor(
  { account, certificates, flaws, random, revocations }: EvidenceRoom,
  signer: BankIdSigner,
  signature: string,
  at: number,
): Promise<Uint8Array> {
  const flaw = flaws.response;
  if (flaw === "try-later") return tryLater;
  if (flaw === "not-der") return Buffer.from("no response");
  const responder =
    flaw === "foreign-responder"
      ? await certificates.foreignResponder()
      : await certificates.responder(signer.issuer, flaw === "expired-responder" ? "expired" : "valid");
  const nonce = boundNonce(flaw === "other-signature" ? `${signature}AAAA` : signature, random(12));
  const isForced = flaw === "revoked" || flaw === "unknown";
  const serial = readDer(signer.chain[0]).children[0]?.children[1]?.content ?? new Uint8Array();
  const producedAt = flaw === "future" ? at + day : at;
  return statusResponse({
    responder,
    issuer: signer.issuer,
    serial: flaw === "other-certificate" ? serial.map((byte, index) => (index === 1 ? byte ^ 1 : byte)) : serial,
    status: isForced ? statusOf(flaw, at) : revocations.statusOf(signer.serialHex),
    producedAt,
    thisUpdate: flaw === "stale" ? producedAt - day : producedAt,
    nonce: flaw === "no-nonce" ? null : flaw === "wrong-nonce" ? random(32) : nonce,
    digest: flaw === "weak-algorithm" ? "SHA-224" : account.responseDigest,
    breaksValue: flaw === "broken-value",
  });
}

const day = 24 * 3600 * 1000;

const statusOf = (kind: "revoked" | "unknown", at: number) =>
  kind === "revoked" ? ({ kind, at: at - day } as const) : ({ kind } as const);

function contentOf({ account, random }: EvidenceRoom, order: BankIdOrder, person: PracticePerson): SignedContent {
  const { request, taken } = order;
  const { requirement } = request;
  const policies = requirement.certificatePolicies ?? [kindPolicy[person.kind]];
  const isPhone = person.kind === "mobile";
  const uhi = deviceId(person);
  return {
    function: request.function,
    visible: request.visible,
    format: request.format,
    hidden: request.hidden,
    relyingParty: {
      name: `cn=${account.displayName},name=${account.displayName},serialNumber=000000-0000,o=Practice Bank AB (publ),c=SE`,
      displayName: account.displayName,
    },
    nonce: random(20),
    client: [
      ["Personal", "7.99.0"],
      ["BankID_exe", "7.99.0"],
      ["platform", isPhone ? "practice-phone" : "practice-computer"],
      ["os_version", "1.0"],
      ["uhi", uhi],
      ["start", taken?.by ?? "code"],
    ],
    device: { type: isPhone ? "PRACTICE_PHONE" : "PRACTICE_COMPUTER", info: "1.0", uhi },
    conditions: policies.map((policy) => ["CertificatePolicies", policy] as const),
  };
}

/** The same for a person's device in every run. */
export function deviceId({ personalNumber }: PracticePerson): string {
  return createHash("sha256").update(`device ${personalNumber}`).digest("base64").slice(0, 28);
}
