import * as api from "../api.js";
import { badge, empty, facts, h, link, notices, paged, row, sure, when } from "../dom.js";
import { form } from "../configuration/form.js";

const pathOf = (id) => `/admin/v1/wallet-configurations/${api.part(id)}`;

/** `apnsHandshake` as words. */
const words = (name) => name.replace(/([A-Z])/g, " $1").toLowerCase().replace(/^./, (letter) => letter.toUpperCase())
  .replace("Apns", "APNs").replace("Google ", "Google: ");

/** The checks, run by the server while somebody waits. */
function checks(id) {
  const place = h("div", { "aria-live": "polite" });
  const run = async () => {
    again.disabled = true;
    place.replaceChildren(h("p", { class: "loading" }, "Checking Apple and Google…"));
    try {
      const answer = await api.get(`${pathOf(id)}/checks`);
      place.replaceChildren(answer.checks.length ? h("ul", { class: "checks" }, answer.checks.map((check) =>
        h("li", {}, badge(check.state), h("div", {}, h("strong", {}, words(check.name)), h("p", {}, check.detail),
          check.remedy ? h("p", { class: "remedy" }, check.remedy) : ""))))
        : h("p", { class: "note" }, "It holds no credentials yet, so there is nothing to check."));
    } catch (error) {
      place.replaceChildren(h("p", { class: "fault" }, error.message));
    } finally {
      again.disabled = false;
    }
  };
  const again = h("button", { type: "button", class: "quiet", onclick: run }, "Check again");
  run();
  return h("section", { class: "card", "aria-label": "Checks" }, h("div", { class: "head" }, h("h2", {}, "Checks"), again), place);
}

function holdings({ organizationName, apple, google, updatedAt }) {
  return h("section", { class: "card", "aria-label": "Contents" }, h("h2", {}, "What it holds"), facts([
    ["Organisation", organizationName], ["Pass type", apple?.passTypeIdentifier ?? "no Apple certificate"],
    ["Team", apple?.teamIdentifier], ["Certificate", apple?.certificate?.subject],
    ["Valid until", when(apple?.certificate?.notAfter)], ["Push key", apple?.pushKey?.keyId ?? "none: the certificate pushes"],
    ["Google issuer", google?.issuerId ?? "no Google issuer"], ["Service account", google?.clientEmail], ["Changed", when(updatedAt)],
  ]));
}

async function one(id, go) {
  const configuration = await api.get(pathOf(id));
  return {
    title: configuration.name,
    content: h("div", {}, h("div", { class: "head" }, h("h1", {}, configuration.name)),
      notices(configuration.warnings) ?? "",
      h("div", { class: "columns" }, checks(id), holdings(configuration)),
      form(id, configuration, go),
      h("section", { class: "card danger", "aria-label": "Delete" },
        h("p", {}, "Its keys are deleted with it. One that a campaign uses stays."),
        sure("Delete configuration", "Delete it for good", async () => {
          await api.remove(pathOf(id));
          go("/console/wallet-configurations");
          return "The wallet configuration is gone.";
        }))),
  };
}

export default async function page({ id, go }) {
  if (id === "_new") {
    return { title: "New wallet configuration", content: h("div", {},
      h("div", { class: "head" }, h("h1", {}, "New wallet configuration")), form(null, null, go)) };
  }
  if (id) return one(id, go);
  const create = () => h("a", { href: "/console/wallet-configurations/_new", class: "button" }, "New wallet configuration");
  const list = await paged("Wallet configurations", ["Name", "Pass type", "Certificate until", "Google issuer", "State"],
    (cursor) => api.get("/admin/v1/wallet-configurations", { cursor, limit: 50 }),
    (item) => row(h("span", {}, link(`/console/wallet-configurations/${api.part(item.id)}`, item.name), h("small", {}, item.id)),
      item.apple?.passTypeIdentifier ?? "–", when(item.apple?.certificate?.notAfter), item.google?.issuerId ?? "–",
      badge(item.warnings.length ? "warning" : "ok")),
    empty("No wallet configuration yet", "It holds the certificate and keys that sign passes. Make one, then a campaign.", create()));
  return {
    title: "Wallet configurations",
    content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Wallet configurations"), list.matches(".empty") ? "" : create()), list),
  };
}
