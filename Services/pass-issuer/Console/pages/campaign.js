// One campaign: its form, checked while it is typed, beside what its passes will look like.
import * as api from "../api.js";
import { beginning, Editor } from "../campaign/editor.js";
import { images, importer } from "../campaign/images.js";
import { Preview } from "../campaign/preview.js";
import { badge, empty, h, link, notices, number, paged, row, sure, toast, when } from "../dom.js";

const own = ["id", "version", "state", "warnings", "passes", "rollout", "googleClass", "createdAt", "updatedAt"];
const pathOf = (id) => `/admin/v1/campaigns/${api.part(id)}`;

async function passes(id) {
  const list = await paged("Passes", ["Serial number", "Contact", "Devices", "Changed"],
    (cursor) => api.get(`${pathOf(id)}/passes`, { cursor, limit: 50 }),
    (pass) => row(link(`/console/passes/${api.part(pass.serialNumber)}`, pass.serialNumber), String(pass.contact.id ?? "–"),
      pass.installations ?? "–", when(pass.updatedAt)),
    empty("No pass yet", "A pass is made when its link is opened for the first time. POST /pers/v1/urls makes links."));
  return { title: "Passes", content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Passes of ",
    link(`/console/campaigns/${api.part(id)}`, id))), list) };
}

/** The form, its checks and how it is saved. */
class Workbench {
  constructor(id, campaign, configurations, go) {
    this.isNew = id === "_new";
    this.id = id;
    this.go = go;
    this.name = h("input", {
      id: "campaign-id", required: true, pattern: "[a-z0-9\\-]{1,64}", autocomplete: "off", placeholder: "spring-loyalty",
      "aria-describedby": "campaign-id-fault", oninput: () => { this.form.querySelector("#campaign-id-fault").textContent = ""; },
    });
    this.editor = new Editor(campaign, configurations, () => this.later());
    this.preview = new Preview(() => this.target || "new-campaign", () => this.editor.campaign);
    this.rest = h("div", { role: "status", "aria-live": "polite" });
    this.save = h("button", { type: "submit" }, this.isNew ? "Create campaign" : "Save");
    this.summary = h("p", { class: "note" }, "Checking…");
    this.notes = h("details", { class: "notices warn", hidden: true });
    this.turn = 0;
    this.form = h("form", { novalidate: true, onsubmit: (event) => this.submit(event) },
      this.isNew ? h("div", { class: "field" }, h("label", { for: "campaign-id" }, "Id, for links and programs"), this.name,
        h("p", { class: "fault", id: "campaign-id-fault" })) : "",
      this.editor.element, this.rest, this.notes, h("div", { class: "bar stays" }, this.save, this.summary));
  }

  get target() { return this.isNew ? this.name.value : this.id; }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), 300);
  }

  async check() {
    const mine = ++this.turn;
    let answer;
    try {
      answer = await api.post(`${pathOf(this.target || "new-campaign")}/validation`, this.editor.campaign);
    } catch (error) {
      answer = { errors: error.errors, warnings: error.errors.length ? [] : [error.message] };
    }
    if (mine !== this.turn) return;
    const others = this.editor.mark(answer.errors).map((error) => `${error.pointer} ${error.detail}`);
    this.rest.replaceChildren(notices(others, "bad", "Faults") ?? "");
    this.rest.dataset.checked = String(mine);
    this.tell(answer);
    await this.preview.renew(!this.isNew);
  }

  /** How many faults and notes there are, and the notes themselves for whoever opens them. */
  tell({ errors, warnings }) {
    const count = (list, name) => `${number(list.length)} ${name}${list.length === 1 ? "" : "s"}`;
    this.summary.textContent = [errors.length ? count(errors, "fault") : "No faults", warnings.length ? count(warnings, "note") : ""]
      .filter(Boolean).join(", ");
    this.notes.hidden = !warnings.length;
    this.notes.replaceChildren(h("summary", {}, `${count(warnings, "note")} about this content`),
      h("ul", {}, warnings.map((text) => h("li", {}, text))));
  }

  async submit(event) {
    event.preventDefault();
    if (this.isNew && !this.name.checkValidity()) {
      this.form.querySelector("#campaign-id-fault").textContent = "Give an id of 1 to 64 letters a–z, digits or hyphens.";
      return this.name.focus();
    }
    this.save.disabled = true;
    try {
      const answer = await api.put(pathOf(this.target), this.editor.campaign);
      toast(answer.rollout?.state === "running" ? "Saved. The change is on its way to the phones." : "Saved.");
      this.go(`/console/campaigns/${api.part(answer.id)}`);
    } catch (error) {
      const others = this.editor.mark(error.errors);
      this.rest.replaceChildren(notices([error.message, ...others.map((fault) => `${fault.pointer} ${fault.detail}`)], "bad", "Faults"));
      this.form.querySelector("[aria-invalid]")?.focus();
    } finally {
      this.save.disabled = false;
    }
  }
}

function head(stored) {
  if (!stored) return h("div", { class: "head" }, h("h1", {}, "New campaign"));
  return h("div", { class: "head" }, h("h1", {}, stored.name), badge(stored.state),
    link(`/console/campaigns/${api.part(stored.id)}/passes`, `${number(stored.passes)} passes`),
    stored.rollout ? link(`/console/rollouts/${api.part(stored.rollout.id)}`, `Rollout ${stored.rollout.state}`) : "");
}

/** Deleting, or ending once there are passes. */
function ending(stored, go) {
  if (stored.state === "ended") return "";
  const [text, asks, force] = stored.passes
    ? ["End campaign", "End it and void its passes", true] : ["Delete campaign", "Delete it for good"];
  return h("section", { class: "card danger", "aria-label": text }, h("p", {}, stored.passes
    ? "Links stop working, and every pass that is out is voided." : "It has no passes yet, so nothing but the campaign goes."),
  sure(text, asks, async () => {
    await api.remove(pathOf(stored.id), { force });
    go(stored.passes ? `/console/campaigns/${api.part(stored.id)}` : "/console/campaigns");
    return stored.passes ? "The campaign has ended." : "The campaign is gone.";
  }));
}

export default async function page({ id, part, go }) {
  if (part === "passes") return passes(id);
  const isNew = id === "_new";
  const [stored, configurations] = await Promise.all([
    isNew ? null : api.get(pathOf(id)), api.get("/admin/v1/wallet-configurations", { limit: 500 })]);
  if (isNew && !configurations.items.length) {
    return { title: "New campaign", content: h("div", {}, head(null),
      empty("First a wallet configuration", "A campaign's passes are signed with the certificate of a wallet configuration, and there is none yet.",
        link("/console/wallet-configurations/_new", "Make one"))) };
  }
  const campaign = stored ? structuredClone(stored) : beginning();
  for (const key of own) delete campaign[key];
  campaign.walletConfigurationId ||= configurations.items[0]?.id ?? "";
  const bench = new Workbench(id, campaign, configurations.items, go);
  const aside = isNew
    ? [importer(() => bench.name.value, () => bench.editor.campaign.walletConfigurationId, go)]
    : [await images(id, () => bench.later()), ending(stored, go)];
  bench.check();
  return {
    title: isNew ? "New campaign" : stored.name, isWide: true,
    content: h("div", {}, head(stored), stored?.state === "draft" ? notices(stored.warnings, "warn", "What the draft lacks") ?? "" : "",
      h("div", { class: "workbench" }, h("div", {}, bench.form, aside), bench.preview.element)),
  };
}
