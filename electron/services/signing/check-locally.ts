import type { DocumentWarning } from "../../../shared/document-warning.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import type { Placement } from "../../../shared/placement.ts";
import { success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import type { MarksInspection } from "../../pades/inspect-marks.ts";
import type { LookBudget } from "../../verify/concealed/look-budget.ts";
import type { SignaturePlace } from "../../providers/provider.ts";
import { openEitherWay } from "../documents/open-document.ts";
import type { InspectedDocument } from "../documents/open-document.ts";
import { checkConcealed } from "./check-concealed.ts";
import { checkDocument } from "./check-document.ts";
import type { DocumentIntent } from "./check-document.ts";
import { checkMarks } from "./check-marks.ts";
import { mustStayAsItIs } from "./evidence/evidence-outlook.ts";
import { placeOf } from "./returned/signature-place.ts";

export interface LocalCheck {
  readonly intent: DocumentIntent;
  readonly placement: Placement;
  readonly request: Pick<SignRequest, "mark" | "initials">;
  readonly password: string | undefined;
  /** Of the search for hidden content; what this document does not use is for those that follow. */
  readonly budget: LookBudget;
  readonly share: number;
}

export interface LocallyChecked {
  readonly warnings: readonly DocumentWarning[];
  readonly marks: MarksInspection;
  /** What a provider that gets the document is told of it. */
  readonly place: SignaturePlace | null;
  /** Evidence cannot be put into it. */
  readonly staysAsItIs: boolean;
}

/** All that the document itself can say about being signed so: opened once, refusals first, then the longer search. */
export async function checkLocally(
  source: InspectedDocument,
  { intent, placement, request, password, budget, share }: LocalCheck,
): Promise<Result<LocallyChecked, Failure>> {
  const opened = openEitherWay(source.path, password);
  if (!opened.ok) {
    return opened;
  }
  const file = opened.value;
  try {
    const checked = checkDocument(file, source, intent);
    if (!checked.ok) {
      return checked;
    }
    const marks = checkMarks(file, source, placement, request);
    if (!marks.ok) {
      return marks;
    }
    const concealed = await budget.within(share, () => checkConcealed(file, budget));
    const place = intent.takes === "document" ? placeOf(file, placement) : null;
    const staysAsItIs = intent.takes === "text" && mustStayAsItIs(file);
    return success({ warnings: [...checked.value, ...concealed], marks: marks.value, place, staysAsItIs });
  } finally {
    file.close();
  }
}
