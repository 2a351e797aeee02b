import { StrictMode, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import "./global.css";
import { bridge } from "./bridge.ts";
import { App } from "./components/app/app.tsx";
import { ErrorBoundary } from "./components/app/error-boundary.tsx";
import { allowEmptyMarkup } from "./empty-markup-policy.ts";
import { createAppStore } from "./state/app-store.ts";
import { text } from "./text/text.ts";

allowEmptyMarkup();
const store = createAppStore(bridge);

function Root() {
  const app = useSyncExternalStore(store.subscribe, store.snapshot);
  return app === null ? <p role="status">{text("app.loading")}</p> : <App app={app} />;
}

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");
const react = createRoot(root);
react.render(
  <StrictMode>
    <ErrorBoundary>
      <Root />
    </ErrorBoundary>
  </StrictMode>,
);

const started = await store.start();
if (!started) react.render(<p role="alert">{text("app.failed-to-start")}</p>);
