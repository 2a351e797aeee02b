/** The calls of the partner API, as faults name them. */
export const itsmeOperations = [
  "itsme/discovery",
  "itsme/identification",
  "itsme/identification-status",
  "itsme/sign-start",
  "itsme/sign-status",
] as const;
