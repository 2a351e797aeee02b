import type { Failure } from "../../../shared/failure.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import type { Placement } from "../../../shared/placement.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { qrSymbol, qrText } from "../../pades/appearance/qr-symbol.ts";
import { inspectMarks } from "../../pades/inspect-marks.ts";
import type { MarksInspection } from "../../pades/inspect-marks.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import type { InspectedDocument } from "../documents/open-document.ts";

const NOTHING: MarksInspection = { refusal: null, clipped: false, initialledPages: 0 };
const ANY_DIGEST = "0".repeat(64);

/** Can mark and initials be drawn where they are wanted? Asked before anything leaves the computer. */
export function checkMarks(
  file: PdfFile,
  source: InspectedDocument,
  placement: Placement,
  request: Pick<SignRequest, "mark" | "initials">,
): Result<MarksInspection, Failure> {
  const qr = placement.kind === "invisible" ? null : (request.mark?.qr ?? null);
  if (qr !== null && qrSymbol(qrText(qr, ANY_DIGEST)) === null) {
    return failed({ code: "mark.qr-too-long" });
  }
  if (placement.kind !== "rectangle" && request.initials === undefined) {
    return success(NOTHING);
  }
  try {
    const found = inspectMarks(file, placement, request.initials ?? null);
    return found.refusal === null
      ? success(found)
      : failed({ ...found.refusal, params: { name: source.name, ...found.refusal.params } });
  } catch (error) {
    if (error instanceof PdfProblem) {
      // Preparing finds it too and says more.
      return success(NOTHING);
    }
    throw error;
  }
}
