// Class and object as Google Wallet's card shows them: a fixed header, then the rows of the class' template.
import { h } from "../dom.js";
import { barcode } from "./barcode.js";
import { besideBarcode, rows } from "./google-template.js";
import { localized, texts } from "./google-values.js";

const formats = {
  QR_CODE: "QR", PDF_417: "PDF417", AZTEC: "Aztec", CODE_128: "Code128", CODE_39: "Code39", CODABAR: "Codabar",
  EAN_13: "EAN13", ITF_14: "I2of5",
};

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
    code?.value ? h("div", { class: "gw-code" }, besideBarcode(sources, "Top", language), barcode({
      format: `PKBarcodeFormat${formats[code.type] ?? code.type}`, message: code.value, altText: code.alternateText }),
    besideBarcode(sources, "Bottom", language)) : "",
    picture(object.heroImage ?? kind.heroImage, byHash, "gw-hero"));
  const colour = object.hexBackgroundColor ?? kind.hexBackgroundColor ?? "#3c4043";
  card.style.setProperty("--gw-ground", colour);
  card.style.setProperty("--gw-text", textOn(colour));
  return h("div", { class: "gw" }, card, details(sources, language));
}
