import { bytesAnswer } from "./loopback-server.ts";
import type { WebAnswer } from "./loopback-server.ts";

const style = `
:root { color-scheme: light dark; --ink: #1b2330; --soft: #566174; --paper: #fff; --ground: #eef1f5; --line: #cfd6e0;
  --accent: #b1430c; --accent-ink: #fff; --no: #fff; --no-ink: #1b2330; --mark: #ffd54a; --mark-ink: #2b2200; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9edf4; --soft: #aab4c4; --paper: #1c232e; --ground: #12171f; --line: #3a4556;
    --accent: #f08a4f; --accent-ink: #24120a; --no: #1c232e; --no-ink: #e9edf4; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
.practice { background: repeating-linear-gradient(135deg, var(--mark) 0 1.5rem, #ffe48a 1.5rem 3rem); color: var(--mark-ink);
  font-weight: 700; text-align: center; padding: .5rem 1rem; letter-spacing: .02em; }
main { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
main.wide { max-width: 46rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.75rem; margin-bottom: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.125rem; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.languages { display: flex; gap: .75rem; justify-content: flex-end; margin-bottom: .75rem; font-size: .9rem; }
a { color: var(--accent); }
.languages a[aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; }
label { display: block; font-weight: 600; margin-bottom: .35rem; }
input[type=tel], input[type=text], select { width: 100%; font: inherit; font-size: 1.125rem; padding: .65rem .75rem; border: 2px solid var(--line);
  border-radius: .5rem; background: var(--paper); color: var(--ink); }
input[aria-invalid=true] { border-color: #c4232b; }
.wrong { color: #b3171f; font-weight: 600; margin: .5rem 0 0; }
@media (prefers-color-scheme: dark) { .wrong { color: #ff9a9a; } }
button { font: inherit; font-weight: 600; padding: .65rem 1.25rem; border-radius: .5rem; border: 2px solid var(--accent);
  background: var(--accent); color: var(--accent-ink); cursor: pointer; }
button.no { background: var(--no); color: var(--no-ink); border-color: var(--line); }
h3 { font-size: 1rem; margin: 0 0 .35rem; }
.signed { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--ground); border: 1px solid var(--line); border-radius: .5rem;
  padding: .75rem 1rem; max-height: 26rem; overflow: auto; margin-bottom: 1rem; }
.apart { margin-top: 1.5rem; } button.under { margin-top: .75rem; }
button.wide { width: 100%; margin-top: 1.25rem; }
button:focus-visible, input:focus-visible, select:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid #2f7de1; outline-offset: 2px; }
.buttons { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: 1rem; }
.buttons form { flex: 1 1 10rem; } .buttons button { width: 100%; }
.phone { display: block; margin: .5rem auto 1.25rem; width: 4.25rem; height: 7rem; border: .3rem solid var(--ink); border-radius: .9rem;
  position: relative; }
.phone::after { content: ""; position: absolute; inset: auto 0 .35rem 0; margin: auto; width: 1.25rem; height: .25rem; border-radius: 1rem;
  background: var(--ink); }
.phone span { position: absolute; inset: 1.6rem .6rem auto; height: 1.6rem; border-radius: .35rem; background: var(--accent);
  animation: pulse 1.6s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: .35; } }
@media (prefers-reduced-motion: reduce) { .phone span { animation: none; } }
.card > :last-child { margin-bottom: 0; }
.center { text-align: center; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap: anywhere; }
th, td { text-align: left; padding: .35rem .5rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code, .hash { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .85rem; overflow-wrap: anywhere; }
details { margin-top: 1rem; } summary { cursor: pointer; font-weight: 600; }
.choices { display: grid; gap: .75rem; }
.choices button { width: 100%; text-align: left; display: grid; gap: .1rem; } .choices button span { font-weight: 400; }
.stack { display: grid; gap: 1.5rem; } .stack button { margin-top: .75rem; } .stack form:last-child > button:only-of-type:first-child { margin-top: 0; }
.aside { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: 0 .25rem; } .aside p { margin: 0; }
.note { background: var(--ground); border-left: .3rem solid var(--accent); padding: .6rem .9rem; }
.under { margin: .5rem 0 0; } .check { display: flex; gap: .6rem; align-items: baseline; font-weight: 400; margin-bottom: .75rem; }
ul.files { margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.message { overflow-wrap: anywhere; } .tan { font-size: 1.35rem; letter-spacing: .12em; white-space: nowrap; }
ol.hashes { max-height: 12rem; overflow: auto; padding-left: 1.75rem; margin: .5rem 0 0; }
`;

/** Asks every second whether the person has answered; without scripts the page reloads itself instead. */
const waitingScript = `
const main = document.querySelector("[data-state]");
const ask = async () => {
  try {
    const answer = await fetch(main.dataset.state, { cache: "no-store" });
    if (answer.ok && (await answer.json()).step === "decided") { location.reload(); return; }
  } catch { /* the server is gone or busy: ask again */ }
  setTimeout(ask, 1000);
};
if (main) setTimeout(ask, 1000);
`;

/** Reloads the phone page when what is on it has changed. */
const phoneScript = `
const main = document.querySelector("[data-version]");
const look = async () => {
  try {
    const answer = await fetch("/phone/version", { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== main.dataset.version) { location.reload(); return; }
  } catch { /* the server is gone or busy: ask again */ }
  setTimeout(look, 1000);
};
if (main) setTimeout(look, 1000);
`;

/** The few files that the pages use, or null. */
export function assetAnswer(path: string): WebAnswer | null {
  switch (path) {
    case "/assets/practice.css":
      return bytesAnswer("text/css; charset=utf-8", Buffer.from(style));
    case "/assets/waiting.js":
      return bytesAnswer("text/javascript; charset=utf-8", Buffer.from(waitingScript));
    case "/assets/phone.js":
      return bytesAnswer("text/javascript; charset=utf-8", Buffer.from(phoneScript));
    default:
      return null;
  }
}
