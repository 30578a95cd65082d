import * as api from "../api.js";
import { badge, empty, facts, h, link, notices, number, paged, repeat, row, span, toast, when } from "../dom.js";

const causes = { campaignChanged: "Campaign changed", passUpdates: "Mass update", campaignEnded: "Campaign ended" };
const treated = (rollout) => rollout.notified + rollout.unchanged + rollout.failed;

function progress(rollout) {
  const bar = h("progress", { max: Math.max(1, rollout.total), value: treated(rollout), "aria-label": "Passes treated" });
  const text = `${number(treated(rollout))} of ${number(rollout.total)}`;
  const left = rollout.remainingSeconds ? `, about ${span(rollout.remainingSeconds)} left` : "";
  return h("div", { class: "progress" }, bar, h("small", {}, text + left));
}

function buttons(rollout, renew) {
  const path = `/admin/v1/rollouts/${api.part(rollout.id)}`;
  const act = async (answer) => {
    try {
      renew(await answer);
    } catch (error) {
      toast(error.message);
    }
  };
  const name = `rollout ${rollout.id}`;
  if (rollout.state === "running") {
    return h("button", { type: "button", class: "quiet", "aria-label": `Pause ${name}`, onclick: () => act(api.post(`${path}/pause`)) }, "Pause");
  }
  if (rollout.state === "paused") {
    return h("button", { type: "button", "aria-label": `Resume ${name}`, onclick: () => act(api.post(`${path}/resume`)) }, "Resume");
  }
  return null;
}

/** A row that renews itself while its rollout goes on. */
function rolloutRow(rollout) {
  const cells = (current) => [
    h("span", {}, link(`/console/rollouts/${api.part(current.id)}`, causes[current.cause] ?? current.cause),
      h("small", {}, current.campaignId ?? "several campaigns")),
    badge(current.state), progress(current), when(current.startedAt), buttons(current, renew),
  ].map((cell) => h("td", {}, cell ?? ""));
  const element = h("tr", { "data-rollout": rollout.id });
  const renew = (current) => {
    rollout = current;
    element.replaceChildren(...cells(current));
  };
  renew(rollout);
  repeat(element, 1500, async () => {
    if (rollout.state === "running" && !element.contains(document.activeElement)) {
      renew(await api.get(`/admin/v1/rollouts/${api.part(rollout.id)}`));
    }
  });
  return element;
}

async function one(id) {
  const place = h("div");
  const show = (rollout) => place.replaceChildren(
    h("div", { class: "head" }, h("h1", {}, causes[rollout.cause] ?? rollout.cause), badge(rollout.state), buttons(rollout, show) ?? ""),
    h("div", { class: "card" }, progress(rollout), facts([["Passes told", number(rollout.notified)], ["Unchanged", number(rollout.unchanged)],
        ["Failed", number(rollout.failed)], ["Started", when(rollout.startedAt)], ["Finished", when(rollout.finishedAt)],
        ["Pace", rollout.ratePerSecond ? `${number(rollout.ratePerSecond)} a second` : "without limit"],
        ["Campaign", rollout.campaignId ? link(`/console/campaigns/${api.part(rollout.campaignId)}`, rollout.campaignId) : "–"]])),
    notices(rollout.errors.map((error) =>
      `${error.line ? `Line ${error.line}: ` : ""}${error.serialNumber ? `${error.serialNumber}: ` : ""}${error.reason}`), "bad", "What failed") ?? "");
  const load = () => api.get(`/admin/v1/rollouts/${api.part(id)}`);
  let current = await load();
  show(current);
  repeat(place, 1500, async () => {
    if (["done", "failed", "superseded"].includes(current.state) || place.contains(document.activeElement)) return;
    current = await load();
    show(current);
  });
  return { title: "Rollout", content: place };
}

export default async function page({ id }) {
  if (id) return one(id);
  const list = await paged("Rollouts", ["Change", "State", "Progress", "Started", "Action"],
    (cursor) => api.get("/admin/v1/rollouts", { cursor, limit: 25 }), rolloutRow,
    empty("No rollout yet", "When a campaign with installed passes changes, its way to the phones is shown here."));
  return { title: "Rollouts", content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Rollouts")), list) };
}
