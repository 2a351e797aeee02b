/** Asked for by the language, by inspectors and by `await`; an object without them is an ordinary object. */
const ORDINARY = new Set([
  "then",
  "toJSON",
  "constructor",
  "prototype",
  "inspect",
  "domain",
  "length",
  "nodeType",
  "asymmetricMatch",
  "default",
  "__esModule",
  "$$typeof",
]);

/** The error of every member that the stand-in lacks. A silent no-op would let a security call vanish unnoticed. */
export function notImplemented(name: string): Error {
  return new Error(`electron stand-in: ${name} is not implemented`);
}

function refuse(owner: string, property: string | symbol): undefined {
  if (typeof property === "symbol" || property.startsWith("_") || ORDINARY.has(property)) return undefined;
  throw notImplemented(`${owner}.${property}`);
}

/** Wraps an API object: members it has work and may be replaced (tests do), reading any other throws by name. */
export function guardObject<T extends object>(owner: string, target: T): T {
  return new Proxy(target, {
    get: (object, property, receiver): unknown =>
      property in object ? Reflect.get(object, property, receiver) : refuse(owner, property),
  });
}

/**
 * The same for all instances of a class. The trap stands between the class and its base, where a lookup arrives only
 * after the instance and the class have failed; `instanceof` the base still holds.
 */
export function guardInstances(owner: string, type: { readonly prototype: object }): void {
  const base = Object.getPrototypeOf(type.prototype) as object;
  const trap = new Proxy(Object.create(base) as object, {
    get: (object, property, receiver): unknown =>
      property in object ? Reflect.get(object, property, receiver) : refuse(owner, property),
  });
  Object.setPrototypeOf(type.prototype, trap);
}
