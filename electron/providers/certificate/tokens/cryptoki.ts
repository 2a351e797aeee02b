import { endianness } from "node:os";
import { promisify } from "node:util";
import type { KoffiFunc, LibraryHandle, TypeObject } from "koffi";
import { CKA, CKO, CKR, OS_LOCKING_OK, SERIAL_SESSION } from "./cryptoki-constants.ts";
import { CryptokiMemory, pointer, ulong } from "./cryptoki-memory.ts";

/** A call that the module answered with something else than CKR_OK. */
export class CryptokiError extends Error {
  readonly code: number;

  constructor(call: string, code: number) {
    super(`${call}: 0x${code.toString(16)}`);
    this.name = "CryptokiError";
    this.code = code;
  }
}

/** The file could not be loaded, or it is no PKCS#11 module. */
export class ModuleUnusable extends Error {}

export interface TokenInfo {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly flags: bigint;
}

export interface Mechanism {
  readonly type: number;
  /** The parameter structure: three CK_ULONGs for PSS, nothing else needs one. */
  readonly parameter: readonly number[];
}

/** Place of each function in CK_FUNCTION_LIST, behind its version (Cryptoki 2.40, pkcs11f.h; 3.0 begins alike). */
const FUNCTIONS = {
  C_Initialize: { place: 0, arguments: ["pointer"] },
  C_Finalize: { place: 1, arguments: ["pointer"] },
  C_GetSlotList: { place: 4, arguments: ["byte", "pointer", "pointer"] },
  C_GetTokenInfo: { place: 6, arguments: ["ulong", "pointer"] },
  C_GetMechanismList: { place: 7, arguments: ["ulong", "pointer", "pointer"] },
  C_OpenSession: { place: 12, arguments: ["ulong", "ulong", "pointer", "pointer", "pointer"] },
  C_CloseSession: { place: 13, arguments: ["ulong"] },
  C_Login: { place: 18, arguments: ["ulong", "ulong", "pointer", "ulong"] },
  C_Logout: { place: 19, arguments: ["ulong"] },
  C_GetAttributeValue: { place: 24, arguments: ["ulong", "ulong", "pointer", "ulong"] },
  C_FindObjectsInit: { place: 26, arguments: ["ulong", "pointer", "ulong"] },
  C_FindObjects: { place: 27, arguments: ["ulong", "pointer", "ulong", "pointer"] },
  C_FindObjectsFinal: { place: 28, arguments: ["ulong"] },
  C_SignInit: { place: 42, arguments: ["ulong", "pointer", "ulong"] },
  C_Sign: { place: 43, arguments: ["ulong", "pointer", "ulong", "pointer", "pointer"] },
} as const;
type FunctionName = keyof typeof FUNCTIONS;

const C_TYPE = { pointer: "void *", ulong: "unsigned long", byte: "uint8_t" } as const;

type Argument = Uint8Array | bigint | number | null;
type AnyCall = (...args: readonly Argument[]) => number | bigint;
type NativeCall = (...args: readonly Argument[]) => Promise<number | bigint>;

/** SECURITY: a module says how long its answers are; nothing on a token is nearly as large. */
const MAXIMUM_VALUE_BYTES = 1024 * 1024;
const MAXIMUM_COUNT = 4_096;

/**
 * The part of a PKCS#11 module that signing needs, as promises. Calls run on threads of their own, so a smart card that
 * thinks for seconds stops nothing here; they run one after the other, because not every module copes with more.
 */
export class Cryptoki {
  readonly #calls: ReadonlyMap<FunctionName, NativeCall>;
  readonly #memory: CryptokiMemory;
  readonly #address: (bytes: Uint8Array) => bigint;
  /** Keeps the library in memory: its code may have threads of its own, so it is never unloaded. */
  readonly library: LibraryHandle;
  #last: Promise<unknown> = Promise.resolve();
  /** What a structure points at, for as long as a call reads or writes it: the garbage collector sees no addresses. */
  readonly #pointedAt = new Set<readonly Uint8Array[]>();

  private constructor(
    calls: ReadonlyMap<FunctionName, NativeCall>,
    memory: CryptokiMemory,
    address: (bytes: Uint8Array) => bigint,
    library: LibraryHandle,
  ) {
    this.#calls = calls;
    this.#memory = memory;
    this.#address = address;
    this.library = library;
  }

