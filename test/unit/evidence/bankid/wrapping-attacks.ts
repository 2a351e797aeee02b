/**
 * Signature wrapping and its relatives (McIntosh and Austel 2005; Somorovsky and others 2012), on an answer whose parts
 * keep their genuine digests and signature value. Each is a way to make a careless reader read what nobody signed.
 */

const OTHER = Buffer.from("I give everything away.").toString("base64");
const TYPES = "http://www.bankid.com/signature/v1.0.0/types";

/** The pieces of the document as text. */
function taken(text: string) {
  const piece = (name: string): string => {
    const end = `</${name}>`;
    return text.slice(text.indexOf(`<${name}`), text.indexOf(end) + end.length);
  };
  const signedData = piece("bankIdSignedData");
  return {
    signedData,
    keyInfo: piece("KeyInfo"),
    object: piece("Object"),
    whole: text.slice(text.indexOf("<Signature ")),
    evil: signedData.replace(/(<usrVisibleData[^>]*>)[^<]*/u, `$1${OTHER}`),
  };
}

const evilOther = (text: string): string => taken(text).evil.replace('"bidSignedData"', '"other"');

export const WRAPPING_ATTACKS: readonly (readonly [title: string, change: (text: string) => string])[] = [
  [
    "other data in the place, the genuine in a second Object",
    (text) => {
      const { object, signedData, evil } = taken(text);
      return text.replace(object, `<Object>${evil}</Object><Object>${signedData}</Object>`);
    },
  ],
  [
    "the genuine in the place, other data in a second Object",
    (text) => text.replace("</Object>", `</Object><Object>${taken(text).evil}</Object>`),
  ],
  [
    "other data with another Id in the place, the genuine beside them",
    (text) => text.replace(taken(text).signedData, `${evilOther(text)}${taken(text).signedData}`),
  ],
  [
    "the genuine first, other data beside them",
    (text) => text.replace(taken(text).signedData, `${taken(text).signedData}${evilOther(text)}`),
  ],
  [
    "the genuine inside of other data",
    (text) => {
      const { signedData } = taken(text);
      return text.replace(signedData, evilOther(text).replace("<srvInfo>", `<more>${signedData}</more><srvInfo>`));
    },
  ],
  [
    "the genuine hidden in KeyInfo",
    (text) => {
      const { signedData, evil } = taken(text);
      return text.replace(signedData, evil).replace("</X509Data>", `</X509Data>${signedData}`);
    },
  ],
  [
    "the genuine hidden in SignedInfo",
    (text) => {
      const { signedData, evil } = taken(text);
      return text.replace(signedData, evil).replace("</SignedInfo>", `${signedData}</SignedInfo>`);
    },
  ],
  [
    "the genuine hidden behind SignatureValue",
    (text) => {
      const { signedData, evil } = taken(text);
      return text.replace(signedData, evil).replace("</SignatureValue>", `${signedData}</SignatureValue>`);
    },
  ],
  [
    "the whole genuine signature inside of other data",
    (text) => {
      const { signedData, whole } = taken(text);
      return text.replace(signedData, () =>
        evilOther(text).replace("<srvInfo>", () => `<more>${whole}</more><srvInfo>`),
      );
    },
  ],
  [
    "an envelope around the signature",
    (text) => text.replace(taken(text).whole, (all) => `<Envelope>${all}</Envelope>`),
  ],
  [
    "an envelope with other data before the signature",
    (text) => text.replace(taken(text).whole, (all) => `<Envelope>${taken(text).evil}${all}</Envelope>`),
  ],
  ["a second signature behind the first", (text) => text + taken(text).whole],
  ["a second signature in the Object", (text) => text.replace("</Object>", () => `${taken(text).whole}</Object>`)],
  ...["Id", "id", "ID", "xml:id"].map((name): readonly [string, (text: string) => string] => [
    `the signed data's Id on the Object, too (${name})`,
    (text) => text.replace("<Object>", `<Object ${name}="bidSignedData">`),
  ]),
  ["the certificates' Id on the Object, too", (text) => text.replace("<Object>", '<Object Id="bidKeyInfo">')],
  ["the Id with a space", (text) => text.replace("<Object>", '<Object Id=" bidSignedData">')],
  [
    "other data in another namespace",
    (text) =>
      text.replace(taken(text).signedData, `${taken(text).evil.replace(TYPES, "urn:other")}${taken(text).signedData}`),
  ],
  [
    "the signed data in another namespace",
    (text) => text.replace(`xmlns="${TYPES}"`, 'xmlns="http://www.bankid.com/signature/v1.0.0/types/"'),
  ],
  ["the signed data in no namespace", (text) => text.replace(`xmlns="${TYPES}"`, 'xmlns=""')],
  [
    "the text redefined by a prefix",
    (text) =>
      text.replace(
        "<srvInfo>",
        `<x:usrVisibleData xmlns:x="urn:x" charset="UTF-8" visible="wysiwys">${OTHER}</x:usrVisibleData><srvInfo>`,
      ),
  ],
  [
    "a second text",
    (text) =>
      text.replace("<srvInfo>", `<usrVisibleData charset="UTF-8" visible="wysiwys">${OTHER}</usrVisibleData><srvInfo>`),
  ],
  ["another text", (text) => text.replace(taken(text).signedData, taken(text).evil)],
  ["text between the parts", (text) => text.replace("<KeyInfo", "text<KeyInfo")],
  ["text in the Object", (text) => text.replace("<Object>", "<Object>text")],
  ["a part that is missing", (text) => text.replace(taken(text).keyInfo, "")],
  [
    "parts in another order",
    (text) => text.replace(taken(text).keyInfo, "").replace("</Object>", `</Object>${taken(text).keyInfo}`),
  ],
  ["an Object without content", (text) => text.replace(taken(text).object, "<Object></Object>")],
  ["a Manifest", (text) => text.replace("</Object>", "<Manifest></Manifest></Object>")],
  ["SignatureProperties", (text) => text.replace("</Object>", "</Object><Object><SignatureProperties/></Object>")],
];

