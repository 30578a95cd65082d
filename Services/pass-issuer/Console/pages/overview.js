import * as api from "../api.js";
import { h, link, notices, number, span } from "../dom.js";
import { plot } from "../plot.js";

const figures = [
  ["issued", "Passes issued"], ["installed", "Installed"], ["removed", "Removed"], ["updates", "Updates"],
  ["pushesAccepted", "Pushes accepted"], ["pushesRejected", "Pushes refused"], ["googleSaved", "Saved to Google"],
];

/** How many pages of topics are looked at. */
const mostPages = 20;
/** For how many seconds a push may wait before it is worth a word: a token may rest for an hour, and pushes be joined. */
const patience = 7200;

/** What is wrong with a topic; nothing when it is well. */
function troubleOf(topic) {
  const pushes = `Pushes of ${topic.passTypeIdentifier}`;
  const error = topic.lastError ? ` ${topic.lastError}` : "";
  if (["stopped", "open", "paused"].includes(topic.state)) return `${pushes} are ${topic.state}.${error}`;
  const seconds = topic.oldestQueuedAt ? (Date.now() - new Date(topic.oldestQueuedAt)) / 1000 : 0;
  return seconds > patience ? `${pushes} wait, the oldest for ${span(seconds)}.${error}` : null;
}

async function topicTroubles() {
  const found = [];
  let cursor;
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await api.get("/console/push-sender/admin/v1/topics", { cursor });
      found.push(...answer.items.map(troubleOf).filter(Boolean));
      cursor = answer.nextCursor;
      if (!cursor) return found;
    }
    return [...found, "There are more topics than are looked at here: not all in trouble may be named."];
  } catch {
    return [...found, "push-sender can't be asked now: topics in trouble are not named."];
  }
}

async function refusedWrites() {
  try {
    const answer = await api.get("/console/google-bridge/admin/v1/operations", { state: "failed", limit: 5 });
    return answer.items.map((operation) =>
      `Google refused ${operation.kind} of ${operation.target}: ${operation.lastError ?? operation.lastStatus}`);
  } catch {
    return ["google-bridge can't be asked now: writes that Google refused are not named."];
  }
}

/** What to do on the first day. */
const beginning = () => h("ol", { class: "steps", "aria-label": "How to begin" },
  h("li", {}, link("/console/wallet-configurations/_new", "Make a wallet configuration"), h("p", {}, "It holds the certificate of Apple and the keys of Google.")),
  h("li", {}, link("/console/campaigns/_new", "Make a campaign"), h("p", {}, "It says what passes show. Or import a .pkpass that you have.")),
  h("li", {}, "Hand out links", h("p", {}, "POST /pers/v1/urls makes one for each person. Opening it makes the pass.")));

export default async function page({ query }) {
  const days = query.get("days") ?? "30";
  const from = new Date(Date.now() - (Number(days) - 1) * 86_400_000).toISOString().slice(0, 10);
  const [overview, topics, writes, campaigns] = await Promise.all([
    api.get("/admin/v1/overview", { from }), topicTroubles(), refusedWrites(),
    api.get("/admin/v1/campaigns", { limit: 1 })]);
  const warnings = [...overview.warnings, ...topics, ...writes];
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