  /** Loads a module. SECURITY: its code runs in this process, so only what the person or administrator named is loaded. */
  static async load(path: string): Promise<Cryptoki> {
    const { default: koffi } = await import("koffi");
    const memory = new CryptokiMemory({
      ulongBytes: koffi.sizeof("unsigned long") === 4 ? 4 : 8,
      pointerBytes: koffi.sizeof("void *") === 4 ? 4 : 8,
      packed: process.platform === "win32",
      littleEndian: endianness() === "LE",
    });
    try {
      const library = koffi.load(path);
      const list: unknown = koffi.alloc("void *", 1);
      const getList = library.func("C_GetFunctionList", "unsigned long", ["void *"]);
      const status = Number(getList(list));
      if (status !== CKR.OK) {
        throw new CryptokiError("C_GetFunctionList", status);
      }
      const at = koffi.decode(list, "void *") as bigint;
      const { pointerBytes, packed } = memory.layout;
      const calls = new Map<FunctionName, NativeCall>();
      for (const [name, { place, arguments: types }] of Object.entries(FUNCTIONS)) {
        const offset = (packed ? 2 : pointerBytes) + place * pointerBytes;
        const prototype: TypeObject = koffi.proto(
          "unsigned long",
          types.map((type) => C_TYPE[type]),
        );
        // The library's types say nothing of what is behind a pointer.
        const { async: call } = koffi.decode(koffi.decode(at, offset, "void *"), prototype) as KoffiFunc<AnyCall>;
        calls.set(name as FunctionName, promisify(call) as NativeCall);
      }
      return new Cryptoki(calls, memory, (bytes) => koffi.address(bytes), library);
    } catch (error) {
      throw new ModuleUnusable("not a PKCS#11 module", { cause: error });
    }
  }

  async initialize(): Promise<void> {
    const none = pointer(0n);
    // CK_C_INITIALIZE_ARGS: no own mutex functions; the module may use those of the system.
    const args = this.#memory.structure(none, none, none, none, ulong(OS_LOCKING_OK), none);
    const status = await this.#status("C_Initialize", args);
    const again = status === CKR.CANT_LOCK ? await this.#status("C_Initialize", null) : status;
    // Other code of this process, or a first use that is still under way.
    if (again !== CKR.OK && again !== CKR.CRYPTOKI_ALREADY_INITIALIZED) {
      throw new CryptokiError("C_Initialize", again);
    }
  }

  async finalize(): Promise<void> {
    await this.#status("C_Finalize", null);
  }

  /** Slots that hold a token. */
  slots(): Promise<readonly bigint[]> {
    return this.#list("C_GetSlotList", 1);
  }

  async mechanisms(slot: bigint): Promise<readonly number[]> {
    return (await this.#list("C_GetMechanismList", slot)).map(Number);
  }

  async tokenInfo(slot: bigint): Promise<TokenInfo> {
    // CK_TOKEN_INFO is below 256 bytes on every platform.
    const info = new Uint8Array(512);
    await this.#call("C_GetTokenInfo", slot, info);
    const text = (from: number, length: number): string =>
      new TextDecoder("utf-8").decode(info.subarray(from, from + length)).replace(/[\0 ]+$/u, "");
    return {
      label: text(0, 32),
      manufacturer: text(32, 32),
      model: text(64, 16),
      serial: text(80, 16),
      flags: this.#memory.readUlong(info, 96) ?? 0n,
    };
  }

  async openSession(slot: bigint): Promise<bigint> {
    const handle = this.#memory.ulongs(1);
    await this.#call("C_OpenSession", slot, SERIAL_SESSION, null, null, handle);
    return this.#memory.readUlong(handle, 0) ?? 0n;
  }

  async closeSession(session: bigint): Promise<void> {
    await this.#status("C_CloseSession", session);
  }

  /** `pin` null: the person types it on the reader. */
  async login(session: bigint, user: number, pin: Uint8Array | null): Promise<void> {
    await this.#call("C_Login", session, user, pin, pin?.length ?? 0);
  }

  async logout(session: bigint): Promise<void> {
    await this.#status("C_Logout", session);
  }

  /** Objects of one class; a private key is seen after logging in only. */
  async find(session: bigint, kind: keyof typeof CKO, id: Uint8Array | null): Promise<readonly bigint[]> {
    const objectClass = this.#memory.structure(ulong(CKO[kind]));
    const wanted: [number, Uint8Array][] = [[CKA.CLASS, objectClass]];
    if (id !== null) {
      wanted.push([CKA.ID, id]);
    }
    await this.#withTemplate(wanted, (template) => this.#call("C_FindObjectsInit", session, template, wanted.length));
    const found: bigint[] = [];
    try {
      for (;;) {
        const handles = this.#memory.ulongs(64);
        const count = this.#memory.ulongs(1);
        await this.#call("C_FindObjects", session, handles, 64, count);
        const more = Number(this.#memory.readUlong(count, 0) ?? 0n);
        found.push(...this.#memory.readUlongs(handles, Math.min(more, 64)));
        if (more === 0 || found.length > MAXIMUM_COUNT) {
          return found;
        }
      }
    } finally {
      await this.#status("C_FindObjectsFinal", session);
    }
  }

  /** The value of an attribute; undefined when the object has none or does not give it away. */
  async attribute(session: bigint, object: bigint, type: number): Promise<Uint8Array | undefined> {
    const [status, length] = await this.#withTemplate([[type, null]], async (asked) => [
      await this.#status("C_GetAttributeValue", session, object, asked, 1),
      this.#memory.readUlong(asked, this.#memory.attributeLengthOffset(0)),
    ]);
    if (status === CKR.ATTRIBUTE_TYPE_INVALID || status === CKR.ATTRIBUTE_SENSITIVE || length === undefined) {
      return undefined;
    }
    if (status !== CKR.OK || length > MAXIMUM_VALUE_BYTES) {
      throw new CryptokiError("C_GetAttributeValue", status === CKR.OK ? CKR.DEVICE_ERROR : status);
    }
    const value = new Uint8Array(Number(length));
    if (value.length > 0) {
      await this.#withTemplate([[type, value]], (asked) =>
        this.#call("C_GetAttributeValue", session, object, asked, 1),
      );
    }
    return value;
  }

