/** What comes out when the filling in of one field is judged. */
export type FillingVerdict =
  | {
      readonly kind: "filled";
      /** A value that the signer saw gave way to another one. */
      readonly replaces: boolean;
    }
  | { readonly kind: "unclear"; readonly code: string; readonly why: string }
  | { readonly kind: "deceiving"; readonly code: string; readonly why: string };

export const unclear = (code: string, why: string): FillingVerdict => ({ kind: "unclear", code, why });
export const deceiving = (code: string, why: string): FillingVerdict => ({ kind: "deceiving", code, why });
