// One campaign: its form, checked while it is typed, beside what its passes will look like.
import * as api from "../api.js";
import { badge, empty, h, link, notices, number, paged, row, toast, when } from "../dom.js";
import { apple } from "../wallet/apple.js";
import { google } from "../wallet/google.js";

const styles = ["storeCard", "coupon", "eventTicket", "generic", "boardingPass"];
const groups = [
  ["headerFields", "Header"], ["primaryFields", "Primary"], ["secondaryFields", "Secondary"],
  ["auxiliaryFields", "Auxiliary"], ["backFields", "Back"],
];
const formats = ["QR", "PDF417", "Aztec", "Code128"].map((name) => `PKBarcodeFormat${name}`);
const own = ["id", "version", "state", "warnings", "passes", "rollout", "googleClass", "createdAt", "updatedAt"];

const beginning = () => ({
  name: "", walletConfigurationId: "",
  pass: {
    description: "", backgroundColor: "rgb(32, 64, 128)",
    foregroundColor: "rgb(255, 255, 255)", labelColor: "rgb(200, 214, 255)",
    storeCard: {
      headerFields: [], primaryFields: [{ key: "name", label: "Member", value: "{{contact.firstName}}" }],
      secondaryFields: [], auxiliaryFields: [], backFields: [],
    },
    barcodes: [{ format: "PKBarcodeFormatQR", message: "{{contact.id}}", messageEncoding: "iso-8859-1" }],
  },
  tokens: { onMissing: "reject", defaults: {} },
});

const styleOf = (pass) => styles.find((style) => pass[style]) ?? "generic";

