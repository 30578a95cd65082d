// Which page is shown at which address.
import * as api from "./api.js";
import { h, notices } from "./dom.js";

const entries = [
  ["/console", "Overview"], ["/console/campaigns", "Campaigns"], ["/console/passes", "Passes"],
  ["/console/rollouts", "Rollouts"], ["/console/wallet-configurations", "Wallet configurations"],
  ["/console/google", "Google"], ["/console/queues", "Queues"], ["/console/device-logs", "Device logs"],
  ["/console/audit-log", "Audit log"],
];

const pages = {
  "": () => import("./pages/overview.js"),
  campaigns: (id) => (id ? import("./pages/campaign.js") : import("./pages/campaigns.js")),
  passes: () => import("./pages/passes.js"),
  rollouts: () => import("./pages/rollouts.js"),
  "wallet-configurations": () => import("./pages/wallet-configurations.js"),
  google: () => import("./pages/services.js"),
  queues: () => import("./pages/services.js"),
  "device-logs": () => import("./pages/services.js"),
  "audit-log": () => import("./pages/audit-log.js"),
  "sign-in": () => import("./pages/sign-in.js"),
};

const main = document.getElementById("main");
let signedIn = false;
let turn = 0;

/** Goes to an address of the console. */
export function go(path) {
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
  return show();
}

async function show() {
  const mine = ++turn;
  const parts = location.pathname.split("/").slice(2).map(decodeURIComponent);
  const name = signedIn ? parts[0] ?? "" : "sign-in";
  document.getElementById("header").hidden = !signedIn;
  for (const anchor of document.querySelectorAll("#nav a")) {
    const here = anchor.pathname === `/console${name ? `/${name}` : ""}`;
    if (here) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  let content;
  let title = "Wallet console";
  let isWide = false;
  // A page that takes its time says so, without a flicker of those that don't.
  const patience = setTimeout(() => document.body.setAttribute("aria-busy", "true"), 150);
  try {
    const page = await (pages[name] ?? pages[""])(parts[1]);
    ({ title, content, isWide = false } = await page.default({ name, id: parts[1], part: parts[2], query: new URLSearchParams(location.search), go, signedIn: enter }));
  } catch (error) {
    content = h("div", {}, h("h1", {}, error.status === 404 ? "Not found" : "This did not work"),
      h("p", {}, error.message), notices(error.faults, "bad") ?? "",
      error.requestId ? h("p", { class: "note" }, `Request ${error.requestId}: the log of pass-issuer has more.`) : "",
      h("button", { type: "button", onclick: show }, "Try again"));
  }
  clearTimeout(patience);
  if (mine !== turn) return;
  document.body.removeAttribute("aria-busy");
  main.classList.toggle("wide", isWide);
  document.title = `${title} · Wallet console`;
  main.replaceChildren(content);
  if (mine > 1) main.focus({ preventScroll: true });
}

/** Called once somebody has signed in. */
function enter() {
  signedIn = true;
  return go(location.pathname === "/console/sign-in" ? "/console" : location.pathname + location.search);
}

document.getElementById("nav").append(...entries.map(([href, text]) => h("a", { href }, text)));
document.getElementById("sign-out").addEventListener("click", async () => {
  await api.signOut();
  signedIn = false;
  go("/console/sign-in");
});
window.addEventListener("signed-out", () => {
  if (!signedIn) return;
  signedIn = false;
  show();
});
window.addEventListener("popstate", show);
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || !signedIn) return;
  event.preventDefault();
  go("/console/passes").then(() => document.getElementById("search")?.focus());
});
document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a");
  if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (anchor.origin !== location.origin || !anchor.pathname.startsWith("/console") || anchor.hash) return;
  event.preventDefault();
  go(anchor.pathname + anchor.search);
});

try {
  signedIn = await api.restore();
} catch { /* The page says so. */ }
show();
