/** What a person sees in a drawing is not certain; the message completes "…, because". */
export class Unclear extends Error {}
