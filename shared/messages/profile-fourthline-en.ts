/** The form for Fourthline's profiles, and the test of its connection. */
export const profileFourthlineMessages = {
  "profile.fourthline.base-url": "Base address",
  "profile.fourthline.base-url.help":
    "In Fourthline's onboarding mail: https://api.ext-sandbox.fourthline.com for the sandbox account, https://api.fourthline.com for production.",
  "profile.fourthline.client-id": "Client id",
  "profile.fourthline.client-id.help":
    "client_id in the onboarding mail. The sandbox account and production have different ones.",
  "profile.fourthline.client-secret": "Client secret",
  "profile.fourthline.client-secret.help":
    "client_secret, which Fourthline sends separately. It opens every case of your organisation: give it to nobody.",
  "profile.fourthline.workflow-completed": "Workflow after an identification",
  "profile.fourthline.workflow-completed.help":
    "Name of the workflow that only signs (QES), for people whose identification has ended. The onboarding mail lists the workflows set up for you. At least one of the two is needed.",
  "profile.fourthline.workflow-pending": "Workflow during an identification",
  "profile.fourthline.workflow-pending.help":
    "Name of the workflow for people whose identification may still be processed. Their signature binds only when Fourthline has confirmed it.",
  "profile.fourthline.infocert": "InfoCert stands in for Namirial",
  "profile.fourthline.infocert.help":
    "As agreed with Fourthline. Sealdesk then asks after each signing for InfoCert's contract, which the signer has to get. If in doubt, leave it on.",
  "profile.fourthline.table": "Paths and field names",
  "profile.fourthline.table.help":
    "Only where the API reference of your account names them differently from what Sealdesk takes for them. JSON text with “endpoints” and “fields”; the guide for Fourthline lists all entries. Empty: the usual ones.",
  "profile.fourthline.maximum-bytes": "Largest document, in megabytes",
  "profile.fourthline.maximum-bytes.help": "As agreed with Fourthline, which publishes no limit. Empty: 10.",
  "profile.fourthline.maximum-documents": "Most documents in one signing",
  "profile.fourthline.maximum-documents.help": "From 1 to 100. Empty: 10.",
  "profile.fourthline.passcode-attempts": "Wrong passcodes allowed",
  "profile.fourthline.passcode-attempts.help": "Shown to people who mistype; Fourthline counts. Empty: 3.",
  "profile.fourthline.passcode-minimum": "Fewest digits of a passcode",
  "profile.fourthline.passcode-minimum.help": "Counts only where Fourthline does not say it by itself. Empty: 4.",
  "profile.fourthline.passcode-maximum": "Most digits of a passcode",
  "profile.fourthline.passcode-maximum.help": "Belongs to the number above. Empty: 8.",

  "profile.wrong.site":
    "This has to be a scheme and host alone, as https://api.fourthline.com, without a path and without a slash at the end.",
  "profile.wrong.count": "A whole number from 1 to 100.",
  "profile.wrong.digits": "A whole number from 1 to 12.",
  "profile.wrong.digits-order": "The fewest digits are more than the most.",
  "profile.wrong.megabytes": "A number above 0, as 10 or 2.5.",
  "profile.wrong.one-workflow": "Fill in the name of at least one of the two workflows.",
  "profile.wrong.json": "This is no JSON: it cannot be read from line {{line}}, character {{column}} on.",
  "profile.wrong.json-end":
    "This is no complete JSON: it ends too early. Is a bracket or a quotation mark missing at the end?",
  "profile.wrong.json-object": "This has to begin with a curly bracket: { … }.",
  "profile.wrong.json-unknown": "There is no entry “{{place}}”. Check how it is spelt.",
  "profile.wrong.json-choice": "“{{place}}” can be one of these: {{values}}.",
  "profile.wrong.json-entries": "“{{place}}” has to have entries of its own: { … }.",
  "profile.wrong.json-value": "The value of “{{place}}” is not possible here.",
  "profile.wrong.table-path":
    "“{{place}}” has to be a path that begins with a slash. Placeholders are {workflowId}, {signatureId} and {documentId}.",
  "profile.wrong.table-plain-path": "“{{place}}” has to be a path without placeholders.",
  "profile.wrong.table-workflow-path":
    "“{{place}}” has to be a path with {workflowId} or {signatureId}, and without {documentId}.",
  "profile.wrong.table-document-path":
    "“{{place}}” has to be a path with {workflowId} or {signatureId}, and with {documentId}.",
  "profile.wrong.table-name": "“{{place}}” has to be one name of letters, digits and _ $ @ -.",
  "profile.wrong.table-names": "“{{place}}” has to be a field's name, as status or data.state.",

  "probe.fourthline-alive": "Fourthline gives out access.",
  "probe.fourthline-client": "Fourthline knows the client {{client}}.",
  "probe.fourthline-call": "This call fails: {{name}} ({{method}} {{path}}).",
  "probe.fourthline-calls":
    "The calls that only read were understood. Not tried: the names of the workflows and the calls that send. A wrong path looks like a signature that there is not, so sign once in the sandbox account.",
} as const;