/** Refused as XML, whatever the signature. */
export const XML_ATTACKS: readonly (readonly [title: string, change: (text: string) => string])[] = [
  ["a comment in the text", (text) => text.replace(/(<usrVisibleData[^>]*>)/u, "$1<!-- -->")],
  ["a comment that cuts the text", (text) => text.replace(/(<usrVisibleData[^>]*>..)/u, "$1<!-- -->")],
  ["a comment between the parts", (text) => text.replace("<KeyInfo", "<!-- --><KeyInfo")],
  ["a CDATA section around the text", (text) => text.replace(/(<usrVisibleData[^>]*>)([^<]*)/u, "$1<![CDATA[$2]]>")],
  ["a processing instruction", (text) => text.replace(/(<usrVisibleData[^>]*>)/u, "$1<?x y?>")],
  ["a document type", (text) => text.replace("<Signature ", "<!DOCTYPE Signature><Signature ")],
  [
    "a document type that makes another attribute the Id",
    (text) => text.replace("<Signature ", "<!DOCTYPE Signature [<!ATTLIST Object Target ID #IMPLIED>]><Signature "),
  ],
  [
    "an entity for the text",
    (text) =>
      text
        .replace("<Signature ", `<!DOCTYPE Signature [<!ENTITY t "${OTHER}">]><Signature `)
        .replace(/(<usrVisibleData[^>]*>)[^<]*/u, "$1&t;"),
  ],
  [
    "an external entity",
    (text) =>
      text
        .replace("<Signature ", '<!DOCTYPE Signature [<!ENTITY t SYSTEM "file:///etc/hostname">]><Signature ')
        .replace(/(<usrVisibleData[^>]*>)[^<]*/u, "$1&t;"),
  ],
  [
    "a prefix that is not declared",
    (text) => text.replace("<srvInfo>", "<x:srvInfo>").replace("</srvInfo>", "</x:srvInfo>"),
  ],
  ["depth", (text) => text.replace("<srvInfo>", `${"<a>".repeat(40)}${"</a>".repeat(40)}<srvInfo>`)],
  ["crowds", (text) => text.replace("<srvInfo>", `${"<a/>".repeat(3000)}<srvInfo>`)],
  ["another encoding", (text) => text.replace('encoding="UTF-8"', 'encoding="UTF-7"')],
];

