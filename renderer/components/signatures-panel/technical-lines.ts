import type { Reason, SignatureReport } from "../../../shared/verification.ts";

/** For a bug report or a letter to the sender: codes and places, in no language. */
export function technicalLines(signature: SignatureReport): readonly string[] {
  const { field, type, subFilter, level, indication, subIndication, coverage, changesAfter, details } = signature;
  return [
    `${type} ${field === "" ? "(no field)" : field}, ${subFilter}, ${level ?? "no baseline level"}`,
    `${indication}${subIndication === null ? "" : ` ${subIndication}`}`,
    `coverage ${coverage}, changes after ${changesAfter}, intact ${signature.intact ? "yes" : "no"}`,
    ...(details === undefined ? [] : [`object ${details.object ?? "?"} at ${details.offset ?? "?"}`]),
    ...signature.reasons.map(reasonLine),
    ...(details?.chain ?? []).map(
      ({ subject, serialNumber, notBefore, notAfter }) =>
        `certificate ${serialNumber} ${subject} ${notBefore.slice(0, 10)}/${notAfter.slice(0, 10)}`,
    ),
  ];
}

export const reasonLine = ({ code, message, offset }: Reason): string =>
  `${code}${offset === undefined ? "" : ` @${offset}`}: ${message}`;
