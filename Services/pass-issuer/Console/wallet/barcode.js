import * as api from "../api.js";
import { h } from "../dom.js";

const ratios = { PKBarcodeFormatPDF417: "wide", PKBarcodeFormatCode128: "wide" };

/** A barcode as phones draw it; one that can't be drawn here says its format. */
export function barcode(code) {
  const box = h("div", { class: `barcode ${ratios[code.format] ?? "square"}` });
  const name = code.format.replace("PKBarcodeFormat", "");
  api.post("/admin/v1/barcodes", { format: code.format, message: String(code.message) }, { accept: "image/svg+xml" }).then(
    (picture) => {
      const url = URL.createObjectURL(picture);
      const image = h("img", { src: url, alt: `${name} barcode` });
      image.addEventListener("load", () => URL.revokeObjectURL(url));
      box.prepend(image);
    },
    () => box.prepend(h("span", { class: "undrawn" }, `${name} barcode`)));
  if (code.altText) box.append(h("small", {}, code.altText));
  return box;
}
