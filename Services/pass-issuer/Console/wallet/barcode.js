import * as api from "../api.js";
import { h } from "../dom.js";

const square = ["PKBarcodeFormatQR", "PKBarcodeFormatAztec"];

/** A barcode as phones draw it, with the text below it. */
export function barcode(code) {
  const box = h("div", { class: `barcode ${square.includes(code.format) ? "square" : "wide"}` });
  const name = String(code.format).replace("PKBarcodeFormat", "");
  const wanted = { format: code.format, message: String(code.message), messageEncoding: code.messageEncoding };
  api.post("/admin/v1/barcodes", wanted, { accept: "image/svg+xml" }).then(
    (picture) => {
      const url = URL.createObjectURL(picture);
      const image = h("img", { src: url, alt: `${name} barcode` });
      image.addEventListener("load", () => URL.revokeObjectURL(url));
      box.prepend(image);
    },
    (error) => box.prepend(h("span", { class: "undrawn" }, error.faults[0] ?? error.message)));
  if (code.altText) box.append(h("small", {}, code.altText));
  return box;
}
