import type { Failure } from "../../../../shared/failure.ts";
import { ScriptedHttp } from "./scripted-http.ts";
import type { Reply, SeenCall } from "./scripted-http.ts";

interface FakeOrder {
  readonly id: string;
  // Tests reach into bodies freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  /** What has happened so far; "17.61" has a sub-kind. */
  history: (number | string)[];
  /** What each look finds besides. */
  script: (number | string)[][];
  wrong: number;
  requested: boolean;
  deleted: boolean;
}

export const TAN = "905173";
export const offline: { failure: Failure } = { failure: { code: "provider.unreachable" } };

/** IDnow as the sheet describes it, without a network: answers at once, unless a test puts a reply in front. */
export class FakeIdnow {
  readonly http = new ScriptedHttp((call) => this.#answer(call));
  readonly orders: FakeOrder[] = [];
  /** Taken first, one a call of that name. A function may still let the call have its effect. */
  readonly next: Record<string, (Reply | ((effect: () => Reply) => Reply))[]> = {};
  /** The scripts that orders get, the first order first; what is missing goes well. */
  scripts: (number | string)[][][] = [];
  /** How IDnow spoils the documents that it gives out. */
  spoil: (pdfs: Buffer[]) => Buffer[] = (pdfs) => pdfs;
  signMe = { UserExists: true, UserIsAbleToSign: true };
  signedDataAccepted: boolean | null = null;
  hashValue: (hash: string) => string = (hash) => hash;

  get calls(): readonly SeenCall[] {
    return this.http.calls;
  }

  count(name: string): number {
    return this.calls.filter(({ path }) => path[0] === name).length;
  }

  names(): readonly string[] {
    return this.calls.map(({ path }) => path[0] ?? "");
  }

  #answer(call: SeenCall): Reply {
    const [name = "", id = "", ...variant] = call.path;
    const planned = this.next[name]?.shift();
    const effect = (): Reply => this.#usual(name, id, variant, call.body);
    return planned === undefined ? effect() : typeof planned === "function" ? planned(effect) : planned;
  }

  #usual(name: string, id: string, variant: readonly string[], body: SeenCall["body"]): Reply {
    switch (name) {
      case "systemStatus":
        return { status: 200, json: { serverAlive: true, apiAvailable: true, smsTanAvailable: true, eSign: {} } };
      case "checkSignmeUser":
        return { status: 200, json: this.signMe };
      case "putOrder":
        return this.#put(body);
      case "getOrdersByRef": {
        const found = this.orders.filter((order) => order.body.Ref === id).map((order) => order.id);
        return found.length === 0 ? { status: 404 } : { status: 200, json: found };
      }
    }
    const order = this.orders.find((one) => one.id === id);
    return order === undefined || order.deleted ? { status: 404 } : this.#ofOrder(name, order, variant, body);
  }

  #put(body: SeenCall["body"]): Reply {
    const number = this.orders.length + 1;
    const id = `9992000000000${number}`;
    const script = this.scripts[number - 1] ?? [[73, 77, 78, 75, 6], [101, 71, 102], [84]];
    this.orders.push({ id, body, history: [25], script: [...script], wrong: 0, requested: false, deleted: false });
    const accepted = body.IdentDataSigned === undefined ? null : this.signedDataAccepted;
    const json = {
      OrderID: id,
      Ref: body.Ref,
      TargetURL: `https://pages.example/status/${number}`,
      DeepLinkURL: `https://pages.example/ident/${number}`,
      ...(accepted === null ? {} : { SignedDataAccepted: accepted }),
    };
    return { status: 202, json };
  }

  #ofOrder(name: string, order: FakeOrder, variant: readonly string[], body: SeenCall["body"]): Reply {
    const has = (kind: number) => order.history.some((code) => String(code).split(".")[0] === String(kind));
    switch (name) {
      case "getStatus": {
        order.history.push(...(order.script.shift() ?? []));
        const Status = order.history.map((code, index) => {
          const [kind, sub] = String(code).split(".");
          const Time = new Date(Date.parse("2026-11-22T10:00:00Z") + index * 1000).toISOString();
          return { Kind: Number(kind), Time, ...(sub === undefined ? {} : { SubKind: Number(sub) }) };
        });
        return { status: 200, json: { OrderID: order.id, Status } };
      }
      case "requestSign":
        if (has(84)) return { status: 410 };
        if (!has(6) && (order.body.Add & 16) === 0 && this.signedDataAccepted !== true) return { status: 406 };
        order.requested = true;
        order.history.push(101, "71.17");
        return { status: 202 };
      case "requestResendSignTan":
        if (!order.requested) return { status: 412 };
        order.history.push("71.17");
        return { status: 202 };
      case "confirmSign":
        if (!order.requested) return { status: 412 };
        if (has(84)) return { status: 410 };
        if (body.tan !== TAN) {
          order.wrong += 1;
          if (order.wrong < 3) return { status: 409 };
          order.history.push("17.61");
          return { status: 429 };
        }
        order.history.push(84);
        return { status: 202 };
      case "cancelOrder":
        if (has(84) || has(63)) return { status: 406 };
        order.history.push(63);
        return { status: 202 };
      case "delIdentdata":
        order.deleted = true;
        return { status: 202 };
      case "getESignPDF":
        return has(84) ? this.#signed(order) : { status: 400, text: "not signed" };
      case "getESignHash":
        return { status: 200, json: { Hashes: listOf(order.body.eSignHash).map((sent) => this.#hash(sent)) } };
      case "getIdentData":
        return variant.includes("Signed")
          ? { status: 200, text: `signed-data-of-${order.id}` }
          : { status: 200, json: identData(order) };
      case "getIdentDataPDF":
      case "getESignAuditLogPDF":
        return { status: 200, text: `%PDF-1.4\n% ${name}\n%%EOF\n` };
      case "getImages":
        return { status: 200, json: { Images: [{ Image: "AAAA", Filename: "../front.jpg" }] } };
      default:
        throw new Error(`the fake does not know ${name}`);
    }
  }

  #signed(order: FakeOrder): Reply {
    const first = this.orders.find(({ id }) => id === order.body.MultiSignOptions?.FirstOrderID) ?? order;
    const signers = this.orders.slice(0, this.orders.indexOf(order) + 1);
    const pdfs = listOf(first.body.eSignPDF).map(({ Data = "" }) => {
      const updates = signers.map(({ body }) => `% signed by ${body.Address.Surname}\n%%EOF\n`).join("");
      return Buffer.concat([Buffer.from(Data, "base64"), Buffer.from(updates)]);
    });
    const PDFs = this.spoil(pdfs).map((bytes) => ({ Base64Data: bytes.toString("base64") }));
    return { status: 200, json: { PDFs } };
  }

  #hash({ Filename = "", Hash = "" }: Readonly<Record<string, string>>): object {
    return { [Filename]: this.hashValue(Hash) };
  }
}

function identData({ body }: FakeOrder): object {
  const { Firstname, Surname } = body.Address;
  return {
    Identitfied: "2026-11-22T10:00:00Z",
    IdentifyMethod: "Video",
    IdentData: [
      { Type: 1, Firstname, Surname, Birthdate: "1964-08-12", IDCard: { CardNo: "T22000129" } },
      { Type: 2, Firstname, Surname, IDCard: { ValidUntil: "1970-01-01" } },
    ],
  };
}

function listOf(value: unknown): readonly Readonly<Record<string, string>>[] {
  return (Array.isArray(value) ? value : [value]) as readonly Readonly<Record<string, string>>[];
}
