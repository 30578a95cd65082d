// The class' template, ClassTemplateInfo: up to three rows of one to three items, and what stands beside the barcode.
import { h } from "../dom.js";
import { resolve, texts } from "./google-values.js";

/** How Google itself calls what has a place of its own. */
const names = {
  gate: "Gate", section: "Section", row: "Row", seat: "Seat", ticketHolderName: "Ticket holder", ticketNumber: "Ticket number",
  passengerNames: "Passenger", start: "Starts", end: "Ends", doorsOpen: "Doors open", accountName: "Name", accountId: "Account", confirmationCode: "Confirmation", boardingGroup: "Group",
};

/** The label and text of a FieldSelector: its first reference that leads to something. */
function selected(selector, sources, language) {
  for (const { fieldPath = "", dateFormat } of selector?.fields ?? []) {
    // The label of points stands beside their balance.
    const found = resolve(fieldPath.replace(/\.balance$/, ""), sources);
    if (found !== undefined && found !== null && found !== "") {
      const [label, text] = texts(found, language, dateFormat);
      return { label: label || (names[fieldPath.split(".").pop()] ?? ""), text };
    }
  }
  return null;
}

/** One or two values of a TemplateItem; two are parted by a slash. */
function cell(item, place, sources, language) {
  const values = [item?.firstValue, item?.secondValue].map((value) => selected(value, sources, language)).filter(Boolean);
  if (!values.length) return null;
  return h("div", { class: `gw-field ${place}` },
    ["label", "text"].map((part) => h("span", part === "label" ? { class: "gw-label" } : {},
      values.map((value) => value[part]).filter(Boolean).join(" / "))));
}

/** The rows of cardTemplateOverride; what is empty on this object leaves its place to the others. */
export function rows(sources, language) {
  const infos = sources.class.classTemplateInfo?.cardTemplateOverride?.cardRowTemplateInfos ?? [];
  return infos.slice(0, 3).map(({ oneItem, twoItems, threeItems }) => {
    const row = threeItems ?? twoItems ?? oneItem ?? {};
    const cells = [
      cell(row.item, "middle", sources, language), cell(row.startItem, "start", sources, language),
      cell(row.middleItem, "middle", sources, language), cell(row.endItem, "end", sources, language),
    ].filter(Boolean);
    return cells.length ? h("div", { class: threeItems ? "gw-row three" : "gw-row" }, cells) : "";
  });
}

/** The texts above (`Top`) or below (`Bottom`) the barcode, of cardBarcodeSectionDetails. */
export function besideBarcode(sources, side, language) {
  const details = sources.class.classTemplateInfo?.cardBarcodeSectionDetails ?? {};
  const found = ["first", "second"].map((place) => selected(details[`${place}${side}Detail`]?.fieldSelector, sources, language))
    .filter(Boolean);
  return found.length ? h("p", { class: "gw-row" }, found.map(({ text }) => h("span", {}, text))) : "";
}