function toHex(colour) {
  const parts = /^rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(colour ?? "");
  return parts ? `#${parts.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : colour ?? "#000000";
}

const toRGB = (hex) => `rgb(${[1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)).join(", ")})`;

/** The form of a campaign. Each input knows the place of its value as a JSON Pointer, so faults find it. */
class Editor {
  constructor(campaign, configurations, changed) {
    this.campaign = campaign;
    this.configurations = configurations;
    this.changed = changed;
    this.element = h("div", { class: "editor" });
    this.count = 0;
    this.draw();
  }

  input(label, pointer, value, set, properties = {}, choices = null) {
    const id = `input-${++this.count}`;
    const field = choices
      ? h("select", { id, "data-pointer": pointer }, choices.map(([choice, text]) =>
        h("option", { value: choice, selected: choice === value }, text)))
      : h(properties.rows ? "textarea" : "input", { id, "data-pointer": pointer, value: value ?? "", ...properties });
    field.setAttribute("aria-describedby", `${id}-fault`);
    field.addEventListener("input", () => {
      set(field.value);
      this.changed();
    });
    return h("div", { class: "field" }, h("label", { for: id }, label), field,
      h("p", { class: "fault", id: `${id}-fault`, "data-fault": pointer }));
  }

  text(label, object, key, pointer, properties = {}) {
    return this.input(label, pointer, object[key], (value) => {
      if (value === "" && !properties.required) delete object[key];
      else object[key] = value;
    }, properties);
  }

  colour(label, key) {
    const { pass } = this.campaign;
    return this.input(label, `/pass/${key}`, toHex(pass[key]), (value) => { pass[key] = toRGB(value); }, { type: "color" });
  }

  fields(group, title) {
    const style = styleOf(this.campaign.pass);
    const fields = (this.campaign.pass[style][group] ??= []);
    const rows = fields.map((field, index) => {
      const at = `/pass/${style}/${group}/${index}`;
      return h("div", { class: "field-row", "data-pointer": at, tabindex: "-1" },
        this.text("Key", field, "key", `${at}/key`, { required: true }), this.text("Label", field, "label", `${at}/label`),
        this.input("Value", `${at}/value`, field.value, (value) => { field.value = value; }),
        this.text("Says on change", field, "changeMessage", `${at}/changeMessage`, { placeholder: "Now %@" }),
        h("button", {
          type: "button", class: "quiet", "aria-label": `Remove field ${field.key || index + 1} of ${title}`,
          onclick: () => { fields.splice(index, 1); this.redraw(); },
        }, "Remove"));
    });
    return h("fieldset", {}, h("legend", {}, `${title} fields`), rows, h("button", {
      type: "button", class: "quiet",
      onclick: () => {
        fields.push({ key: `${group.replace("Fields", "")}${fields.length + 1}`, label: "", value: "" });
        this.redraw();
      },
    }, `Add a field: ${title.toLowerCase()}`));
  }

  barcode() {
    const { pass } = this.campaign;
    const code = pass.barcodes?.[0];
    const choices = [["", "None"], ...formats.map((format) => [format, format.replace("PKBarcodeFormat", "")])];
    const choose = this.input("Barcode", "/pass/barcodes/0/format", code?.format ?? "", (format) => {
      if (!format) delete pass.barcodes;
      else pass.barcodes = [{ messageEncoding: "iso-8859-1", message: "{{contact.id}}", ...code, format }];
      this.redraw();
    }, {}, choices);
    return h("fieldset", {}, h("legend", {}, "Barcode"), choose, code ? [
      this.text("It says", code, "message", "/pass/barcodes/0/message", { required: true }),
      this.text("Text below it", code, "altText", "/pass/barcodes/0/altText")] : []);
  }

  style() {
    const { pass } = this.campaign;
    return this.input("Style", "/pass", styleOf(pass), (style) => {
      const old = styleOf(pass);
      pass[style] = pass[old] ?? {};
      if (old !== style) delete pass[old];
      if (style === "boardingPass") pass[style].transitType ??= "PKTransitTypeGeneric";
      else delete pass[style].transitType;
      this.redraw();
    }, {}, styles.map((style) => [style, style]));
  }

  json() {
    const area = this.input("The campaign as JSON", "", JSON.stringify(this.campaign, null, 2), () => {}, {
      rows: 18, spellcheck: "false", class: "mono" });
    const field = area.querySelector("textarea");
    field.addEventListener("change", () => {
      const fault = area.querySelector(".fault");
      try {
        this.campaign = JSON.parse(field.value);
        fault.textContent = "";
        this.redraw();
      } catch (error) {
        fault.textContent = `This is no JSON: ${error.message}`;
      }
    });
    const details = h("details", {}, h("summary", {}, "Everything else, as JSON"), area);
    details.addEventListener("toggle", () => { field.value = JSON.stringify(this.campaign, null, 2); });
    return details;
  }

  draw() {
    const { campaign } = this;
    const { pass } = campaign;
    this.element.replaceChildren(
      h("fieldset", {}, h("legend", {}, "Campaign"),
        this.text("Name", campaign, "name", "/name", { required: true }),
        this.input("Wallet configuration", "/walletConfigurationId", campaign.walletConfigurationId,
          (value) => { campaign.walletConfigurationId = value; }, {},
          this.configurations.map((item) => [item.id, item.name])),
        this.style(),
        this.text("Links end at", campaign, "endsAt", "/endsAt", { placeholder: "2027-06-30T00:00:00Z" })),
      h("fieldset", {}, h("legend", {}, "Front"),
        this.text("Organisation", pass, "organizationName", "/pass/organizationName"),
        this.text("Description, read aloud", pass, "description", "/pass/description", { required: true }),
        this.text("Text beside the logo", pass, "logoText", "/pass/logoText"),
        h("div", { class: "colours" }, this.colour("Background", "backgroundColor"),
          this.colour("Text", "foregroundColor"), this.colour("Labels", "labelColor"))),
      ...groups.map(([group, title]) => this.fields(group, title)), this.barcode(), this.json());
  }

  redraw() {
    const pointer = document.activeElement?.dataset?.pointer;
    const open = this.element.querySelector("details")?.open;
    this.draw();
    if (open) this.element.querySelector("details").open = true;
    if (pointer) this.element.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`)?.focus();
    this.changed();
  }

  /** Puts each fault at the input that it is about; returns those that belong to none. */
  mark(errors) {
    for (const place of this.element.querySelectorAll("[data-fault]")) place.textContent = "";
    for (const field of this.element.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    return errors.filter(({ pointer, detail }) => {
      const place = this.element.querySelector(`[data-fault="${CSS.escape(pointer)}"]`);
      if (!place || !pointer) return true;
      place.textContent = detail;
      this.element.querySelector(`[data-pointer="${CSS.escape(pointer)}"]:not(.field-row)`)?.setAttribute("aria-invalid", "true");
      return false;
    });
  }
}

