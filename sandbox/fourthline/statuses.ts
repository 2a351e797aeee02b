/** All statuses of a signature, in the guide's words. */
export const workflowStatuses = [
  "new",
  "pending",
  "selfie_required",
  "kyc_required",
  "user_consent_required",
  "confirmation_required",
  "pending_verification",
  "signed",
  "invalid_signature",
  "error",
] as const;

export type WorkflowStatus = (typeof workflowStatuses)[number];

/** What a status can be followed by. After `error` only a status that it had before comes. */
export const transitions: Readonly<Record<WorkflowStatus, readonly WorkflowStatus[]>> = {
  new: ["pending", "kyc_required", "error"],
  pending: ["user_consent_required", "selfie_required", "kyc_required", "error"],
  selfie_required: ["user_consent_required", "kyc_required", "error"],
  kyc_required: [],
  user_consent_required: ["confirmation_required", "kyc_required", "error"],
  confirmation_required: ["signed", "pending_verification", "kyc_required", "invalid_signature", "error"],
  pending_verification: ["signed", "invalid_signature", "kyc_required", "error"],
  signed: [],
  invalid_signature: [],
  error: [
    "new",
    "pending",
    "selfie_required",
    "user_consent_required",
    "confirmation_required",
    "pending_verification",
  ],
};

const hour = 3600 * 1000;

/** How long a status lasts until it becomes `error`, in milliseconds. */
export const deadlines: Partial<Readonly<Record<WorkflowStatus, number>>> = {
  selfie_required: 24 * hour,
  user_consent_required: 24 * hour,
  confirmation_required: 24 * hour,
};

/** How long the calls of a status work; later they are answered with 422 though the status stays, in milliseconds. */
export const softDeadlines: Partial<Readonly<Record<WorkflowStatus, number>>> = {
  user_consent_required: 2 * hour,
  confirmation_required: hour,
};

/** The status codes of the documentation. Others can be set, too. */
export const selfieCodes = [3105, 3541, 3550] as const;
export const kycCodes = [140, 1021, 1035, 1039, 1201, 1202, 3204, 3311, 4110, 4145] as const;
