import forge from "node-forge";

/** More than known programs write (2,048 to 600,000). node-forge counts in JavaScript: this many take a minute. */
const MAXIMUM_ITERATIONS = 1_000_000;
const MAXIMUM_DEPTH = 24;

/**
 * SECURITY: the number of iterations of each key derivation stands in the file, and a large one would keep the program
 * busy for hours. In RFC 7292 and RFC 8018 it is always the INTEGER right behind the salt, an OCTET STRING.
 */
export function hasExcessiveIterations(node: forge.asn1.Asn1, depth = 0): boolean {
  if (depth > MAXIMUM_DEPTH) {
    return true;
  }
  const children = childrenOf(node);
  return children.some((child, index) => {
    const before = children[index - 1];
    const isCount = isUniversal(child, forge.asn1.Type.INTEGER) && isUniversal(before, forge.asn1.Type.OCTETSTRING);
    return (isCount && numberOf(child) > MAXIMUM_ITERATIONS) || hasExcessiveIterations(child, depth + 1);
  });
}

/** Also what lies inside an OCTET STRING: content that is not encrypted is packed that way. */
function childrenOf(node: forge.asn1.Asn1): readonly forge.asn1.Asn1[] {
  if (Array.isArray(node.value)) {
    return node.value;
  }
  if (!isUniversal(node, forge.asn1.Type.OCTETSTRING) || node.value.charCodeAt(0) !== 0x30) {
    return [];
  }
  try {
    return [forge.asn1.fromDer(node.value, false)];
  } catch {
    return [];
  }
}

function isUniversal(node: forge.asn1.Asn1 | undefined, type: forge.asn1.Type): boolean {
  return node !== undefined && node.tagClass === forge.asn1.Class.UNIVERSAL && node.type === type;
}

function numberOf(node: forge.asn1.Asn1): number {
  const bytes = typeof node.value === "string" ? Buffer.from(node.value, "latin1") : Buffer.alloc(0);
  return bytes.length > 6 ? Number.POSITIVE_INFINITY : Number.parseInt(bytes.toString("hex") || "0", 16);
}
