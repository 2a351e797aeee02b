import { emptyAnswer, jsonAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { answerHash } from "./answer-hash.ts";
import { badRequest, bodyOf, orderCall } from "./api-call.ts";
import type { ApiCall } from "./api-call.ts";
import { deliveredDocuments } from "./delivered-documents.ts";
import { checkedData, identDataAnswer } from "./ident-data.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import { hasKind } from "./order.ts";
import type { IdnowOrder } from "./order.ts";
import { ADD, hasAdd } from "./order-request.ts";
import { somebodyElse } from "./persons.ts";
import { practiceImages, practiceVideo, practiceVoice } from "./practice-media.ts";
import { auditLogPdf, identReportPdf } from "./reports.ts";
import { KIND } from "./status-codes.ts";

/** What comes out of an order. */
export const resultCalls = {
  getIdentData: {
    name: "idnow/get-ident-data",
    method: "GET",
    work: orderCall(
      ["IncludeInitialData", "IncludeIdentifyMethod", "IncludeIdentifier", "Signed", "crypt"],
      (room, order, asked) => {
        if (asked.has("Signed") && room.account.trustService !== "namirial")
          return badRequest("Namirial accounts only");
        if (asked.has("Signed")) return whenIdentified(order, () => sealed(room, order));
        const wishes = {
          initial: asked.has("IncludeInitialData"),
          method: asked.has("IncludeIdentifyMethod"),
          identifier: asked.has("IncludeIdentifier"),
        };
        return whenIdentified(order, () => jsonAnswer(200, identDataAnswer(room, order, wishes)));
      },
    ),
  },
  getIdentDataPDF: {
    name: "idnow/get-ident-data-pdf",
    method: "GET",
    work: orderCall(["crypt"], (_room, order) => whenIdentified(order, () => pdfAnswer(identReportPdf(order)))),
  },
  getESignPDF: {
    name: "idnow/get-esign-pdf",
    method: "GET",
    work: orderCall(["crypt"], signedDocuments),
  },
  getESignHash: { name: "idnow/get-esign-hash", method: "GET", work: orderCall([], signedHashes) },
  getESignAuditLogPDF: {
    name: "idnow/get-esign-audit-log-pdf",
    method: "GET",
    work: orderCall([], (_room, order) => {
      if (!hasAdd(order.request, ADD.advanced)) return badRequest("only AES orders have an audit log");
      return hasKind(order, KIND.signed) ? pdfAnswer(auditLogPdf(order)) : notReady("the order is not signed");
    }),
  },
  getImages: {
    name: "idnow/get-images",
    method: "GET",
    work: orderCall([], (_room, order) =>
      whenIdentified(order, () => jsonAnswer(200, { Images: practiceImages(order.identifiedAt ?? order.createdAt) })),
    ),
  },
  getVideoFileBinaryAsync: {
    name: "idnow/get-video-file-binary-async",
    method: "POST",
    work: orderCall([], prepareVideo),
  },
  getVideoFileBinary: {
    name: "idnow/get-video-file-binary",
    method: "GET",
    work: orderCall(["crypt"], (room, order) =>
      isRecorded(room, order)
        ? bytes("video/mp4", practiceVideo(order.video !== "ready"))
        : textAnswer(404, "there is no recording"),
    ),
  },
  getVoiceFiles: {
    name: "idnow/get-voice-files",
    method: "GET",
    work: orderCall(["crypt"], (room, order) =>
      isRecorded(room, order)
        ? jsonAnswer(200, {
            Voicefiles: [
              {
                Filename: `sound_${order.id.slice(-4)}.mp3`,
                Base64Data: Buffer.from(practiceVoice()).toString("base64"),
              },
            ],
          })
        : textAnswer(404, "there is no recording"),
    ),
  },
} as const satisfies Readonly<Record<string, ApiCall>>;

/** "Requires a final order"; also with suspected fraud the data may be fetched. */
function whenIdentified(order: IdnowOrder, work: () => WebAnswer): WebAnswer {
  if (order.stage !== "closed") return notReady("the order is not final");
  return order.identifiedAt === null && !order.fraud ? textAnswer(404, "there are no data") : work();
}

function sealed(room: IdnowRoom, order: IdnowOrder): WebAnswer {
  return textAnswer(200, room.identities.seal(checkedData(order)));
}

async function signedDocuments(room: IdnowRoom, order: IdnowOrder): Promise<WebAnswer> {
  const { documents, firstOrderId } = order.request;
  if (documents.length === 0 && firstOrderId === null) return badRequest("the order has no eSignPDF");
  const version = hasKind(order, KIND.signed) ? await room.contracts.signedBy(order) : null;
  if (version === null) return notReady("the order is not signed");
  const files = await deliveredDocuments(room, room.signing, order, version);
  const texts = files.map((file) => Buffer.from(file).toString("base64"));
  const cut = room.flaws.base64 === "truncated" ? texts.map((text) => text.slice(0, text.length >> 1)) : texts;
  return jsonAnswer(200, { PDFs: cut.map((Base64Data) => ({ Base64Data })) });
}

async function signedHashes(room: IdnowRoom, order: IdnowOrder): Promise<WebAnswer> {
  const { hashes, person } = order.request;
  if (hashes.length === 0) return badRequest("the order has no eSignHash");
  if (!hasKind(order, KIND.signed)) return notReady("the order is not signed");
  const { flaws, account } = room;
  const signer = await room.persons.of(flaws.signer === "person" ? person : somebodyElse);
  return jsonAnswer(200, {
    Hashes: hashes.map(({ filename, digest }) => ({
      [filename]: Buffer.from(answerHash(signer, digest, account.hashAnswer, flaws.hash)).toString("base64"),
    })),
  });
}

function prepareVideo(room: IdnowRoom, order: IdnowOrder, _asked: unknown, request: WebRequest): WebAnswer {
  const body = bodyOf(request);
  if (typeof body === "string") return badRequest(body);
  const { callbackUrl } = body;
  if (typeof callbackUrl !== "string" || URL.parse(callbackUrl) === null) return badRequest("callbackUrl is missing");
  if (!isRecorded(room, order)) return textAnswer(404, "there is no recording");
  room.orders.change(order.id, { video: "ready" });
  room.webhooks.call("getVideoFileBinaryAsync", callbackUrl, order);
  return emptyAnswer(200);
}

function isRecorded(room: IdnowRoom, order: IdnowOrder): boolean {
  const switchedOn = room.account.recording || hasAdd(order.request, ADD.recordVideo);
  return switchedOn && order.method === "Video" && (hasKind(order, KIND.identified) || order.fraud);
}

function pdfAnswer(file: Uint8Array): WebAnswer {
  return bytes("application/pdf", file);
}

function bytes(type: string, body: Uint8Array): WebAnswer {
  return { kind: "answer", status: 200, headers: { "content-type": type }, body };
}

/** The documents list no 406 for fetching: what is asked for too early is a bad request. */
function notReady(text: string): WebAnswer {
  return badRequest(text);
}
