// Class and object as Google Wallet's card shows them: a fixed header, the rows of the class' template, barcode and banner.
import { h } from "../dom.js";
import { barcode } from "./barcode.js";
import { header } from "./google-header.js";
import { besideBarcode, details, rows } from "./google-template.js";
import { picture } from "./google-values.js";

const formats = {
  QR_CODE: "QR", PDF_417: "PDF417", AZTEC: "Aztec", CODE_128: "Code128", CODE_39: "Code39", CODABAR: "Codabar",
  EAN_13: "EAN13", ITF_14: "I2of5",
};

/** Black or white, whichever is easier to read on a colour. */
function textOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16) || 0);
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? "#1f1f1f" : "#ffffff";
}

/**
 * The card and its details.
 * @param byHash answers where the picture of a SHA-256 is.
 * @param language of the phone; null for the texts' own.
 */
export function google(answer, byHash, language = null) {
  const sources = { class: answer.class ?? {}, object: answer.object ?? {} };
  const { class: kind, object } = sources;
  const code = object.barcode;
  const card = h("article", { class: "gw-card", "aria-label": "Card in Google Wallet" },
    header(sources, byHash, language), ...rows(sources, language),
    code?.value ? h("div", { class: "gw-code" }, besideBarcode(sources, "Top", byHash, language), barcode({
      format: `PKBarcodeFormat${formats[code.type] ?? code.type}`, message: code.value, altText: code.alternateText }),
    besideBarcode(sources, "Bottom", byHash, language)) : "",
    picture(object.heroImage ?? kind.heroImage, byHash, "gw-hero"));
  const colour = object.hexBackgroundColor ?? kind.hexBackgroundColor ?? "#3c4043";
  card.style.setProperty("--gw-ground", colour);
  card.style.setProperty("--gw-text", textOn(colour));
  return h("div", { class: "gw" }, card, details(sources, byHash, language));
}
