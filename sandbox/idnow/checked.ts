/** A value that was checked, or what is wrong with it: the `Error` of a putOrder that is refused. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };
