// The class' template, ClassTemplateInfo: up to three rows of one to three items, what stands beside the barcode, and details.
import { h } from "../dom.js";
import { flightNumber } from "./google-header.js";
import { inner, labelOf, localized, pair, picture, resolve, textOf } from "./google-values.js";

/** How Google itself calls what has a place of its own. */
const names = {
  gate: "Gate", terminal: "Terminal", section: "Section", row: "Row", seat: "Seat", seatNumber: "Seat", ticketHolderName: "Ticket holder",
  ticketNumber: "Ticket number", passengerNames: "Passenger", passengerName: "Passenger", platform: "Platform", carriage: "Carriage", coach: "Coach",
  zone: "Zone", start: "Starts", end: "Ends", doorsOpen: "Doors open", departureDateTime: "Departs", localBoardingDateTime: "Boarding",
  accountName: "Name", accountId: "Account", rewardsTier: "Tier", balance: "Balance", cardNumber: "Card number", pin: "PIN", eventNumber: "Event number",
  confirmationCode: "Confirmation", boardingGroup: "Group",
};

/** The label of a member that carries none: the campaign's own, which the class has, or Google's. */
function labelFor(key, { class: kind }, language) {
  return localized(kind[`custom${inner(key)}Label`], language) || pair(kind, `${key}Label`, language)
    || (names[key] ?? "");
}

/** What a reference leads to: its label and text; nil when there is no text. */
function value({ fieldPath = "", dateFormat }, sources, language) {
  // The label of points stands beside their balance.
  const path = fieldPath.replace(/oyaltyPoints\.balance$/, "oyaltyPoints");
  const found = resolve(path, sources);
  const key = /\.(\w+)$/.exec(path)?.[1];
  const own = key && typeof found === "string" ? pair(resolve(path.slice(0, -key.length - 1), sources), key, language) : found;
  const text = textOf(own, language, dateFormat);
  return text === "" ? null : { label: labelOf(found, language) || (key ? labelFor(key, sources, language) : ""), text };
}

/** The first reference of a FieldSelector that leads to something. */
function selected(selector, sources, language) {
  for (const reference of selector?.fields ?? []) {
    const found = value(reference, sources, language);
    if (found) return found;
  }
  return null;
}

/** The two items that Google makes itself. */
const predefined = {
  FREQUENT_FLYER_PROGRAM_NAME_AND_NUMBER: ({ object }, language) => {
    const info = object.reservationInfo?.frequentFlyerInfo;
    return info?.frequentFlyerNumber && { label: localized(info.frequentFlyerProgramName, language), text: info.frequentFlyerNumber };
  },
  FLIGHT_NUMBER_AND_OPERATING_FLIGHT_NUMBER: ({ class: kind }) => {
    const { operatingCarrier, operatingFlightNumber } = kind.flightHeader ?? {};
    const operated = operatingFlightNumber ? `${operatingCarrier?.carrierIataCode ?? ""}${operatingFlightNumber}` : "";
    return { label: "Flight", text: [flightNumber(kind), operated].filter(Boolean).join(" / ") };
  },
};

/** One or two values of a TemplateItem; two are parted by a slash. */
function valuesOf(item, sources, language) {
  if (item?.predefinedItem) return [predefined[item.predefinedItem]?.(sources, language)].filter((found) => found?.text);
  return [item?.firstValue, item?.secondValue].map((selector) => selected(selector, sources, language)).filter(Boolean);
}

const joined = (values, part) => values.map((found) => found[part]).filter(Boolean).join(" / ");

function cell(item, place, sources, language) {
  const values = valuesOf(item, sources, language);
  if (!values.length) return null;
  return h("div", { class: `gw-field ${place}` }, h("span", { class: "gw-label" }, joined(values, "label")),
    h("span", {}, joined(values, "text")));
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

/** The texts and pictures above (`Top`) or below (`Bottom`) the barcode, of cardBarcodeSectionDetails. */
export function besideBarcode(sources, side, byHash, language) {
  const details = sources.class.classTemplateInfo?.cardBarcodeSectionDetails ?? {};
  const found = ["first", "second"].map((place) => {
    const selector = details[`${place}${side}Detail`]?.fieldSelector;
    const image = resolve(selector?.fields?.[0]?.fieldPath ?? "", sources)?.mainImage;
    const text = image ? "" : selected(selector, sources, language)?.text;
    // A second one stands at the end, whether there is a first or not.
    const end = place === "second" ? "end" : "";
    return image ? picture(image, byHash, `gw-beside ${end}`) : text && h("span", { class: end }, text);
  }).filter(Boolean);
  return found.length ? h("div", { class: "gw-row" }, found) : "";
}

/** What stands below the card, in detailsTemplateOverride's order or else Google's own: texts, pictures, links. */
export function details(sources, byHash, language) {
  const { class: kind, object } = sources;
  const override = kind.classTemplateInfo?.detailsTemplateOverride?.detailsItemInfos;
  const modules = [...object.textModulesData ?? [], ...kind.textModulesData ?? []];
  const texts = override
    ? override.map(({ item }) => valuesOf(item, sources, language)).filter((values) => values.length)
      .map((values) => [joined(values, "label"), joined(values, "text")])
    : modules.map((item) => [labelOf(item, language), textOf(item, language)]);
  const beside = Object.values((object.barcode?.value && kind.classTemplateInfo?.cardBarcodeSectionDetails) || {})
    .map((detail) => resolve(detail.fieldSelector?.fields?.[0]?.fieldPath ?? "", sources));
  const images = [...object.imageModulesData ?? [], ...kind.imageModulesData ?? []].filter((item) => !beside.includes(item))
    .map((item) => picture(item.mainImage, byHash, "gw-image")).filter(Boolean);
  const links = [...object.linksModuleData?.uris ?? [], ...kind.linksModuleData?.uris ?? []];
  if (!texts.length && !images.length && !links.length) return "";
  return h("details", { class: "pk-back", open: true }, h("summary", {}, "Details"), h("dl", {},
    texts.flatMap(([label, text]) => [h("dt", {}, label), h("dd", {}, text)]),
    links.flatMap((item) => [h("dt", {}, pair(item, "description", language) || "Link"), h("dd", {}, item.uri ?? "")])), images);
}
