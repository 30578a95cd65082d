// A pass as Wallet on an iPhone lays it out: the rows of each style, how many fields each draws, where images go.
import { h } from "../dom.js";
import { barcode } from "./barcode.js";

const styles = ["boardingPass", "coupon", "eventTicket", "generic", "storeCard"];

/** What a field shows, formatted as phones do. */
function shown(field) {
  const { value } = field;
  if (typeof value === "number") {
    if (field.currencyCode) return value.toLocaleString(undefined, { style: "currency", currency: field.currencyCode });
    if (field.numberStyle === "PKNumberStylePercent") return value.toLocaleString(undefined, { style: "percent" });
    return value.toLocaleString();
  }
  const lengths = { PKDateStyleShort: "short", PKDateStyleMedium: "medium", PKDateStyleLong: "long", PKDateStyleFull: "full" };
  const [dateStyle, timeStyle] = [lengths[field.dateStyle], lengths[field.timeStyle]];
  if ((dateStyle || timeStyle) && !Number.isNaN(Date.parse(value))) {
    return new Date(value).toLocaleString(undefined, { dateStyle, timeStyle });
  }
  return String(value ?? "");
}

const align = { PKTextAlignmentLeft: "start", PKTextAlignmentCenter: "center", PKTextAlignmentRight: "end" };

function cell(field, extra = "") {
  const last = align[field.textAlignment] ?? "";
  return h("div", { class: `pk-field ${extra} ${last}` }, h("span", { class: "pk-label" }, field.label ?? ""),
    h("span", { class: "pk-value" }, shown(field)));
}

const line = (fields, name) => (fields.length ? h("div", { class: `pk-row ${name}` }, fields.map((field) => cell(field))) : "");

function background(style, image) {
  const strip = image("strip");
  if (["storeCard", "coupon", "eventTicket"].includes(style) && strip) return h("img", { class: "pk-strip", src: strip, alt: "" });
  return null;
}

/** The primary fields of a style: over the strip, beside the thumbnail, or as a journey. */
function primary(style, content, image) {
  const fields = (content.primaryFields ?? []).slice(0, style === "boardingPass" ? 2 : 1);
  if (style === "boardingPass") {
    const sign = { PKTransitTypeAir: "✈", PKTransitTypeTrain: "🚆", PKTransitTypeBus: "🚌", PKTransitTypeBoat: "⛴" };
    return h("div", { class: "pk-primary journey" }, fields[0] ? cell(fields[0]) : "",
      h("span", { class: "pk-transit", "aria-hidden": "true" }, sign[content.transitType] ?? "→"), fields[1] ? cell(fields[1], "end") : "");
  }
  const strip = background(style, image);
  if (strip) return h("div", { class: `pk-primary on-strip ${style}` }, strip, fields.map((field) => cell(field)));
  const thumbnail = ["generic", "eventTicket"].includes(style) && image("thumbnail");
  return h("div", { class: "pk-primary" }, fields.map((field) => cell(field)),
    thumbnail ? h("img", { class: "pk-thumbnail", src: thumbnail, alt: "" }) : "");
}

/** How many fields a row shows; coupons, store cards and generic passes with a square code have one row of four. */
function rows(style, content, code) {
  const square = code && ["PKBarcodeFormatQR", "PKBarcodeFormatAztec"].includes(code.format);
  let secondary = (content.secondaryFields ?? []).slice(0, 4);
  let auxiliary = (content.auxiliaryFields ?? []).slice(0, style === "boardingPass" ? 5 : 4);
  if (square && ["coupon", "storeCard", "generic"].includes(style)) {
    const room = Math.max(0, 4 - secondary.length);
    if (style === "generic") auxiliary = auxiliary.slice(0, room);
    else [secondary, auxiliary] = [[...secondary, ...auxiliary.slice(0, room)], []];
  }
  const order = style === "boardingPass" ? [[auxiliary, "auxiliary"], [secondary, "secondary"]]
    : [[secondary, "secondary"], [auxiliary, "auxiliary"]];
  return order.map(([fields, name]) => line(fields, name));
}

function front(pass, style, image) {
  const content = pass[style] ?? {};
  const code = pass.barcodes?.[0] ?? pass.barcode;
  const logo = image("logo");
  const card = h("article", { class: `pk-card ${style}`, "aria-label": "Front of the pass" },
    h("div", { class: "pk-head" }, logo ? h("img", { class: "pk-logo", src: logo, alt: "" }) : "",
      h("span", { class: "pk-logo-text" }, pass.logoText ?? ""),
      h("div", { class: "pk-header" }, (content.headerFields ?? []).slice(0, 3).map((field) => cell(field, "end")))),
    primary(style, content, image), ...rows(style, content, code),
    code ? h("div", { class: "pk-code" }, barcode(code)) : "");
  card.style.setProperty("--pk-background", pass.backgroundColor ?? "rgb(60, 60, 67)");
  card.style.setProperty("--pk-text", pass.foregroundColor ?? "rgb(255, 255, 255)");
  card.style.setProperty("--pk-labels", pass.labelColor ?? pass.foregroundColor ?? "rgb(255, 255, 255)");
  return card;
}

function back(content) {
  const fields = content.backFields ?? [];
  if (!fields.length) return "";
  return h("details", { class: "pk-back" }, h("summary", {}, "Back"),
    h("dl", {}, fields.flatMap((field) => [h("dt", {}, field.label ?? ""), h("dd", {}, shown(field))])));
}

/** Front and back of a final pass.json; `image(role)` answers where a picture is. */
export function apple(pass, image) {
  const style = styles.find((name) => pass[name]) ?? "generic";
  return h("div", {}, front(pass, style, image), back(pass[style] ?? {}));
}
