/**
 * What the window's pages may do. `wasm-unsafe-eval` is pdf.js (colour profiles, JPEG 2000, JBIG2); it is no `eval` of
 * text. Trusted Types leave one way to make a worker: the policy `pdf-worker`, which knows one address;
 * the policy `default` lets a text become markup when it is empty.
 */
const DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types pdf-worker default",
];

export const CONTENT_SECURITY_POLICY = DIRECTIVES.join("; ");
