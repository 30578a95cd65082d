// The form of a campaign. Each input knows the place of its value as a JSON Pointer, so faults find it.
import { h } from "../dom.js";

const styles = [
  ["storeCard", "Store card"], ["coupon", "Coupon"], ["eventTicket", "Event ticket"], ["generic", "Generic"],
  ["boardingPass", "Boarding pass"],
];
const groups = [
  ["headerFields", "Header"], ["primaryFields", "Primary"], ["secondaryFields", "Secondary"],
  ["auxiliaryFields", "Auxiliary"], ["backFields", "Back"],
];
const formats = ["QR", "PDF417", "Aztec", "Code128"].map((name) => `PKBarcodeFormat${name}`);
const transits = ["Generic", "Air", "Train", "Bus", "Boat"].map((name) => [`PKTransitType${name}`, name]);

/** What a new campaign begins with. */
export const beginning = () => ({
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

const styleOf = (pass) => styles.map(([style]) => style).find((style) => pass[style]) ?? "generic";

function toHex(colour) {
  const parts = /^rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(colour ?? "");
  return parts ? `#${parts.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : colour ?? "#000000";
}

const toRGB = (hex) => `rgb(${[1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)).join(", ")})`;

export class Editor {
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
        this.text("Label", field, "label", `${at}/label`),
        this.input("Value", `${at}/value`, field.value, (value) => { field.value = value; }),
        this.text("Key", field, "key", `${at}/key`, { required: true, class: "mono" }),
        this.text("Says on change", field, "changeMessage", `${at}/changeMessage`, { placeholder: "Now %@" }),
        h("button", {
          type: "button", class: "quiet icon", "aria-label": `Remove field ${field.key || index + 1} of ${title}`, title: "Remove",
          onclick: () => { fields.splice(index, 1); this.redraw(); },
        }, "×"));
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
    const known = code && !formats.includes(code.format) ? [...formats, code.format] : formats;
    const choices = [["", "None"], ...known.map((format) => [format, format.replace("PKBarcodeFormat", "")])];
    const choose = this.input("Barcode", "/pass/barcodes/0/format", code?.format ?? "", (format) => {
      if (!format) delete pass.barcodes;
      else pass.barcodes = [{ messageEncoding: "iso-8859-1", message: "{{contact.id}}", ...code, format }];
      this.redraw();
    }, {}, choices);
    return h("fieldset", {}, h("legend", {}, "Barcode"), h("div", { class: "field-columns" }, choose, code ? [
      this.text("It says", code, "message", "/pass/barcodes/0/message", { required: true }),
      this.text("Text below it", code, "altText", "/pass/barcodes/0/altText")] : []));
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
    }, {}, styles);
  }

  transit() {
    const { boardingPass } = this.campaign.pass;
    return boardingPass ? this.input("Journey by", "/pass/boardingPass/transitType", boardingPass.transitType,
      (value) => { boardingPass.transitType = value; }, {}, transits) : "";
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
    const details = h("details", { class: "card" }, h("summary", {}, "Everything else, as JSON"), area);
    details.addEventListener("toggle", () => { field.value = JSON.stringify(this.campaign, null, 2); });
    return details;
  }

  draw() {
    const { campaign } = this;
    const { pass } = campaign;
    this.element.replaceChildren(
      h("fieldset", {}, h("legend", {}, "Campaign"), h("div", { class: "field-columns" },
        this.text("Name", campaign, "name", "/name", { required: true }),
        this.input("Wallet configuration", "/walletConfigurationId", campaign.walletConfigurationId,
          (value) => { campaign.walletConfigurationId = value; }, {},
          this.configurations.map((item) => [item.id, item.name])),
        this.style(), this.transit(),
        this.text("Links end at", campaign, "endsAt", "/endsAt", { placeholder: "2027-06-30T00:00:00Z" }))),
      h("fieldset", {}, h("legend", {}, "Front"), h("div", { class: "field-columns" },
        this.text("Organisation", pass, "organizationName", "/pass/organizationName"),
        this.text("Text beside the logo", pass, "logoText", "/pass/logoText")),
      this.text("Description, read aloud", pass, "description", "/pass/description", { required: true }),
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
