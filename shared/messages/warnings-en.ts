/** What is told before signing: on the confirmation sheet, above the pages, on standard error. And a field's conditions. */
export const warningMessages = {
  "warning.covers-field": "The mark covers the form field “{{field}}”.",
  "warning.covers-annotation": "The mark covers a comment or another annotation on page {{page}}.",
  "warning.covers-signature": "The mark covers the mark of an earlier signature, “{{field}}”.",
  "warning.xfa":
    "This file holds a second, older description of its form (XFA), which some programs show instead of what you see here. It is kept as it is.",
  "warning.portfolio":
    "This file is a portfolio: other files are packed into it. They are signed too, but not shown here.",
  "warning.usage-rights":
    "This file gives users of Adobe Reader extra rights. Any change ends them, a signature too; Adobe Reader will say so when it opens the signed copy.",
  "warning.unfinished-form":
    "The form leaves it to each program how its fields are drawn, so they may look different elsewhere.",
  "warning.earlier-signature-broken":
    "The earlier signature of {{signer}} (“{{field}}”) does not fit this document any more. The Signatures tab says why.",
  "warning.earlier-signature-of-nobody":
    "The earlier signature in “{{field}}” does not fit this document, and it does not say whose it is. The Signatures tab says more.",
  "warning.hidden-parts":
    "This file defines some of its parts twice, so other programs may show another document than the one you see here.",
  "warning.covered-content_one":
    "On page {{pages}}, text or a comment lies under a picture or a filled shape, where nobody can read it. It is signed too, and somebody could uncover it later.",
  "warning.covered-content_other":
    "On the pages {{pages}}, text or comments lie under pictures or filled shapes, where nobody can read them. They are signed too, and somebody could uncover them later.",
  "warning.hidden-layers":
    "The document has layers with content that are switched off ({{layers}}). They are signed too, and anybody can switch them on.",
  "warning.differing-layers":
    "The document has layers that are not shown everywhere ({{layers}}): paper or other programs may show another page than you see here.",
  "warning.field-shows-otherwise":
    "The form field “{{field}}” shows something else than the value that is stored in it. Other programs may show that value.",
  "warning.more-fields-show-otherwise_one": "So does {{count}} more form field.",
  "warning.more-fields-show-otherwise_other": "So do {{count}} more form fields.",
  "warning.doubled-entries_one":
    "The file describes page {{pages}} in two ways at once, and programs differ in which one they show.",
  "warning.doubled-entries_other":
    "The file describes the pages {{pages}} in two ways at once, and programs differ in which one they show.",
  "warning.pages-not-searched_one":
    "Page {{pages}} was not searched for hidden content: it cannot be read completely, or holds too much for a quick search.",
  "warning.pages-not-searched_other":
    "The pages {{pages}} were not searched for hidden content: they cannot be read completely, or hold too much for a quick search.",
  "warning.fields-not-searched":
    "Not all form fields were compared with their values: there are too many for a quick search, or they cannot be read.",
  "warning.field-timestamp-service":
    "The author of the field “{{field}}” names a timestamp service ({{url}}). The one of this program is used.",
  "warning.field-keeps-its-lock":
    "The field “{{field}}” has a lock of its own. It stays as its author made it, and no other fields are locked.",

  "seed.Filter": "another signing program ({{wanted}})",
  "seed.SubFilter": "another format of signature ({{wanted}})",
  "seed.V": "a program that knows version {{wanted}} of such conditions",
  "seed.Reasons": "one of these reasons: {{wanted}}",
  "seed.NoReason": "a signature without a reason",
  "seed.LegalAttestation": "a legal attestation with the certification",
  "seed.AddRevInfo": "revocation data inside the signature itself, which European signatures (PAdES) do not have",
  "seed.DigestMethod": "another digest algorithm ({{wanted}})",
  "seed.LockDocument": "locking the document: {{wanted}} (certifying so that nothing may be changed locks it)",
  "seed.AppearanceFilter": "the look called “{{wanted}}”",
  "seed.MDP.0": "a signature that does not certify the document",
  "seed.MDP.1": "a signature that certifies the document so that nothing may be changed",
  "seed.MDP.2": "a signature that certifies the document and lets others fill in forms and sign",
  "seed.MDP.3": "a signature that certifies the document and lets others fill in, sign and comment",
  "seed.TimeStamp": "a signature with a timestamp",
  "seed.Cert": "a property of the signer's certificate that Sealdesk does not know",
  "seed.Cert.Subject": "one certain certificate, and yours is another one",
  "seed.Cert.SubjectDN": "a certificate issued to {{wanted}}",
  "seed.Cert.KeyUsage": "a certificate with another key usage ({{wanted}})",
  "seed.Cert.Issuer": "a certificate that comes from {{wanted}}",
  "seed.Cert.OID": "a certificate under the policy {{wanted}}",
  "seed.Cert.URL": "signing with the service at {{wanted}}",
  "seed.other": "something that Sealdesk does not know",
  "warning.evidence-beside":
    "This document must stay as it is (signed already, encrypted, an archive file or the like). The evidence of your signature will lie in a package beside it; keep the two together.",
  "warning.evidence-unsealed":
    "The organisation's seal cannot be used now. The evidence of your signature will lie in a package beside the document, without a seal; keep the two together.",
} as const;