/** The same canonical form, spelt differently: still what was signed. */
export const HARMLESS_SPELLINGS: readonly (readonly [title: string, change: (text: string) => string])[] = [
  ["as it was", (text) => text],
  ["without the XML declaration", (text) => text.slice(text.indexOf("<Signature "))],
  ["single quotes", (text) => text.replace('Id="bidSignedData"', "Id='bidSignedData'")],
  [
    "attributes in another order",
    (text) => text.replace('charset="UTF-8" visible="wysiwys"', 'visible="wysiwys"  charset="UTF-8"'),
  ],
  ["an empty element in one tag", (text) => text.replace("></CanonicalizationMethod>", " />")],
  ["a character as a reference", (text) => text.replace("<funcId>S", "<funcId>&#83;")],
  ["spaces in tags", (text) => text.replaceAll("</X509Certificate>", "</X509Certificate\n>")],
  ["line feeds between the parts", (text) => text.replace("<KeyInfo", "\n<KeyInfo").replace("<Object>", "\n<Object>")],
];

/** Wrong in what the signer's own program signed, so that digests and signature value are right. */
export const SIGNED_OTHERWISE: readonly (readonly [
  title: string,
  change: (text: string) => string,
  codes: readonly string[],
])[] = [
  ["one reference", (text) => text.replace(/<Reference URI="#bidKeyInfo">.*<\/Reference>/u, ""), ["references"]],
  ["a reference to the whole document", (text) => text.replace('URI="#bidKeyInfo"', 'URI=""'), ["references"]],
  ["a reference elsewhere", (text) => text.replace('URI="#bidKeyInfo"', 'URI="http://example.org/"'), ["references"]],
  [
    "a reference by XPointer",
    (text) => text.replace('"#bidKeyInfo"', "\"#xpointer(id('bidKeyInfo'))\""),
    ["references"],
  ],
  ["a reference to a query", (text) => text.replace('"#bidKeyInfo"', '"?bidKeyInfo"'), ["references"]],
  [
    "a parameter beside an algorithm",
    (text) => text.replace('20010315"></Transform>', '20010315" More="1"></Transform>'),
    ["algorithms"],
  ],
  ["a reference without an address", (text) => text.replace(' URI="#bidKeyInfo"', ""), ["references"]],
  ["the same reference twice", (text) => text.replace("#bidKeyInfo", "#bidSignedData"), ["references"]],
  [
    "a third reference",
    (text) => text.replace("</SignedInfo>", () => `${/<Reference URI.*<\/Reference>/u.exec(text)![0]}</SignedInfo>`),
    ["references"],
  ],
  ["no transforms", (text) => text.replace(/<Transforms>.*?<\/Transforms>/u, ""), ["references"]],
  [
    "another transform",
    (text) =>
      text.replace(
        /<Transform Algorithm="[^"]*">/u,
        '<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature">',
      ),
    ["algorithms"],
  ],
  [
    "a second transform",
    (text) =>
      text.replace(
        "<Transforms>",
        '<Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"></Transform>',
      ),
    ["algorithms"],
  ],
  [
    "canonical XML that keeps comments",
    (text) => text.replace('20010315"></CanonicalizationMethod>', '20010315#WithComments"></CanonicalizationMethod>'),
    ["algorithms"],
  ],
  [
    "SHA-1 for a digest",
    (text) => text.replace("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"),
    ["algorithms"],
  ],
  [
    "SHA-1 for the signature",
    (text) =>
      text.replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    ["algorithms"],
  ],
  ["a password in the place of a key", (text) => text.replace("#rsa-sha256", "#hmac-sha256"), ["algorithms"]],
  [
    "a name of the language",
    (text) => text.replace("http://www.w3.org/2001/04/xmlenc#sha256", "constructor"),
    ["algorithms"],
  ],
  ["another algorithm than was used", (text) => text.replace("#rsa-sha256", "#rsa-sha512"), ["signature-value"]],
];
