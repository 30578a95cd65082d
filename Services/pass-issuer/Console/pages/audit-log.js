// What administrators did: the log of each service, by who, what and when.
import * as api from "../api.js";
import { badge, empty, h, link, paged, row, when } from "../dom.js";

const logs = {
  "pass-issuer": "/admin/v1/audit-log",
  "device-registry": "/console/device-registry/admin/v1/audit-log",
  "push-sender": "/console/push-sender/admin/v1/audit-log",
  "google-bridge": "/console/google-bridge/admin/v1/audit-log",
};
const fields = [
  ["actor", "Who", { maxlength: "512" }], ["route", "Route", { maxlength: "512", placeholder: "/admin/v1/campaigns/{id}" }],
  ["from", "From", { type: "datetime-local" }], ["to", "Until", { type: "datetime-local" }],
];

const address = (query) => `/console/audit-log?${new URLSearchParams(Object.entries(query).filter(([, value]) => value))}`;

/** A time as it is typed, in the browser's time zone, as an instant. */
const instant = (text) => text && new Date(text).toISOString();

/** Leaves the entries of somebody, of a route, of a time. */
function filter(wanted, go) {
  const form = h("form", { class: "card filters", role: "search" }, h("div", { class: "field-columns" },
    fields.map(([name, label, properties]) => h("div", { class: "field" }, h("label", { for: name }, label),
      h("input", { id: name, name, autocomplete: "off", value: wanted[name], ...properties }))),
    h("button", { type: "submit", class: "quiet" }, "Show")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(address({ service: wanted.service, ...Object.fromEntries(new FormData(form)) }));
  });
  return form;
}

/** What was asked, with the ids in their places; what has no place there stands below. */
function action({ method, route, ids }, wanted) {
  const rest = new Map(Object.entries(ids));
  const path = route.replace(/\{([^}]+)\}/g, (place, name) => {
    const text = rest.get(name) ?? place;
    rest.delete(name);
    return text;
  });
  return h("span", {}, `${method} `, link(address({ ...wanted, route }), path),
    rest.size ? h("small", {}, [...rest].map(([name, text]) => `${name}: ${text}`).join(", ")) : "");
}

const outcome = ({ status, requestId }) => h("span", {},
  status ? h("span", { class: `badge ${status < 400 ? "good" : "bad"}` }, String(status)) : badge("unanswered"),
  status ? "" : h("small", {}, "It runs, or its process ended before."), h("small", {}, requestId));

export default async function page({ query, go }) {
  const service = Object.hasOwn(logs, query.get("service")) ? query.get("service") : "pass-issuer";
  const { actor, route, from, to } = Object.fromEntries(query);
  const wanted = { service, actor, route, from, to };
  const list = await paged("Audit log", ["When", "Who", "What", "Answered, and the request's id"],
    (cursor) => api.get(logs[service], { actor, route, from: instant(from), to: instant(to), cursor }),
    (item) => row(when(item.at), link(address({ ...wanted, actor: item.actor }), item.actor), action(item, wanted), outcome(item)),
    empty("Nothing was done", "What administrators change, or are refused, is written here before it is done."));
  return {
    title: "Audit log",
    content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Audit log"),
      h("nav", { class: "segments", "aria-label": "Services" }, Object.keys(logs).map((name) =>
        h("a", { href: address({ service: name }), "aria-current": name === service ? "true" : null }, name)))),
    h("p", { class: "note" }, "Who it was is told by the beginning of a digest: of the token, and of the session where it was the console."),
    filter(wanted, go), list),
  };
}
