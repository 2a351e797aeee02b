import { stackedRectangles } from "../../../../shared/stacked-rectangles.ts";
import type { UserSpaceRectangle } from "../../../../shared/placement.ts";
import { ADD, PRODUCT, ROBOT_REF } from "../api/order-request.ts";
import type { OrderDraft } from "../api/order-request.ts";
import type { IdnowProfile } from "../idnow-profile.ts";
import type { Base, SentFile } from "./flow-state.ts";
import { signerOf } from "./flow-state.ts";

export interface OrderParts {
  readonly ref: string;
  readonly add: number;
  readonly profile: IdnowProfile;
  /** What `getIdentData/…/Signed` gave earlier, or null. */
  readonly earlierIdentification: string | null;
}

/** Everything of an order but the documents. For the second signer and later ones, it points to the first order. */
export function orderFor(state: Base, { ref, add, profile, earlierIdentification }: OrderParts): OrderDraft {
  const { details, language, description } = state.order;
  const { givenName, surname, email, mobile } = signerOf(state);
  const [first] = state.orders;
  const route = profile.routeTag;
  return {
    Ref: details.robot === null ? ref : ROBOT_REF[details.robot],
    Product: PRODUCT.eSign,
    Add: add,
    Lang: language.toLowerCase(),
    getTargetLink: true,
    getDeepLink: true,
    RedirectURL: { Success: returnAddress(profile, "success"), Abort: returnAddress(profile, "abort") },
    Email: email,
    Mobile: mobile,
    Address: { Firstname: givenName, Surname: surname, Country: profile.country },
    // Compared with what the identification finds out.
    IdentData: { Firstname: givenName, Surname: surname },
    ...(details.checkboxes.length === 0 ? {} : { eSignOptions: { AdditionalCheckboxes: details.checkboxes } }),
    ...(description === null ? {} : { Purpose: description }),
    ...(earlierIdentification === null ? {} : { IdentDataSigned: earlierIdentification }),
    ...(profile.smsText === undefined ? {} : { eSignTanSmsText: profile.smsText }),
    ...(route === undefined ? {} : { CustomerRouteTag: route }),
    ...(first === undefined
      ? {}
      : { MultiSignOptions: { FirstOrderID: first, SignParameters: parametersFor(state.files, state) } }),
  };
}

/** The value of `Add`. */
export function addFor(
  type: "QES" | "AES" | "BES",
  signMe: { readonly exists: boolean; readonly ableToSign: boolean } | null,
): number {
  const kind = type === "AES" ? ADD.aes : type === "BES" ? ADD.bes : 0;
  // Manual 9.1: both true, then the plain signature; otherwise 0 makes and verifies the account, then signs.
  return kind + (signMe?.exists === true && signMe.ableToSign ? ADD.signMeUse : 0);
}

export const needsNoIdentification = (add: number): boolean => (add & ADD.signMeUse) !== 0;

/** Both lead to the one address that the window watches for; only what stands behind "?" differs. */
function returnAddress({ redirectUrl }: IdnowProfile, result: "success" | "abort"): string {
  const url = new URL(redirectUrl);
  url.searchParams.set("idnow", result);
  return url.href;
}

export const wasAbortedOnPage = (url: string): boolean => URL.parse(url)?.searchParams.get("idnow") === "abort";

type ESignPdf = Extract<NonNullable<OrderDraft["eSignPDF"]>, readonly unknown[]>[number];

export function documentFor(file: SentFile, bytes: Uint8Array, signers: number, profile: IdnowProfile): ESignPdf {
  const { signatureTag, stamps } = profile;
  const byTag =
    file.place === null && signatureTag !== undefined
      ? {
          SignatureTag: signatureTag.text,
          SignatureOffsetPosX: signatureTag.offsetX,
          SignatureOffsetPosY: signatureTag.offsetY,
        }
      : {};
  return {
    Data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
    Filename: file.filename,
    ...placeFor(file, 0, signers),
    ...byTag,
    ...(stamps === undefined || profile.trustService !== "namirial" ? {} : { Stamping: [...stamps] }),
  };
}

interface Position {
  readonly SignaturePosX?: number;
  readonly SignaturePosY?: number;
  readonly SignatureWidth?: number;
  readonly SignatureHeight?: number;
  readonly SignaturePage?: number;
  readonly SignatureFieldName?: string;
}

/** IDnow's own place where none is chosen (manual 3.1.4: 100;100, 200 by 60). */
const DEFAULT_PLACE: UserSpaceRectangle = { x: 100, y: 100, width: 200, height: 60 };
/** IDnow's own place, brought onto a page that is smaller. */
export function usualPlace(pageBox: UserSpaceRectangle): NonNullable<SentFile["place"]> {
  const width = Math.min(DEFAULT_PLACE.width, pageBox.width * 0.8);
  const height = Math.min(DEFAULT_PLACE.height, pageBox.height * 0.3);
  const rectangle = {
    x: pageBox.x + Math.min(DEFAULT_PLACE.x, (pageBox.width - width) / 2),
    y: pageBox.y + Math.min(DEFAULT_PLACE.y, (pageBox.height - height) / 2),
    width,
    height,
  };
  return { kind: "rectangle", page: 1, rectangle, pageBox };
}

/** ISO A4, where the page is not known: a stack from the default place stays on nearly every page. */
const USUAL_PAGE: UserSpaceRectangle = { x: 0, y: 0, width: 595, height: 842 };

/** Where the n-th signer signs: the first one where it was chosen, the others stacked beside that. */
function placeFor({ place }: SentFile, signer: number, signers: number): Position {
  if (place?.kind === "field" && signer === 0) {
    return { SignatureFieldName: place.field };
  }
  if (place?.kind !== "rectangle") {
    return signer === 0 ? {} : positionOf(1, stacked(DEFAULT_PLACE, USUAL_PAGE, signer, signers), USUAL_PAGE);
  }
  return positionOf(place.page, stacked(place.rectangle, place.pageBox, signer, signers), place.pageBox);
}

function stacked(
  first: UserSpaceRectangle,
  page: UserSpaceRectangle,
  signer: number,
  signers: number,
): UserSpaceRectangle {
  // Without room for all, signatures overlap: IDnow draws them, and they are valid all the same.
  return stackedRectangles(first, page, signers)?.[signer] ?? first;
}

/** The manual's origin is the lower left corner of what is seen of the page. */
function positionOf(page: number, rectangle: UserSpaceRectangle, pageBox: UserSpaceRectangle): Position {
  return {
    SignaturePosX: hundredths(Math.max(0, rectangle.x - pageBox.x)),
    SignaturePosY: hundredths(Math.max(0, rectangle.y - pageBox.y)),
    SignatureWidth: hundredths(rectangle.width),
    SignatureHeight: hundredths(rectangle.height),
    SignaturePage: page,
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

function parametersFor(files: readonly SentFile[], { signer, order }: Base): (Position & { Filename: string })[] {
  return files.map((file) => ({
    Filename: file.filename,
    ...placeFor(file, signer, order.details.signers.length),
  }));
}