  async signInit(session: bigint, mechanism: Mechanism, key: bigint): Promise<void> {
    const parameter = this.#memory.structure(...mechanism.parameter.map((value) => ulong(value)));
    const at = parameter.length === 0 ? 0n : this.#address(parameter);
    const structure = this.#memory.structure(ulong(mechanism.type), pointer(at), ulong(parameter.length));
    await this.#whileAlive([parameter], () => this.#call("C_SignInit", session, structure, key));
  }

  async sign(session: bigint, data: Uint8Array): Promise<Uint8Array> {
    // RSA with 16,384 bits has 2,048 bytes; nothing is longer.
    const value = new Uint8Array(4_096);
    const length = this.#memory.structure(ulong(value.length));
    await this.#call("C_Sign", session, data, data.length, value, length);
    return value.slice(0, Number(this.#memory.readUlong(length, 0) ?? 0n));
  }

  /** Passes CK_ATTRIBUTEs; a value of null asks for the length. */
  #withTemplate<T>(
    attributes: readonly (readonly [number, Uint8Array | null])[],
    work: (template: Uint8Array) => Promise<T>,
  ): Promise<T> {
    const parts = attributes.map(([type, value]) =>
      this.#memory.structure(
        ulong(type),
        pointer(value === null || value.length === 0 ? 0n : this.#address(value)),
        ulong(value?.length ?? 0),
      ),
    );
    const values = attributes.map(([, value]) => value).filter((value) => value !== null);
    return this.#whileAlive(values, () => work(Uint8Array.from(Buffer.concat(parts))));
  }

  async #whileAlive<T>(values: readonly Uint8Array[], work: () => Promise<T>): Promise<T> {
    this.#pointedAt.add(values);
    try {
      return await work();
    } finally {
      this.#pointedAt.delete(values);
    }
  }

  async #list(name: "C_GetSlotList" | "C_GetMechanismList", of: number | bigint): Promise<readonly bigint[]> {
    const count = this.#memory.ulongs(1);
    await this.#call(name, of, null, count);
    const room = Math.min(Number(this.#memory.readUlong(count, 0) ?? 0n), MAXIMUM_COUNT);
    if (room === 0) {
      return [];
    }
    const values = this.#memory.ulongs(room);
    await this.#call(name, of, values, count);
    return this.#memory.readUlongs(values, Math.min(room, Number(this.#memory.readUlong(count, 0) ?? 0n)));
  }

  async #call(name: FunctionName, ...args: readonly Argument[]): Promise<void> {
    const status = await this.#status(name, ...args);
    if (status !== CKR.OK) {
      throw new CryptokiError(name, status);
    }
  }

  #status(name: FunctionName, ...args: readonly Argument[]): Promise<number> {
    const call = this.#calls.get(name);
    if (call === undefined) {
      throw new TypeError(`no function ${name}`);
    }
    const next = this.#last.then(async () => Number(await call(...args)));
    this.#last = next.catch(() => undefined);
    return next;
  }
}
