import * as api from "../api.js";
import { h, link, notices, number } from "../dom.js";
import { plot } from "../plot.js";

const figures = [
  ["issued", "Passes issued"], ["installed", "Installed"], ["removed", "Removed"], ["updates", "Updates"],
  ["pushesAccepted", "Pushes accepted"], ["pushesRejected", "Pushes refused"], ["googleSaved", "Saved to Google"],
];

async function troubles() {
  const found = [];
  const gather = async (answer, say) => {
    try { found.push(...(await answer).items.map(say).filter(Boolean)); } catch { /* The overview names it. */ }
  };
  await Promise.all([
    gather(api.get("/console/push-sender/admin/v1/topics"), (topic) => ["stopped", "open", "paused"].includes(topic.state)
      && `Pushes of ${topic.passTypeIdentifier} are ${topic.state}.${topic.lastError ? ` ${topic.lastError}` : ""}`),
    gather(api.get("/console/google-bridge/admin/v1/operations", { state: "failed", limit: 5 }), (operation) =>
      `Google refused ${operation.kind} of ${operation.target}: ${operation.lastError ?? operation.lastStatus}`),
  ]);
  return found;
}

/** What to do on the first day. */
const beginning = () => h("ol", { class: "steps", "aria-label": "How to begin" },
  h("li", {}, link("/console/wallet-configurations/_new", "Make a wallet configuration"), h("p", {}, "It holds the certificate of Apple and the keys of Google.")),
  h("li", {}, link("/console/campaigns/_new", "Make a campaign"), h("p", {}, "It says what passes show. Or import a .pkpass that you have.")),
  h("li", {}, "Hand out links", h("p", {}, "POST /pers/v1/urls makes one for each person. Opening it makes the pass.")));

export default async function page({ query }) {
  const days = query.get("days") ?? "30";
  const from = new Date(Date.now() - (Number(days) - 1) * 86_400_000).toISOString().slice(0, 10);
  const [overview, more, campaigns] = await Promise.all([
    api.get("/admin/v1/overview", { from }), troubles(), api.get("/admin/v1/campaigns", { limit: 1 })]);
  const warnings = [...overview.warnings, ...more];
  const content = h("div", {},
    h("div", { class: "head" }, h("h1", {}, "Overview"),
      h("nav", { class: "segments", "aria-label": "Days" }, ["7", "30", "90"].map((count) =>
        h("a", { href: `/console?days=${count}`, "aria-current": count === days ? "true" : null }, `${count} days`)))),
    campaigns.items.length ? "" : beginning(),
    notices(warnings) ?? h("p", { class: "notices good" }, "All is well: nothing needs to be looked after."),
    h("dl", { class: "figures" }, figures.map(([key, label]) =>
      h("div", { class: "card" }, h("dt", {}, label), h("dd", {}, number(overview.totals[key]))))),
    h("div", { class: "plots" },
      plot("Passes", overview.days, [
        { key: "issued", label: "issued", tone: "one" }, { key: "installed", label: "installed", tone: "two" },
        { key: "removed", label: "removed", tone: "three" }]),
      plot("Updates", overview.days, [{ key: "updates", label: "updates", tone: "one" }]),
      plot("Pushes", overview.days, [
        { key: "pushesAccepted", label: "accepted", tone: "two" },
        { key: "pushesRejected", label: "refused", tone: "three" }]),
      plot("Google Wallet", overview.days, [
        { key: "googleSaved", label: "saved", tone: "two" }, { key: "googleDeleted", label: "deleted", tone: "three" }])));
  return { title: "Overview", content };
}
