import { networkInterfaces } from "node:os";

type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * Whether this computer is on any network at all: it has an address that is neither its own loopback nor one that it gave
 * itself (RFC 3927, RFC 4291 2.5.6), as it does where nobody answers. A yes does not mean that anybody can be reached.
 */
export const hasNetwork = (interfaces: Interfaces = networkInterfaces()): boolean =>
  Object.values(interfaces).some((addresses) =>
    addresses?.some(({ address, internal }) => !internal && !/^(?:169\.254\.|fe[89ab])/iu.test(address)),
  );
