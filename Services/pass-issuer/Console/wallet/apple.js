// A pass as Wallet on an iPhone lays it out: the rows of each style, how many fields each draws, where images go.
import { h, svg } from "../dom.js";
import { barcode } from "./barcode.js";
import { rowsOf } from "./apple-rows.js";
import { isPoster, poster } from "./apple-poster.js";
import { shown } from "./values.js";

const styles = ["boardingPass", "coupon", "eventTicket", "generic", "storeCard"];
const align = { PKTextAlignmentLeft: "start", PKTextAlignmentCenter: "center", PKTextAlignmentRight: "end" };
/** What one travels by, in a square of 24. */
const journeys = {
  PKTransitTypeAir: "M21 15v-2l-7-4.500V4.500a1.500 1.500 0 0 0-3 0V8.500L4 13v2l7-2v4.500L9 19v1.500l3.500-1L16 20.500V19l-2-1.500V13z",
  PKTransitTypeTrain: "M7 3h10a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3l2 3h-2l-2-3H9l-2 3H5l2-3a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3zM6.500 6v5h11V6zM8 13.500a1.250 1.250 0 1 0 .01 0zM16 13.500a1.250 1.250 0 1 0 .01 0z",
  PKTransitTypeBus: "M5 4h14a2 2 0 0 1 2 2v11h-1.500v2h-2.500v-2H7v2H4.500v-2H3V6a2 2 0 0 1 2-2zM5.500 6.500V12h13V6.500zM7 13.500a1.250 1.250 0 1 0 .01 0zM17 13.500a1.250 1.250 0 1 0 .01 0z",
  PKTransitTypeBoat: "M11 2h2v3h4v5l3 1.500-2.500 6.500c-1.500 0-2-1-3-1s-1.500 1-2.500 1-1.500-1-2.500-1-1.500 1-3 1L4 11.500 7 10V5h4zM9 7v2.200l3-1.200 3 1.200V7zM4 20c1.500 0 2-1 3-1s1.500 1 2.500 1 1.500-1 2.500-1 1.500 1 2.500 1 1.500-1 2.500-1 1.500 1 3 1v1.500H4z",
  PKTransitTypeGeneric: "M4 11h11.500l-4-4L13 5.500l6.500 6.500-6.500 6.500L11.500 17l4-4H4z",
};
const sign = (transit) => svg("svg", { viewBox: "0 0 24 24", class: "pk-transit", "aria-hidden": "true" },
  svg("path", { d: journeys[transit] ?? journeys.PKTransitTypeGeneric, "fill-rule": "evenodd" }));

/** A field: its label above its value, each cut off where its place ends. */
function cell(field, language, extra = "") {
  const text = shown(field, language);
  // Wallet makes long values smaller before it cuts them off.
  const size = text.length > 24 ? "longest" : text.length > 12 ? "long" : "";
  return h("div", { class: `pk-field ${extra} ${align[field.textAlignment] ?? ""} ${size}` },
    h("span", { class: "pk-label" }, field.label ?? ""), h("span", { class: "pk-value" }, text));
}

const picture = (source, name) => (source ? h("img", { class: name, src: source, alt: "" }) : null);

/** Which images a style draws: an event ticket with a strip draws neither background nor thumbnail. */
function imagesOf(style, image) {
  const strip = ["storeCard", "coupon", "eventTicket"].includes(style) ? image("strip") : null;
  const isTicket = style === "eventTicket" && !strip;
  return {
    logo: image("logo"), strip, background: isTicket ? image("background") : null,
    thumbnail: isTicket || style === "generic" ? image("thumbnail") : null,
    footer: style === "boardingPass" ? image("footer") : null,
  };
}

/** What stands between the header and the rows. */
function middle(style, content, rows, images, language) {
  const cells = rows.primary.map((field, place) => cell(field, language, style === "boardingPass" && place ? "end" : ""));
  if (style === "boardingPass") {
    return h("div", { class: "pk-primary journey" }, cells[0] ?? "",
      sign(content.transitType), cells[1] ?? "");
  }
  if (images.strip) return h("div", { class: `pk-primary on-strip ${style}` }, picture(images.strip, "pk-strip"), cells);
  // A ticket's second row stands beside its thumbnail, too.
  const beside = style === "eventTicket" ? rows.lower.splice(0, 1) : [];
  return h("div", { class: "pk-primary" }, h("div", { class: "pk-stack" }, cells, beside.map((row) => line(row, language))),
    picture(images.thumbnail, "pk-thumbnail"));
}

const line = (fields, language) =>
  (fields.length ? h("div", { class: "pk-row" }, fields.map((field) => cell(field, language))) : "");

function front(pass, style, image, language) {
  const content = pass[style] ?? {};
  const code = pass.barcodes?.[0] ?? pass.barcode;
  const images = imagesOf(style, image);
  const rows = rowsOf(style, content, code);
  const card = h("article", { class: `pk-card ${style}`, "aria-label": "Front of the pass" },
    picture(images.background, "pk-background"),
    h("div", { class: "pk-head" }, picture(images.logo, "pk-logo"), h("span", { class: "pk-logo-text" }, pass.logoText ?? ""),
      h("div", { class: "pk-header" }, rows.header.map((field) => cell(field, language, "end")))),
    middle(style, content, rows, images, language), rows.lower.map((fields) => line(fields, language)),
    h("div", { class: "pk-foot" }, picture(images.footer, "pk-footer"), code ? barcode(code) : ""));
  card.style.setProperty("--pk-ground", pass.backgroundColor ?? "rgb(60, 60, 67)");
  card.style.setProperty("--pk-text", pass.foregroundColor ?? "rgb(255, 255, 255)");
  card.style.setProperty("--pk-labels", pass.labelColor ?? pass.foregroundColor ?? "rgb(255, 255, 255)");
  return h("div", { class: "pk-shadow" }, card);
}

/** The fields that the phone leaves out, which nobody would notice in the editor. */
function leftOut(style, content, code) {
  const { hidden } = rowsOf(style, content, code);
  if (!hidden.length) return "";
  return h("p", { class: "pk-hidden" }, "Not drawn, since the front is full: ",
    hidden.map((field) => field.label || field.key).join(", "));
}

function back(content, language) {
  const fields = content.backFields ?? [];
  if (!fields.length) return "";
  return h("details", { class: "pk-back", open: true }, h("summary", {}, "Back"),
    h("dl", {}, fields.flatMap((field) => [h("dt", {}, field.label ?? ""), h("dd", {}, shown(field, language))])));
}

/**
 * Front and back of a final pass.json.
 * @param image answers where the picture of a role is.
 * @param language of the phone; null for the browser's.
 */
export function apple(pass, image, language = null) {
  const style = styles.find((name) => pass[name]) ?? "generic";
  const content = pass[style] ?? {};
  const code = pass.barcodes?.[0] ?? pass.barcode;
  const classic = [front(pass, style, image, language), leftOut(style, content, code)];
  const fronts = isPoster(pass)
    ? [h("h3", {}, "iOS 18 and newer"), poster(pass, image, language), h("h3", {}, "Older iOS"), ...classic] : classic;
  return h("div", { class: "pk" }, fronts, back(content, language));
}
