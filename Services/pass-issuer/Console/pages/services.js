// What the other services own, asked through pass-issuer in the administrator's name.
import * as api from "../api.js";
import { badge, empty, h, link, number, paged, row, toast, when } from "../dom.js";

const act = (text, name, body) => h("button", {
  type: "button", class: "quiet", "aria-label": `${text} ${name}`,
  onclick: async (event) => {
    event.target.disabled = true;
    try {
      toast(await body());
    } catch (error) {
      toast(error.message);
    } finally {
      event.target.disabled = false;
    }
  },
}, text);

const head = (title, ...rest) => h("div", {}, h("div", { class: "head" }, h("h1", {}, title)), ...rest);

async function google() {
  const base = "/console/google-bridge/admin/v1/classes";
  const differences = h("div", { "aria-live": "polite" });
  const drift = async (id) => {
    const found = (await api.get(`${base}/${api.part(id)}/drift`)).differences;
    differences.replaceChildren(h("h2", {}, `Differences of ${id}`), found.length
      ? h("ul", { class: "notices warn" }, found.map((item) =>
        h("li", {}, `${item.pointer}: we want ${JSON.stringify(item.wanted)}, Google has ${JSON.stringify(item.remote)} (${item.origin})`)))
      : h("p", { class: "notices good" }, "Google has what we want."));
    return "Compared.";
  };
  const list = await paged("Classes", ["Campaign", "Class", "State", "Action"],
    (cursor) => api.get(base, { cursor }),
    (item) => row(link(`/console/campaigns/${api.part(item.campaignId)}`, item.campaignId),
      h("span", { class: "mono" }, item.classId ?? "–"), badge(item.state),
      h("div", { class: "actions" }, act("Compare", item.campaignId, () => drift(item.campaignId)),
        act("Sync", item.campaignId, async () => {
          await api.post(`${base}/${api.part(item.campaignId)}/sync`);
          return "What differs is being written.";
        }))),
    empty("No class yet", "A campaign whose wallet configuration has a Google issuer gets a class once it is active."));
  return { title: "Google classes", content: head("Google classes", list, differences) };
}

const topics = "/console/push-sender/admin/v1/topics";
const operations = "/console/google-bridge/admin/v1/operations";

function topicRow(topic, renew) {
  const path = `${topics}/${api.part(topic.passTypeIdentifier)}`;
  const button = (text, change) => act(text, topic.passTypeIdentifier, async () => {
    const { state } = await change();
    renew();
    return `${topic.passTypeIdentifier} is ${state}.`;
  });
  return row(topic.passTypeIdentifier, badge(topic.state), number(topic.queued), number(topic.accepted),
    topic.lastError ?? "–", topic.state === "running"
      ? button("Pause", () => api.post(`${path}/pause`)) : button("Resume", () => api.post(`${path}/resume`)));
}

function operationRow(item, renew) {
  const retry = act("Retry", item.target, async () => {
    await api.post(`${operations}/${api.part(item.id)}/retry`);
    renew();
    return "It is being tried again.";
  });
  return row(item.kind, item.target, number(item.attempts),
    h("span", {}, item.lastError ?? "–", h("small", {}, item.remedy ?? "")), retry);
}

async function queues(go) {
  const renew = () => go(location.pathname);
  const orFault = (list) => list.catch((error) => h("p", { class: "notices bad" }, error.message));
  const pushes = paged("Pushes to Apple", ["Topic", "State", "Waiting", "Accepted", "Last error", "Action"],
    (cursor) => api.get(topics, { cursor }), (topic) => topicRow(topic, renew),
    empty("No topic yet", "A topic appears with the first Apple certificate."));
  const writes = paged("Failed writes to Google", ["Write", "Target", "Attempts", "Error", "Action"],
    (cursor) => api.get(operations, { state: "failed", cursor }), (item) => operationRow(item, renew),
    empty("No failed write", "Google took all that it was sent."));
  const [apple, google] = await Promise.all([orFault(pushes), orFault(writes)]);
  return { title: "Queues", content: head("Queues", h("div", { class: "parts" },
    h("section", {}, h("h2", {}, "Pushes to Apple"), apple), h("section", {}, h("h2", {}, "Writes that Google refused"), google))) };
}

const kinds = [
  "authentication", "unexpectedResponse", "missingTag", "sameTag", "spuriousPush", "passUnchanged", "ignoredIfModifiedSince",
  "missingLastModified", "unregisteredSerialNumber", "personalization", "invalidPass", "other",
];

/** Leaves the lines of one kind. */
function kindFilter(query, go) {
  const select = h("select", { id: "kind" }, ["", ...kinds].map((kind) =>
    h("option", { value: kind, selected: kind === (query.get("kind") ?? "") }, kind || "every kind")));
  select.addEventListener("input", () => {
    const wanted = new URLSearchParams(query);
    if (select.value) wanted.set("kind", select.value);
    else wanted.delete("kind");
    go(`/console/device-logs?${wanted}`);
  });
  return h("div", { class: "filter" }, h("label", { for: "kind" }, "Show"), select);
}

async function deviceLogs(query, go) {
  const serialNumber = query.get("serialNumber") ?? undefined;
  const kind = query.get("kind") ?? undefined;
  const list = await paged("Device logs", ["When", "Kind", "What it means", "What to do"],
    (cursor) => api.get("/console/device-registry/admin/v1/device-logs", { serialNumber, kind, cursor }),
    (item) => row(when(item.at), item.kind, h("span", {}, item.meaning, h("small", {}, item.line)), item.remedy ?? "–"),
    empty("No phone complained", "What phones write to the web service's log stands here, with its meaning."));
  return {
    title: "Device logs",
    content: head("Device logs", kindFilter(query, go), serialNumber ? h("p", {}, "Of the pass ", link(`/console/passes/${api.part(serialNumber)}`, serialNumber)) : "", list),
  };
}

export default function page({ name, query, go }) {
  if (name === "google") return google();
  return name === "queues" ? queues(go) : deviceLogs(query, go);
}
