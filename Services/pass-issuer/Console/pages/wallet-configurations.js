import * as api from "../api.js";
import { badge, empty, h, link, notices, paged, row, when } from "../dom.js";

async function one(id) {
  const configuration = await api.get(`/admin/v1/wallet-configurations/${api.part(id)}`);
  const checks = h("div", { "aria-live": "polite" }, h("p", { class: "loading" }, "Checking Apple and Google…"));
  api.get(`/admin/v1/wallet-configurations/${api.part(id)}/checks`).then(
    (answer) => checks.replaceChildren(h("ul", { class: "checks" }, answer.checks.map((check) =>
      h("li", {}, badge(check.state), h("div", {}, h("strong", {}, check.name), h("p", {}, check.detail),
        check.remedy ? h("p", { class: "remedy" }, check.remedy) : ""))))),
    (error) => checks.replaceChildren(h("p", { class: "fault" }, error.message)));
  const { apple, google } = configuration;
  const facts = [
    ["Organisation", configuration.organizationName ?? "–"], ["Pass type", apple?.passTypeIdentifier ?? "no Apple certificate"],
    ["Team", apple?.teamIdentifier ?? "–"], ["Certificate", apple?.certificate?.subject ?? "–"],
    ["Valid until", when(apple?.certificate?.notAfter)], ["Google issuer", google?.issuerId ?? "no Google issuer"],
    ["Service account", google?.clientEmail ?? "–"], ["Changed", when(configuration.updatedAt)],
  ];
  return {
    title: configuration.name,
    content: h("div", {}, h("div", { class: "head" }, h("h1", {}, configuration.name)),
      notices(configuration.warnings) ?? "",
      h("div", { class: "columns" },
        h("section", { class: "card" }, h("h2", {}, "Checks, run just now"), checks),
        h("section", { class: "card" }, h("h2", {}, "What it holds"),
          h("dl", { class: "facts" }, ...facts.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]))))),
  };
}

export default async function page({ id }) {
  if (id) return one(id);
  const list = await paged("Wallet configurations", ["Name", "Pass type", "Certificate until", "Google issuer", "State"],
    (cursor) => api.get("/admin/v1/wallet-configurations", { cursor, limit: 50 }),
    (item) => row(h("span", {}, link(`/console/wallet-configurations/${api.part(item.id)}`, item.name), h("small", {}, item.id)),
      item.apple?.passTypeIdentifier ?? "–", when(item.apple?.certificate?.notAfter), item.google?.issuerId ?? "–",
      badge(item.warnings.length ? "warning" : "ok")),
    empty("No wallet configuration yet", "It holds the certificate and keys that sign passes. PUT one to /admin/v1/wallet-configurations/{id}."));
  return {
    title: "Wallet configurations",
    content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Wallet configurations")), list),
  };
}
