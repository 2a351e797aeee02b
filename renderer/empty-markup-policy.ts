interface TrustedTypes {
  createPolicy(name: "default", rules: { createHTML(text: string): string | null }): unknown;
}

/**
 * SECURITY: Trusted Types refuse every text that would become markup. React Aria's announcer for screen readers empties its
 * lists with `innerHTML = ""`; without this policy that one line throws inside an effect and takes the window down. Nothing
 * but the empty text is let through.
 */
export function allowEmptyMarkup(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", { createHTML: (text) => (text === "" ? "" : null) });
}