/** The images of a campaign, to be dropped in. */
async function images(id, changed) {
  const place = h("ul", { class: "images" });
  const fault = h("p", { class: "fault", role: "alert" });
  const path = (file) => `/admin/v1/campaigns/${api.part(id)}/images/${api.part(file)}`;
  const draw = async () => {
    const { items } = await api.get(`/admin/v1/campaigns/${api.part(id)}/images`, { limit: 500 });
    place.replaceChildren(...items.map((item) => h("li", {},
      h("img", { src: `${path(item.file)}?${item.sha256.slice(0, 8)}`, alt: item.file }),
      h("span", {}, item.file, h("small", {}, `${item.width} × ${item.height}`)),
      h("button", {
        type: "button", class: "quiet", "aria-label": `Delete ${item.file}`,
        onclick: () => attempt(() => api.remove(path(item.file))),
      }, "Delete"))));
    return items;
  };
  const attempt = async (body) => {
    fault.textContent = "";
    try {
      await body();
    } catch (error) {
      fault.textContent = [error.message, ...error.faults ?? []].join(" ");
    }
    await draw();
    changed();
  };
  const send = (files) => attempt(async () => {
    for (const file of files) await api.put(path(file.name), file, "image/png");
  });
  const choose = h("input", { id: "image-files", type: "file", accept: "image/png", multiple: true });
  choose.addEventListener("change", () => send(choose.files));
  const zone = h("div", { class: "drop" }, h("label", { for: "image-files" },
    "Drop PNG files here, or choose them. Their names say what they are: icon.png, logo@2x.png, strip.png"), choose);
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name === "drop") send(event.dataTransfer.files);
    });
  }
  await draw();
  return h("section", { class: "card" }, h("h2", {}, "Images"), zone, fault, place);
}

function importer(id, wallet, go) {
  const fault = h("p", { class: "fault", role: "alert" });
  const choose = h("input", { id: "package", type: "file", accept: ".pkpass,.pkpasses,.json" });
  choose.addEventListener("change", async () => {
    fault.textContent = "";
    if (!id()) {
      fault.textContent = "Give the campaign an id first.";
      return;
    }
    try {
      const path = `/admin/v1/campaigns/${api.part(id())}/import?walletConfigurationId=${api.part(wallet())}`;
      const campaign = await api.post(path, choose.files[0], { type: "application/vnd.apple.pkpass" });
      toast(`Imported ${campaign.name}.`);
      go(`/console/campaigns/${api.part(campaign.id)}`);
    } catch (error) {
      fault.textContent = [error.message, ...error.faults].join(" ");
    }
  });
  return h("section", { class: "card" }, h("h2", {}, "Import a pass"),
    h("label", { for: "package" }, "A .pkpass that you have becomes the campaign, with its images and translations."), choose, fault);
}

function preview(id, body) {
  const places = { apple: h("div", { class: "stage" }), google: h("div", { class: "stage" }) };
  let pictures = [];
  const show = async (platform, make) => {
    const place = places[platform];
    try {
      const content = await api.post(`/admin/v1/campaigns/${api.part(id())}/preview`, { platform, content: body() });
      place.replaceChildren(make(content));
    } catch (error) {
      place.replaceChildren(h("p", { class: "quiet-text" }, error.status === 409 ? error.message
        : `It can be shown once the faults are mended. ${error.status === 422 ? "" : error.message}`));
    }
  };
  const url = (file) => `/admin/v1/campaigns/${api.part(id())}/images/${api.part(file)}`;
  return {
    element: h("aside", { class: "previews", "aria-label": "Preview with sample values" },
      h("section", {}, h("h2", {}, "Apple Wallet"), places.apple),
      h("section", {}, h("h2", {}, "Google Wallet"), places.google)),
    async renew(hasImages) {
      if (hasImages) {
        const list = await api.get(`/admin/v1/campaigns/${api.part(id())}/images`, { limit: 500 }).catch(() => ({ items: [] }));
        pictures = list.items;
      }
      const image = (role) => {
        const item = [`${role}@3x.png`, `${role}@2x.png`, `${role}.png`].map((file) => pictures.find((item) => item.file === file)).find(Boolean);
        return item ? `${url(item.file)}?${item.sha256.slice(0, 8)}` : null;
      };
      const byHash = (sha256) => {
        const item = pictures.find((item) => item.sha256 === sha256);
        return item ? url(item.file) : null;
      };
      await Promise.all([show("apple", (pass) => apple(pass, image)), show("google", (answer) => google(answer, byHash))]);
    },
  };
}

