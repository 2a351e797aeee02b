import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import { adoptCms } from "../../../pades/adopt-cms.ts";
import type { PreparedSignature } from "../../../pades/prepared-signature.ts";
import type { ExpectedSigner, SignatureValue } from "../../../providers/provider.ts";
import type { ItemRecord } from "../../../storage/journal-record.ts";
import { signerName } from "../item-appearance.ts";
import { isNamed } from "./signer-name.ts";

export interface AdoptedValue {
  readonly prepared: PreparedSignature;
  readonly value: SignatureValue;
}

export interface Adoption {
  readonly item: ItemRecord;
  readonly outcome: Result<AdoptedValue, Failure>;
}

/** Takes the CMS apart that a provider made over prepared documents, one outcome for each document that has an answer. */
export function adoptValues(
  open: readonly ItemRecord[],
  values: readonly SignatureValue[],
  signers: readonly ExpectedSigner[],
): readonly Adoption[] {
  return values.flatMap(({ id, value }) => {
    const item = open.find((one) => one.item === id);
    return item === undefined || item.prepared === null
      ? []
      : [{ item, outcome: adoptOne(id, item.prepared, value, signers) }];
  });
}

function adoptOne(
  id: string,
  prepared: PreparedSignature,
  cms: string,
  signers: readonly ExpectedSigner[],
): Result<AdoptedValue, Failure> {
  const taken = adoptCms(prepared, new Uint8Array(Buffer.from(cms, "base64")));
  if (!taken.ok) {
    return taken;
  }
  const stranger = strangerFailure(taken.value.prepared, signers);
  const value = { id, value: Buffer.from(taken.value.value).toString("base64") };
  return stranger === null ? success({ prepared: taken.value.prepared, value }) : failed(stranger);
}

/** SECURITY: the certificate must belong to somebody who was ordered to sign. */
function strangerFailure({ chain }: PreparedSignature, signers: readonly ExpectedSigner[]): Failure | null {
  const found = signerName(chain.map((one) => new Uint8Array(Buffer.from(one, "base64")))) ?? "?";
  if (signers.some((signer) => isNamed(found, signer))) {
    return null;
  }
  const expected = signers.map(({ givenName, surname }) => `${givenName} ${surname}`).join(", ");
  return { code: "returned.other-signer", params: { expected, found } };
}
