import { simplePdf } from "../documents/simple-pdf.ts";
import { bytesAnswer, emptyAnswer, jsonAnswer, textAnswer } from "../web/loopback-server.ts";
import { objectionTo, problem, workflowCall } from "./api-call.ts";
import { objectOf } from "./field-path.ts";
import { settingsOf } from "./settings-of.ts";
import { current } from "./workflow.ts";

export const status = workflowCall((room, workflow) => {
  const names = room.table.fields.status;
  const { status: name, code } = current(workflow);
  return jsonAnswer(
    200,
    objectOf([
      [names.signatureId, workflow.id],
      [names.status, name],
      [names.statusCode, code],
    ]),
  );
});

/** "You receive a message in plain text and the PDF document": the PDF, or what that can mean besides. */
export const signedDocument = workflowCall(async (room, workflow, _request, documentId) => {
  const objection = objectionTo(room, workflow, ["signed"]);
  if (objection !== null) return objection;
  const { flaws } = room;
  const document = await room.signatures.signed(workflow, documentId, flaws);
  if (document === null) return problem(room, 404, "NOT_FOUND", "There is no such document");
  switch (flaws.answer) {
    case "pdf":
      return bytesAnswer("application/pdf", document);
    case "multipart":
      return { kind: "answer", status: 200, ...multipart(document) };
    case "json":
      return jsonAnswer(200, { message: signedMessage, document: Buffer.from(document).toString("base64") });
    case "message":
      return textAnswer(200, "The signed document is being prepared.");
    case "truncated":
      return bytesAnswer("application/pdf", document.subarray(0, document.length >> 1));
  }
});

const signedMessage = "The document was signed.";
const boundary = "sealdesk-practice-boundary-7d1b3f";

/** RFC 2046 5.1.3. */
function multipart(document: Uint8Array): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
} {
  const part = (type: string, content: Uint8Array | string): Buffer =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-type: ${type}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from("\r\n"),
    ]);
  const parts = [part("text/plain", signedMessage), part("application/pdf", document)];
  return {
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export const infocertContract = workflowCall(async (room, workflow) => {
  const objection = objectionTo(room, workflow, ["signed"]);
  if (objection !== null) return objection;
  if (settingsOf(room, workflow.reference).trustService === "namirial") return emptyAnswer(204);
  const signer = await room.signatures.signer(workflow);
  const contract = simplePdf("InfoCert contract", [
    `Signature: ${workflow.id}`,
    `Client: ${signer?.name ?? ""}`,
    `Documents: ${workflow.documents.length}`,
  ]);
  return bytesAnswer("application/pdf", contract);
});
