import type { Placement } from "../../shared/placement.ts";
import type { JsonObject } from "../web/json-body.ts";
import type { SignaturePlace } from "./order-request.ts";

/** The documents give these numbers for several signers; taken for all. */
export const defaultPlace = { kind: "rectangle", page: 1, x: 100, y: 100, width: 200, height: 60 } as const;

/** A field or a rectangle, from the fields of both kinds of tables. */
export function fixedPlace(object: JsonObject): SignaturePlace {
  const field = object["SignatureFieldName"];
  if (typeof field === "string" && field !== "") return { kind: "field", name: field };
  const number = (name: string, otherwise: number): number =>
    typeof object[name] === "number" ? object[name] : otherwise;
  return {
    kind: "rectangle",
    page: number("SignaturePage", defaultPlace.page),
    x: number("SignaturePosX", defaultPlace.x),
    y: number("SignaturePosY", defaultPlace.y),
    width: number("SignatureWidth", defaultPlace.width),
    height: number("SignatureHeight", defaultPlace.height),
  };
}

/** As the code that signs wants it. */
export function placementOf(place: SignaturePlace): Placement {
  return place.kind === "field"
    ? { kind: "field", field: place.name }
    : { kind: "rectangle", page: place.page, rectangle: place };
}
