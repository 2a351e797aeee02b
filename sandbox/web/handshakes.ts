/** How a connection comes to nothing before anything is said: a certificate that is not to be trusted, or a reset. */
export const badHandshakes = ["wrong-name", "expired", "reset"] as const;

export type BadHandshake = (typeof badHandshakes)[number];

/** The certificates that are shown where a handshake is to fail, by how it does; with the server's own key. */
export type BadCertificates = Readonly<Record<Exclude<BadHandshake, "reset">, string>>;

/** What becomes of the connections that begin next, at all servers of the sandbox. */
export interface Handshakes {
  /** The next `times` connections come to nothing. */
  spoil(become: BadHandshake, times: number): void;
  heal(): void;
  /** For a connection that begins now; null: nothing is wrong with it. One without TLS can only be reset. */
  take(secure: boolean): BadHandshake | null;
  /** How many were spoilt so far. */
  spoilt(): number;
}

export function handshakes(): Handshakes {
  let next: { readonly become: BadHandshake; readonly left: number } | null = null;
  let count = 0;
  return {
    spoil(become, times) {
      next = { become, left: times };
    },
    heal() {
      next = null;
    },
    take(secure) {
      if (next === null || (!secure && next.become !== "reset")) return null;
      const { become, left } = next;
      next = left > 1 ? { become, left: left - 1 } : null;
      count += 1;
      return become;
    },
    spoilt: () => count,
  };
}
