import { makeCodec } from "../wire/codec.ts";
import { bridge, refuseWindowOpen } from "./bridge.ts";
import { isolatedWorld } from "./isolated-world.ts";
import type { IsolatedConfig } from "./isolated-world.ts";

/** Electron's own name for the world of preload scripts; it is shown in DevTools. */
export const ISOLATED_WORLD = "Electron Isolated Context";

/** The source text of a function; Node has already taken the types out of it. */
function sourceOf(code: (...args: never) => unknown): string {
  return `(${String(code)})`;
}

/** Runs first in every document of a window, in the page's own world. */
export function mainWorldScript(secret: string | undefined): string {
  // Only the top frame has a preload, so only there does the bridge have another end.
  const bridged =
    secret === undefined ? "" : `if(window===window.top)${sourceOf(bridge)}(${JSON.stringify(secret)},"main");`;
  return `${bridged}${sourceOf(refuseWindowOpen)}();`;
}

/** Runs the preload in the isolated world of the top frame. */
export function isolatedWorldScript(config: IsolatedConfig, preload: string): string {
  const secret = JSON.stringify(config.secret);
  // The newline ends a source-map comment on the preload's last line.
  return `if(window===window.top)${sourceOf(isolatedWorld)}(${JSON.stringify(config)},${sourceOf(makeCodec)},${sourceOf(bridge)}(${secret},"isolated"),function(require,module,exports,process){${preload}\n});`;
}
