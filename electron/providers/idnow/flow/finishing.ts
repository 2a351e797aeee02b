import type { Failure } from "../../../../shared/failure.ts";
import { IDENTIFICATION_FILES } from "../../../../shared/interaction.ts";
import type { IdentificationFile } from "../../../../shared/interaction.ts";
import type { FlowContext, FlowInput, FlowInteraction, FlowStep, OfferedFile } from "../../provider.ts";
import type { Result } from "../../../../shared/result.ts";
import { success } from "../../../../shared/result.ts";
import type { Identification } from "../api/identification-answer.ts";
import type { NamedFile } from "../api/media-answers.ts";
import { keepIdentification } from "./earlier-identification.ts";
import type { Finish } from "./flow-state.ts";
import { ask, end, goOn } from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";
import { identificationRows } from "./identification-rows.ts";

/**
 * The signed documents are here. SECURITY: whatever fails from now on is told and can be left; it ends no run and loses no
 * signature.
 */
export async function finishOrder(
  state: Finish,
  input: FlowInput,
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  const orderId = state.orders[state.shown];
  // Whoever has to find out why a document came back wrong needs what IDnow holds of it.
  const wasRefused = (context.refused?.() ?? []).length > 0;
  if (input.kind === "cancel" || orderId === undefined || wasRefused) {
    tools.shown.clear();
    return end(null);
  }
  if (input.kind === "answer" && input.interaction === finishId(state)) {
    const { answer } = input;
    if (answer.kind === "save-file" && isOurs(answer.file)) {
      const problem = await saveFile(orderId, answer.file, tools, context);
      return showResult({ ...state, asked: state.asked + 1, problem }, orderId, tools, context);
    }
    if (answer.kind === "finish") {
      return answer.delete ? deleteThere(state, orderId, tools, context) : next(state, orderId, tools);
    }
  }
  return showResult(state, orderId, tools, context);
}

const isOurs = (file: string): file is IdentificationFile => IDENTIFICATION_FILES.some((one) => one === file);

const finishId = ({ shown, asked }: Finish): string => `result-${shown}-${asked}`;

/** Shows what was found out; it is asked of IDnow each time that it is not in memory any more. */
async function showResult(state: Finish, orderId: string, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const { showIdentification, keepIdentification: keeps } = state.order.details;
  const notKept = keeps ? await keep(state, orderId, tools, context) : null;
  const read = showIdentification ? await identificationOf(orderId, tools, context) : null;
  if (read?.ok === false && read.failure.code === "idnow.order-gone") {
    // Deleted there meanwhile: nothing is left to be asked.
    return next(state, orderId, tools);
  }
  const problem = state.problem ?? (read?.ok === false ? unavailable(read.failure) : null) ?? notKept;
  const interaction = interactionOf({ ...state, problem }, read?.ok === true ? read.value : null, tools);
  return ask(state, context.now(), interaction);
}

function interactionOf(state: Finish, found: Identification | null, { profile }: IdnowTools): FlowInteraction {
  const { showIdentification, signers, signatureType } = state.order.details;
  const signer = signers[state.shown];
  const name = `${signer?.givenName ?? ""} ${signer?.surname ?? ""}`;
  const files: readonly IdentificationFile[] = [
    ...(showIdentification ? (["identification-report", "images"] as const) : []),
    ...(signatureType === "AES" ? (["audit-log"] as const) : []),
  ];
  return {
    kind: "identification",
    id: finishId(state),
    message: showIdentification ? "idnow.result" : "idnow.delete",
    params: { name },
    deadline: null,
    rows: found === null ? [] : identificationRows(found),
    method: found?.method ?? null,
    suspectedFraud: found?.suspectedFraud ?? false,
    files,
    problem: state.problem,
    host: URL.parse(profile.baseUrl)?.host ?? "",
  };
}

const wantsEncrypted = ({ profile }: IdnowTools): boolean => profile.cryptKey !== undefined;

async function identificationOf(
  orderId: string,
  tools: IdnowTools,
  context: FlowContext,
): Promise<Result<Identification, Failure>> {
  const known = tools.shown.get(orderId);
  if (known !== undefined) {
    return success(known);
  }
  const variant = { initialData: true, method: true };
  const options = { signal: context.signal, encrypted: wantsEncrypted(tools) };
  const read = await tools.api.getIdentData(orderId, variant, options);
  if (read.ok) {
    tools.shown.set(orderId, read.value);
  }
  return read;
}

