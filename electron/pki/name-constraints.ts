import type { Certificate } from "./certificate.ts";
import { type DerNode, readDer } from "./der-reader.ts";
import { sequenceOf } from "./der-values.ts";
import { type GeneralName, namesOf, parseGeneralName } from "./general-names.ts";
import { beginsWith, sameName } from "./name.ts";
import { OID } from "./oids.ts";

interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
  /** A subtree with a distance (RFC 5280 allows none), or a list that is empty altogether. */
  readonly isStrange: boolean;
}

/** SECURITY: a thousand names against a thousand subtrees; no honest chain comes near. */
const MAXIMUM_COMPARISONS = 100_000;

/**
 * The first certificate of a path whose names its authorities may not certify (RFC 5280 4.2.1.10, 6.1.3 (b) and (c)).
 * `chain`: target first. The constraints of the anchor's own certificate count as well (RFC 5937). Throws `DerProblem`
 * for an extension that cannot be read.
 */
export function misnamed(chain: readonly Certificate[]): Certificate | undefined {
  let comparisons = 0;
  const inForce: NameConstraints[] = [];
  for (const [index, certificate] of [...chain.entries()].toReversed()) {
    // 6.1.3: an authority that issues itself a new key keeps its name, whatever it is; the last certificate is judged.
    const exempt = index > 0 && sameName(certificate.subject, certificate.issuer);
    if (!exempt && inForce.length > 0) {
      const names = namesOf(certificate);
      comparisons += names.length * inForce.reduce((sum, one) => sum + one.permitted.length + one.excluded.length, 0);
      if (comparisons > MAXIMUM_COMPARISONS || inForce.some((one) => !allows(one, names))) {
        return certificate;
      }
    }
    const extension = certificate.extensions.get(OID.nameConstraints);
    if (extension !== undefined && index > 0) {
      inForce.push(parseConstraints(readDer(extension.value, { allowBer: true })));
    }
  }
  return undefined;
}

function parseConstraints(node: DerNode): NameConstraints {
  const fields = sequenceOf(node, "name constraints");
  const subtrees = (tag: number): readonly DerNode[] => fields.find((field) => field.isContext(tag))?.children ?? [];
  const bases = (nodes: readonly DerNode[]): readonly GeneralName[] =>
    nodes.flatMap((subtree) => sequenceOf(subtree, "subtree").slice(0, 1)).map(parseGeneralName);
  const [permitted, excluded] = [subtrees(0), subtrees(1)];
  const all = [...permitted, ...excluded];
  return {
    permitted: bases(permitted),
    excluded: bases(excluded),
    isStrange: all.length === 0 || all.some(({ children }) => children.length !== 1),
  };
}

function allows({ excluded, isStrange, permitted }: NameConstraints, names: readonly GeneralName[]): boolean {
  return (
    !isStrange &&
    names.every((name) => {
      const inside = permitted.filter((base) => isSameKind(name, base));
      return (
        (inside.length === 0 || inside.some((base) => isWithin(name, base) === true)) &&
        // What cannot be compared is not shown to lie outside.
        excluded.filter((base) => isSameKind(name, base)).every((base) => isWithin(name, base) === false)
      );
    })
  );
}

const isSameKind = (name: GeneralName, base: GeneralName): boolean =>
  name.kind === base.kind && (name.kind !== "other" || base.kind !== "other" || name.tag === base.tag);

/** Undefined: this cannot be told; the certificate is then refused. */
function isWithin(name: GeneralName, base: GeneralName): boolean | undefined {
  if (name.kind === "directory" && base.kind === "directory") {
    return beginsWith(name.name, base.name);
  }
  if (name.kind === "ip" && base.kind === "ip") {
    return isAddressWithin(name.octets, base.octets);
  }
  if (name.kind === "dns" && base.kind === "dns") {
    return isHostWithin(name.text, base.text, "and itself");
  }
  if (name.kind === "email" && base.kind === "email") {
    return isMailboxWithin(name.text, base.text);
  }
  if (name.kind === "uri" && base.kind === "uri") {
    const host = hostOf(name.text);
    return host === undefined ? undefined : isHostWithin(host, base.text, "alone");
  }
  return undefined;
}

/**
 * Host names below a base. "and itself" (DNS names): "example.org" covers itself and all below it. "alone" (hosts of
 * mailboxes and addresses): itself only; ".example.org" covers what is below it.
 */
function isHostWithin(host: string, base: string, kind: "and itself" | "alone"): boolean {
  const [name, limit] = [host.toLowerCase(), base.toLowerCase()];
  if (limit === "" || limit.startsWith(".")) {
    return name.endsWith(limit) && name.length > limit.length;
  }
  return name === limit || (kind === "and itself" && name.endsWith(`.${limit}`));
}

/** RFC 5280 4.2.1.10: a mailbox, all mailboxes of a host, or all of the hosts below ".domain". */
function isMailboxWithin(mailbox: string, base: string): boolean | undefined {
  const at = mailbox.lastIndexOf("@");
  if (at < 0) {
    return undefined;
  }
  const host = mailbox.slice(at + 1);
  const limit = base.lastIndexOf("@");
  return limit < 0
    ? isHostWithin(host, base, "alone")
    : mailbox.slice(0, at) === base.slice(0, limit) && host.toLowerCase() === base.slice(limit + 1).toLowerCase();
}

/** RFC 5280 4.2.1.10: an address without a host name cannot be judged. */
function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/iu.exec(uri)?.[1];
  const host = authority?.replace(/^.*@/u, "").replace(/:\d*$/u, "");
  return host === undefined || host === "" || /^\[|^\d+(?:\.\d+){3}$/u.test(host) ? undefined : host;
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean | undefined {
  if (base.length !== 8 && base.length !== 32) {
    return undefined;
  }
  const size = base.length / 2;
  return (
    address.length === size &&
    address.every((octet, index) => {
      const mask = base[size + index] ?? 0;
      return (octet & mask) === ((base[index] ?? 0) & mask);
    })
  );
}
