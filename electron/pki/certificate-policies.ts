import type { Certificate } from "./certificate.ts";
import { type DerNode, readDer } from "./der-reader.ts";
import { integerOf, readOid, readSmallInteger, sequenceOf } from "./der-values.ts";
import { sameName } from "./name.ts";
import { OID } from "./oids.ts";

/** Policies of one depth with what the next certificate may call them; one node for each policy (RFC 9618). */
type Level = ReadonlyMap<string, ReadonlySet<string>>;

interface State {
  /** Undefined: the valid policy tree is NULL. */
  readonly level: Level | undefined;
  readonly explicitPolicy: number;
  readonly policyMapping: number;
  readonly inhibitAny: number;
}

/** SECURITY: mappings of many policies onto many; no honest authority has that many. */
const MAXIMUM_POLICIES = 4000;

/**
 * The certificate at which policy processing fails (RFC 5280 6.1.2 to 6.1.5, with the graph of RFC 9618 in the place of
 * the tree), for somebody who accepts every policy: where an authority demands that policies be stated, all certificates
 * below it must state ones that lead up to it. `chain`: target first, anchor last. Throws `DerProblem`.
 */
export function withoutPolicy(chain: readonly Certificate[]): Certificate | undefined {
  const path = chain.slice(0, -1).toReversed();
  const never = path.length + 1;
  let state: State = {
    level: new Map([[OID.anyPolicy, new Set([OID.anyPolicy])]]),
    explicitPolicy: never,
    policyMapping: never,
    inhibitAny: never,
  };
  for (const [index, certificate] of path.entries()) {
    const isLast = index === path.length - 1;
    const level = nextLevel(certificate, state, isLast);
    if (level === "refused" || (state.explicitPolicy === 0 && level === undefined)) {
      return certificate;
    }
    state = { ...state, level };
    const prepared = isLast ? wrapUp(certificate, state) : prepareNext(certificate, state);
    if (prepared === undefined) {
      return certificate;
    }
    state = prepared;
  }
  return state.explicitPolicy === 0 && state.level === undefined ? path.at(-1) : undefined;
}

const isSelfIssued = ({ issuer, subject }: Certificate): boolean => sameName(subject, issuer);

/** 6.1.3 (d) and (e). */
function nextLevel(
  certificate: Certificate,
  { inhibitAny, level: above }: State,
  isLast: boolean,
): Level | undefined | "refused" {
  if (above === undefined || !certificate.extensions.has(OID.certificatePolicies)) {
    return undefined;
  }
  const stated = new Set(certificate.policies);
  if (stated.size > MAXIMUM_POLICIES) {
    return "refused";
  }
  const expected = new Set([...above.values()].flatMap((names) => [...names]));
  const level = new Map<string, ReadonlySet<string>>();
  for (const policy of stated) {
    if (policy !== OID.anyPolicy && (expected.has(policy) || above.has(OID.anyPolicy))) {
      level.set(policy, new Set([policy]));
    }
  }
  if (stated.has(OID.anyPolicy) && (inhibitAny > 0 || (!isLast && isSelfIssued(certificate)))) {
    for (const policy of expected) {
      level.set(policy, level.get(policy) ?? new Set([policy]));
    }
  }
  return level.size === 0 ? undefined : level;
}

/** 6.1.4 (a), (b), (h), (i), (j); undefined: the certificate is refused. */
function prepareNext(certificate: Certificate, state: State): State | undefined {
  const mappings = mappingsOf(certificate);
  if (mappings === undefined) {
    return undefined;
  }
  const level = state.level === undefined ? undefined : mapped(state.level, mappings, state.policyMapping > 0);
  const step = isSelfIssued(certificate) ? 0 : 1;
  const less = (count: number): number => Math.max(0, count - step);
  const { inhibitMapping, requireExplicit } = constraintsOf(certificate);
  return {
    level,
    explicitPolicy: Math.min(less(state.explicitPolicy), requireExplicit ?? Infinity),
    policyMapping: Math.min(less(state.policyMapping), inhibitMapping ?? Infinity),
    inhibitAny: Math.min(less(state.inhibitAny), inhibitAnyOf(certificate) ?? Infinity),
  };
}

/** 6.1.5 (a) and (b). */
function wrapUp(certificate: Certificate, state: State): State {
  const required = constraintsOf(certificate).requireExplicit === 0;
  return { ...state, explicitPolicy: required ? 0 : Math.max(0, state.explicitPolicy - 1) };
}

function mapped(level: Level, mappings: ReadonlyMap<string, ReadonlySet<string>>, allowed: boolean): Level | undefined {
  const next = new Map(level);
  for (const [policy, names] of mappings) {
    if (!allowed) {
      next.delete(policy);
    } else if (level.has(policy) || level.has(OID.anyPolicy)) {
      next.set(policy, names);
    }
  }
  return next.size === 0 ? undefined : next;
}

/** Undefined: one maps from or to anyPolicy (RFC 5280 4.2.1.5), or there are too many. */
function mappingsOf({ extensions }: Certificate): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  const extension = extensions.get(OID.policyMappings);
  const entries = extension === undefined ? [] : sequenceOf(readDer(extension.value, { allowBer: true }), "mappings");
  const mappings = new Map<string, Set<string>>();
  for (const entry of entries) {
    const [from, to] = sequenceOf(entry, "policy mapping").map((node) => readOid(node));
    if (from === undefined || to === undefined || from === OID.anyPolicy || to === OID.anyPolicy) {
      return undefined;
    }
    mappings.set(from, (mappings.get(from) ?? new Set()).add(to));
  }
  return entries.length > MAXIMUM_POLICIES ? undefined : mappings;
}

function constraintsOf({ extensions }: Certificate): {
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
} {
  const extension = extensions.get(OID.policyConstraints);
  const fields =
    extension === undefined ? [] : sequenceOf(readDer(extension.value, { allowBer: true }), "policy constraints");
  const count = (tag: number): number | undefined => countOf(fields.find((field) => field.isContext(tag)));
  return { requireExplicit: count(0), inhibitMapping: count(1) };
}

/** A negative count is none that RFC 5280 knows; it constrains at once. */
const countOf = (node: DerNode | undefined): number | undefined =>
  node === undefined ? undefined : Math.max(0, Number(integerOf(node.content)));

function inhibitAnyOf({ extensions }: Certificate): number | undefined {
  const extension = extensions.get(OID.inhibitAnyPolicy);
  return extension === undefined
    ? undefined
    : Math.max(0, readSmallInteger(readDer(extension.value, { allowBer: true }), "inhibit any policy"));
}