/** Once an order: the identification in the form that can be used again, straight into the vault. */
async function keep(state: Finish, orderId: string, tools: IdnowTools, context: FlowContext): Promise<Failure | null> {
  let problem: Failure | null = null;
  for (const one of ordersOf(state, orderId).filter((order) => state.asked === 0 && !tools.kept.has(order))) {
    tools.kept.add(one);
    const signed = await tools.api.getSignedIdentData(one, { signal: context.signal });
    const who = { ...state, signer: state.orders.indexOf(one) };
    const kept = signed.ok && (await keepIdentification(who, tools.profile, context.records, signed.value));
    const reason = signed.ok ? "vault" : signed.failure.code;
    problem = kept ? problem : { code: "idnow.not-kept", params: { reason } };
  }
  return problem;
}

/** Without a look at each person's data, one question and one answer are for all orders. */
function ordersOf({ order, orders }: Finish, shown: string): readonly string[] {
  return order.details.showIdentification ? [shown] : orders;
}

async function saveFile(
  orderId: string,
  file: IdentificationFile,
  tools: IdnowTools,
  context: FlowContext,
): Promise<Failure | null> {
  const fetched = await filesOf(orderId, file, tools, context);
  if (!fetched.ok) {
    return unavailable(fetched.failure);
  }
  for (const one of fetched.value) {
    const saved = (await context.offerFile?.(one)) ?? false;
    if (!saved) {
      return { code: "idnow.file-not-saved" };
    }
  }
  return fetched.value.length === 0 ? unavailable({ code: "idnow.order-gone" }) : null;
}

async function filesOf(
  orderId: string,
  file: IdentificationFile,
  tools: IdnowTools,
  context: FlowContext,
): Promise<Result<readonly OfferedFile[], Failure>> {
  const options = { signal: context.signal };
  switch (file) {
    case "identification-report": {
      const encrypted = wantsEncrypted(tools);
      const report = await tools.api.getIdentDataPDF(orderId, { ...options, encrypted });
      return report.ok ? success([{ name: `identification-${orderId}.pdf`, bytes: report.value }]) : report;
    }
    case "audit-log": {
      const log = await tools.api.getESignAuditLogPDF(orderId, options);
      return log.ok ? success([{ name: `audit-log-${orderId}.pdf`, bytes: log.value }]) : log;
    }
    case "images": {
      const images = await tools.api.getImages(orderId, options);
      return images.ok ? success(images.value.map((image, index) => offered(image, orderId, index))) : images;
    }
  }
}

/** SECURITY: the suggested name is IDnow's, cut down to a plain file name. */
function offered({ name, bytes }: NamedFile, orderId: string, index: number): OfferedFile {
  const plain = (name ?? "")
    .replaceAll(/[^A-Za-z0-9_.-]/gu, "_")
    .replace(/^\.+/u, "")
    .slice(-80);
  return { name: plain === "" ? `picture-${orderId}-${index + 1}.jpg` : plain, bytes };
}

async function deleteThere(state: Finish, orderId: string, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  for (const one of ordersOf(state, orderId)) {
    const deleted = await tools.api.delIdentdata(one, context.signal);
    if (!deleted.ok && deleted.failure.code !== "idnow.order-gone") {
      const problem: Failure = { code: "idnow.not-deleted", params: { reason: deleted.failure.code } };
      return showResult({ ...state, asked: state.asked + 1, problem }, orderId, tools, context);
    }
  }
  return next(state, orderId, tools);
}

function next(state: Finish, orderId: string, tools: IdnowTools): FlowStep {
  // SECURITY: looked at, and let go.
  tools.shown.delete(orderId);
  const isOver = !state.order.details.showIdentification || state.shown + 1 >= state.orders.length;
  return isOver ? end(null) : goOn({ ...state, shown: state.shown + 1, asked: 0, problem: null });
}

const unavailable = ({ code }: Failure): Failure => ({ code: "idnow.result-unavailable", params: { reason: code } });
