// Class and object as Google Wallet's card shows them: a fixed header, then the rows of the class' template.
import { h } from "../dom.js";
import { barcode } from "./barcode.js";

const formats = {
  QR_CODE: "QR", PDF_417: "PDF417", AZTEC: "Aztec", CODE_128: "Code128", CODE_39: "Code39", CODABAR: "Codabar",
  EAN_13: "EAN13", ITF_14: "I2of5",
};

/** A text in the language of the phone, or in the text's own. */
function localized(value, language) {
  const found = (value?.translatedValues ?? []).find((item) => item.language === language);
  return found?.value ?? value?.defaultValue?.value ?? "";
}

/** What a path of the template, `object.textModulesData['tier']`, leads to. */
function resolve(path, sources) {
  const steps = path.match(/[A-Za-z]\w*|\[['"]?[^\]]+?['"]?\]/g) ?? [];
  let value = sources;
  for (const step of steps) {
    if (step.startsWith("[")) {
      const id = step.slice(1, -1).replace(/^['"]|['"]$/g, "");
      value = Array.isArray(value) ? value.find((item) => item.id === id) : value?.[id];
    } else {
      value = value?.[step];
    }
  }
  return value;
}

function money({ micros, currencyCode }, language) {
  return (Number(micros) / 1e6).toLocaleString(language ?? undefined, { style: "currency", currency: currencyCode });
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const moment = (text, language) => new Date(text).toLocaleString(language ?? undefined, { dateStyle: "medium", timeStyle: "short" });

/** How Google itself calls what has a place of its own. */
const names = {
  gate: "Gate", section: "Section", row: "Row", seat: "Seat", ticketHolderName: "Ticket holder", ticketNumber: "Ticket number",
  passengerNames: "Passenger", start: "Starts", end: "Ends", doorsOpen: "Doors open", accountName: "Name", accountId: "Account", confirmationCode: "Confirmation", boardingGroup: "Group",
};

/** The label and text of a value, whatever shape it has. */
function texts(found, language) {
  if (typeof found !== "object") return ["", instant.test(found) ? moment(found, language) : String(found)];
  const label = localized(found.localizedHeader, language) || localized(found.localizedLabel, language)
    || found.header || found.label || "";
  const { balance } = found;
  const text = localized(found.localizedBody, language) || found.body || localized(found, language)
    || (balance?.money ? money(balance.money, language) : balance?.string ?? balance?.int ?? balance?.double);
  return [label, text === undefined ? JSON.stringify(found) : String(text)];
}

function cell(item, sources, language) {
  const path = item?.firstValue?.fields?.[0]?.fieldPath;
  // The label of points stands beside their balance.
  const found = path && resolve(path.replace(/\.balance$/, ""), sources);
  if (found === undefined || found === null) return null;
  const [label, text] = texts(found, language);
  return h("div", { class: "gw-field" }, h("span", { class: "gw-label" }, label || (names[path.split(".").pop()] ?? "")),
    h("span", {}, text));
}

/** The rows of the template: at most three, of one to three items. */
function rows(sources, language) {
  const infos = sources.class.classTemplateInfo?.cardTemplateOverride?.cardRowTemplateInfos ?? [];
  return infos.slice(0, 3).map((info) => {
    const row = info.oneItem ?? info.twoItems ?? info.threeItems ?? {};
    const items = [row.item, row.startItem, row.middleItem, row.endItem].filter(Boolean);
    const cells = items.map((item) => cell(item, sources, language)).filter(Boolean);
    return cells.length ? h("div", { class: "gw-row" }, cells) : "";
  });
}

function picture(image, byHash, name) {
  const address = image?.sourceUri?.uri;
  const sha256 = /\/images\/([0-9a-f]{64})\.png/.exec(address ?? "")?.[1];
  const source = sha256 && byHash(sha256);
  return source ? h("img", { class: name, src: source, alt: "" }) : "";
}

/** Black or white, whichever is easier to read on a colour. */
function textOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16) || 0);
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? "#1f1f1f" : "#ffffff";
}

function details(sources, language) {
  const modules = [...sources.object.textModulesData ?? [], ...sources.class.textModulesData ?? []];
  const links = [...sources.object.linksModuleData?.uris ?? [], ...sources.class.linksModuleData?.uris ?? []];
  if (!modules.length && !links.length) return "";
  return h("details", { class: "pk-back", open: true }, h("summary", {}, "Details"), h("dl", {},
    modules.map((item) => texts(item, language)).flatMap(([label, text]) => [h("dt", {}, label), h("dd", {}, text)]),
    links.flatMap((item) => [h("dt", {}, item.description ?? "Link"), h("dd", {}, item.uri ?? "")])));
}

/**
 * The card and its details.
 * @param byHash answers where the picture of a SHA-256 is.
 * @param language of the phone; null for the texts' own.
 */
export function google(answer, byHash, language = null) {
  const sources = { class: answer.class ?? {}, object: answer.object ?? {} };
  const { class: kind, object } = sources;
  const issuer = localized(object.cardTitle, language) || localized(kind.localizedIssuerName, language) || kind.issuerName || "";
  const title = localized(object.header, language) || localized(kind.localizedProgramName, language) || kind.programName
    || localized(kind.localizedTitle, language) || kind.title || localized(kind.eventName, language);
  const subheader = localized(object.subheader, language);
  const code = object.barcode;
  const card = h("article", { class: "gw-card", "aria-label": "Card in Google Wallet" },
    h("div", { class: "gw-head" }, picture(object.logo ?? kind.programLogo ?? kind.logo ?? kind.titleImage, byHash, "gw-logo"),
      h("span", {}, issuer)),
    subheader ? h("p", { class: "gw-label" }, subheader) : "", title ? h("p", { class: "gw-title" }, title) : "",
    ...rows(sources, language),
    code?.value ? h("div", { class: "gw-code" }, barcode({
      format: `PKBarcodeFormat${formats[code.type] ?? code.type}`, message: code.value, altText: code.alternateText })) : "",
    picture(object.heroImage ?? kind.heroImage, byHash, "gw-hero"));
  const colour = object.hexBackgroundColor ?? kind.hexBackgroundColor ?? "#3c4043";
  card.style.setProperty("--gw-ground", colour);
  card.style.setProperty("--gw-text", textOn(colour));
  return h("div", { class: "gw" }, card, details(sources, language));
}
