import type { InspectedDocument } from "../electron/services/documents/open-document.ts";
import type { SigningEnvironment } from "../electron/services/signing/signing-environment.ts";
import type { Certification } from "../shared/certification.ts";
import type { SignRequest } from "../shared/ipc.ts";
import type { OrderDetails } from "../shared/order-details.ts";
import type { Placement } from "../shared/placement.ts";
import { UsageError } from "./exit-status.ts";
import type { ChosenMarks } from "./mark-options.ts";
import { LEVELS } from "./level-argument.ts";
import type { LevelArgument } from "./level-argument.ts";

export interface SignOptions {
  readonly level: LevelArgument;
  readonly place: string | null;
  readonly field: string | null;
  readonly reason: string | null;
  /** What others may do after this signature; null: it does not certify. */
  readonly certification: Certification | null;
  readonly lockFields: boolean;
  /** With a provider that hands over evidence: a page for people in the sealed document. Absent: yes. */
  readonly evidencePage?: boolean;
  readonly location: string | null;
  readonly marks: ChosenMarks;
  readonly out: string | null;
  readonly json: boolean;
  /** What only the chosen provider needs to know. */
  readonly details: OrderDetails | null;
}

export interface IdentifiedDocument {
  readonly id: SignRequest["documents"][number];
  readonly source: InspectedDocument;
}

/** The command's options as the signing service takes them. */
export function requestOf(
  options: SignOptions,
  environment: SigningEnvironment,
  documents: readonly IdentifiedDocument[],
): SignRequest {
  const existing = (source: InspectedDocument): boolean =>
    source.inspection.emptyFields.some((field) => field.name === options.field);
  const drawn = options.place === null ? null : placementOf(options.place);
  const placements: Record<string, Placement> = {};
  for (const { id, source } of documents) {
    if (options.field !== null && (existing(source) || drawn === null)) {
      // A field that is there is signed; without a place, naming one that is not there is the document's own refusal.
      placements[id] = { kind: "field", field: options.field };
    }
  }
  return {
    provider: environment.provider.descriptor.id,
    documents: documents.map(({ id }) => id),
    placement: drawn ?? { kind: "invisible" },
    placements,
    ...(options.field === null || documents.every(({ id }) => placements[id]?.kind === "field")
      ? {}
      : { fieldName: options.field }),
    level: LEVELS[options.level],
    ...(options.reason === null ? {} : { reason: options.reason }),
    ...(options.certification === null ? {} : { certification: options.certification }),
    ...(options.lockFields ? { lockFields: true } : {}),
    ...(options.evidencePage === false ? { evidencePage: false } : {}),
    ...(options.location === null ? {} : { location: options.location }),
    ...(options.marks.mark === null ? {} : { mark: options.marks.mark }),
    ...(options.marks.initials === null ? {} : { initials: options.marks.initials }),
    ...(options.details === null ? {} : { details: options.details }),
    language: "EN",
  };
}

/** PAGE,X,Y,WIDTH,HEIGHT: page from 1, the rest in points of the page's own coordinate system. */
export function placementOf(text: string): Placement {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [page, x, y, width, height] = numbers;
  if (
    numbers.length !== 5 ||
    numbers.some((number) => !Number.isFinite(number)) ||
    page === undefined ||
    x === undefined ||
    y === undefined ||
    width === undefined ||
    height === undefined ||
    !Number.isInteger(page) ||
    page < 1 ||
    width <= 0 ||
    height <= 0
  ) {
    throw new UsageError(`--place ${text}: expected PAGE,X,Y,WIDTH,HEIGHT, for example 3,72,100,200,60`);
  }
  return { kind: "rectangle", page, rectangle: { x, y, width, height } };
}