async function passes(id) {
  const list = await paged("Passes", ["Serial number", "Contact", "Devices", "Changed"],
    (cursor) => api.get(`/admin/v1/campaigns/${api.part(id)}/passes`, { cursor, limit: 50 }),
    (pass) => row(link(`/console/passes/${api.part(pass.serialNumber)}`, pass.serialNumber), String(pass.contact.id ?? "–"),
      pass.installations ?? "–", when(pass.updatedAt)),
    empty("No pass yet", "A pass is made when its link is opened for the first time."));
  return { title: "Passes", content: h("div", {}, h("div", { class: "head" }, h("h1", {}, "Passes of ",
    link(`/console/campaigns/${api.part(id)}`, id))), list) };
}

export default async function page({ id, part, go }) {
  if (part === "passes") return passes(id);
  const isNew = id === "_new";
  const [stored, configurations] = await Promise.all([
    isNew ? null : api.get(`/admin/v1/campaigns/${api.part(id)}`), api.get("/admin/v1/wallet-configurations", { limit: 500 })]);
  const campaign = stored ? structuredClone(stored) : beginning();
  for (const key of own) delete campaign[key];
  campaign.walletConfigurationId ||= configurations.items[0]?.id ?? "";
  const name = h("input", { id: "campaign-id", required: true, pattern: "[a-z0-9\\-]{1,64}", autocomplete: "off" });
  const target = () => (isNew ? name.value : id);
  const rest = h("div", { role: "status", "aria-live": "polite" });
  const body = () => editor.campaign;
  const shown = preview(() => target() || "new-campaign", body);
  let timer;
  let turn = 0;
  const check = async () => {
    const mine = ++turn;
    let answer;
    try {
      answer = await api.post(`/admin/v1/campaigns/${api.part(target() || "new-campaign")}/validation`, body());
    } catch (error) {
      answer = { errors: error.errors, warnings: error.errors.length ? [] : [error.message] };
    }
    if (mine !== turn) return;
    const others = editor.mark(answer.errors).map((error) => `${error.pointer} ${error.detail}`);
    rest.replaceChildren(notices(others, "bad", "Faults") ?? "", notices(answer.warnings) ?? "");
    rest.dataset.checked = String(mine);
    await shown.renew(!isNew);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 300);
  };
  const editor = new Editor(campaign, configurations.items, later);
  const save = h("button", { type: "submit" }, isNew ? "Create campaign" : "Save");
  const form = h("form", { novalidate: true },
    isNew ? h("div", { class: "field" }, h("label", { for: "campaign-id" }, "Id, for links and programs"), name,
      h("p", { class: "fault", id: "campaign-id-fault" })) : "",
    editor.element, rest, h("div", { class: "bar" }, save));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isNew && !name.checkValidity()) {
      form.querySelector("#campaign-id-fault").textContent = "Give an id of 1 to 64 letters a–z, digits or hyphens.";
      return name.focus();
    }
    save.disabled = true;
    try {
      const answer = await api.put(`/admin/v1/campaigns/${api.part(target())}`, body());
      toast(answer.rollout?.state === "running" ? "Saved. The change is on its way to the phones." : "Saved.");
      go(`/console/campaigns/${api.part(answer.id)}`);
    } catch (error) {
      const others = editor.mark(error.errors);
      rest.replaceChildren(notices([error.message, ...others.map((fault) => `${fault.pointer} ${fault.detail}`)], "bad", "Faults"));
      form.querySelector("[aria-invalid]")?.focus();
    } finally {
      save.disabled = false;
    }
  });
  const head = isNew ? h("div", { class: "head" }, h("h1", {}, "New campaign"))
    : h("div", { class: "head" }, h("h1", {}, stored.name), badge(stored.state),
      link(`/console/campaigns/${api.part(id)}/passes`, `${number(stored.passes)} passes`),
      stored.rollout ? link(`/console/rollouts/${api.part(stored.rollout.id)}`, `Rollout ${stored.rollout.state}`) : "");
  const content = h("div", {}, head, isNew ? "" : notices(stored.warnings) ?? "",
    h("div", { class: "workbench" },
      h("div", {}, form, isNew ? importer(() => name.value, () => body().walletConfigurationId, go) : await images(id, later)),
      shown.element));
  if (!configurations.items.length) {
    content.prepend(notices(["There is no wallet configuration yet: passes can't be signed without one."]));
  }
  check();
  return { title: isNew ? "New campaign" : stored.name, content };
}
