// Class and object as Google Wallet's card shows them: a fixed header, then the rows of the class' template.
import { h } from "../dom.js";
import { barcode } from "./barcode.js";

const formats = { QR_CODE: "QR", PDF_417: "PDF417", AZTEC: "Aztec", CODE_128: "Code128" };
const localized = (value) => value?.defaultValue?.value ?? "";

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

function cell(item, sources) {
  const path = item?.firstValue?.fields?.[0]?.fieldPath;
  const found = path && resolve(path, sources);
  if (found === undefined || found === null) return null;
  const text = typeof found === "object" ? found.body ?? localized(found.localizedBody) ?? found.balance?.string : String(found);
  const label = typeof found === "object" ? found.header || localized(found.localizedHeader) || found.label : "";
  return h("div", { class: "gw-field" }, h("span", { class: "gw-label" }, label ?? ""), h("span", {}, text ?? JSON.stringify(found)));
}

function rows(sources) {
  const infos = sources.class.classTemplateInfo?.cardTemplateOverride?.cardRowTemplateInfos ?? [];
  return infos.map((info) => {
    const row = info.oneItem ?? info.twoItems ?? info.threeItems ?? {};
    const items = [row.item, row.startItem, row.middleItem, row.endItem].filter(Boolean);
    return h("div", { class: "gw-row" }, items.map((item) => cell(item, sources) ?? ""));
  });
}

function picture(image, byHash, name) {
  const sha256 = /\/images\/([0-9a-f]{64})\.png/.exec(image?.sourceUri?.uri ?? "")?.[1];
  const source = sha256 && byHash(sha256);
  return source ? h("img", { class: name, src: source, alt: "" }) : "";
}

/** The card of `{class, object}`; `byHash(sha256)` answers where a picture is. */
export function google(answer, byHash) {
  const sources = { class: answer.class ?? {}, object: answer.object ?? {} };
  const { class: kind, object } = sources;
  const issuer = kind.issuerName ?? localized(object.cardTitle) ?? "";
  const title = kind.programName ?? kind.title ?? localized(kind.eventName) ?? localized(object.header) ?? "";
  const code = object.barcode;
  const card = h("article", { class: "gw-card", "aria-label": "Card in Google Wallet" },
    h("div", { class: "gw-head" }, picture(object.logo ?? kind.programLogo ?? kind.logo ?? kind.titleImage, byHash, "gw-logo"), h("span", {}, issuer)),
    h("h3", {}, title || localized(object.header)), localized(object.subheader) ? h("p", { class: "gw-label" }, localized(object.subheader)) : "",
    ...rows(sources),
    code?.value ? h("div", { class: "gw-code" }, barcode({
      format: `PKBarcodeFormat${formats[code.type] ?? code.type}`, message: code.value, altText: code.alternateText })) : "",
    picture(object.heroImage ?? kind.heroImage, byHash, "gw-hero"));
  const colour = object.hexBackgroundColor ?? kind.hexBackgroundColor ?? "#3c4043";
  card.style.setProperty("--gw-background", colour);
  const [red, green, blue] = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16) || 0);
  card.style.setProperty("--gw-text", red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? "#1f1f1f" : "#ffffff");
  const details = (object.textModulesData ?? []).map((item) =>
    [h("dt", {}, item.header ?? localized(item.localizedHeader)), h("dd", {}, item.body ?? localized(item.localizedBody))]);
  return h("div", {}, card, details.length
    ? h("details", { class: "pk-back" }, h("summary", {}, "Details"), h("dl", {}, details.flat())) : "");
}
