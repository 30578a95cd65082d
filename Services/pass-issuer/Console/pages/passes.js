import * as api from "../api.js";
import { badge, empty, facts, h, link, notices, number, paged, row, when } from "../dom.js";

const steps = {
  issued: "Issued", downloaded: "Downloaded", registered: "Registered by a device", unregistered: "Removed from a device",
  changed: "Changed", pushQueued: "Push waits", pushAccepted: "Push taken by Apple", pushRejected: "Push refused by Apple",
  changesListed: "Phone asked what changed", fetched: "Phone fetched the pass", notModified: "Phone has the newest pass",
  deviceLog: "Phone complained", googleWritten: "Written to Google", googleSaved: "Saved to Google Wallet",
  googleDeleted: "Deleted from Google Wallet",
};
const missing = {
  pushQueued: "The push has not been queued yet. See Queues for the topic.",
  pushAccepted: "Apple has not taken the push yet. The phone learns nothing until it has.",
  changesListed: "The phone was pushed and has not asked what changed. It may be off or without network.",
  fetched: "The phone knows that the pass changed, and has not fetched it yet.",
  googleWritten: "The change has not been written to Google yet. See Queues for the operation.",
};

const waiting = (kind) => kind && h("p", { class: "waiting", role: "status", "data-waiting": kind },
  h("strong", {}, `Waiting for “${steps[kind] ?? kind}”. `), missing[kind] ?? "");

async function one(serial) {
  const [pass, timeline] = await Promise.all([
    api.get(`/admin/v1/passes/${api.part(serial)}`), api.get(`/admin/v1/passes/${api.part(serial)}/timeline`)]);
  const content = h("div", {},
    h("div", { class: "head" }, h("h1", {}, "Pass"), pass.voided ? badge("voided") : ""),
    h("p", { class: "mono" }, pass.serialNumber),
    waiting(timeline.waitingFor) ?? (pass.installations ? h("p", { class: "notices good" }, "Every device has the newest pass.") : ""),
    notices((timeline.missing ?? []).map((service) => `${service} can't be asked now: its steps are missing.`)) ?? "",
    h("div", { class: "columns" },
      h("section", { class: "card" }, h("h2", {}, "Timeline"),
        h("ol", { class: "timeline" }, timeline.events.map((event) => h("li", { "data-kind": event.kind },
          h("strong", {}, steps[event.kind] ?? event.kind), when(event.at), h("p", {}, event.detail),
          h("small", {}, event.service, event.deviceLibraryIdentifier ? ` · device ${event.deviceLibraryIdentifier}` : ""))),
          timeline.waitingFor ? h("li", { class: "waits" }, h("strong", {}, steps[timeline.waitingFor] ?? timeline.waitingFor),
            h("p", {}, "This is still missing.")) : "")),
      h("section", { class: "card" }, h("h2", {}, "What it is"),
        facts([["Campaign", link(`/console/campaigns/${api.part(pass.campaignId)}`, pass.campaignId)],
          ["Wallets", pass.platforms.join(", ")], ["Devices", pass.installations ?? "unknown"], ["Version", number(pass.version)],
          ["Issued", when(pass.createdAt)], ["Data of", when(pass.dataAt)]]),
      h("h3", {}, "Contact"), h("pre", { tabindex: "0" }, JSON.stringify(pass.contact, null, 2)),
      h("h3", {}, "Voucher"), h("pre", { tabindex: "0" }, JSON.stringify(pass.voucher, null, 2)),
      link(`/console/device-logs?serialNumber=${api.part(pass.serialNumber)}`, "What phones logged about it"))));
  return { title: "Pass", content };
}

export default async function page({ id, query, go }) {
  if (id) return one(id);
  const text = query.get("q") ?? "";
  const field = h("input", { id: "search", type: "search", value: text, required: true, maxlength: "256" });
  const form = h("form", { class: "search", role: "search" },
    h("label", { for: "search" }, "Serial number or contact id (Ctrl K leads here from every page)"), field, h("button", { type: "submit" }, "Search"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(`/console/passes?q=${api.part(field.value.trim())}`);
  });
  let found = empty("Find a pass", "Search by its serial number, or by the contact.id that its link had.");
  if (text) {
    const exact = await api.get(`/admin/v1/passes/${api.part(text)}`).catch((error) => {
      if ([404, 422].includes(error.status)) return null;
      throw error;
    });
    found = await paged("Passes", ["Serial number", "Campaign", "Wallets", "Changed"],
      async (cursor) => {
        const page = await api.get("/admin/v1/passes", { contactId: text, cursor });
        return exact && !cursor ? { ...page, items: [exact, ...page.items.filter((pass) => pass.serialNumber !== text)] } : page;
      },
      (pass) => row(link(`/console/passes/${api.part(pass.serialNumber)}`, pass.serialNumber),
        link(`/console/campaigns/${api.part(pass.campaignId)}`, pass.campaignId), pass.platforms.join(", "), when(pass.updatedAt)),
      empty("Nothing found", "No pass has this serial number, and no contact has this id. Both are compared exactly."));
  }
  return { title: "Passes", content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Passes")), form, found) };
}
