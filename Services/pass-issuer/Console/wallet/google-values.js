// What stands in a field of a class or an object, as Google Wallet writes it.
import { h } from "../dom.js";

/** A text in the language of the phone, or in the text's own. */
export function localized(value, language) {
  const found = (value?.translatedValues ?? []).find((item) => item.language === language);
  return found?.value ?? value?.defaultValue?.value ?? "";
}

/** What a path of the template, `object.textModulesData['tier']`, leads to. */
export function resolve(path, sources) {
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

const day = { month: "short", day: "numeric" };
const time = { hour: "numeric", minute: "2-digit" };
/** The values of DateFormat that name parts of a date; without one nothing is formatted. */
const dateFormats = {
  DATE_TIME: { ...day, ...time }, DATE_ONLY: day, TIME_ONLY: time, DATE_TIME_YEAR: { ...day, year: "numeric", ...time },
  DATE_YEAR: { ...day, year: "numeric" },
};
const isoLengths = { YEAR_MONTH: 7, YEAR_MONTH_DAY: 10 };

/** A date as its own place's clock shows it, wherever the phone is. */
function date(text, format, language) {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(text)?.[0];
  if (wall && isoLengths[format]) return wall.slice(0, isoLengths[format]);
  if (!wall || !dateFormats[format]) return text;
  return new Date(`${wall}Z`).toLocaleString(language ?? undefined, { ...dateFormats[format], timeZone: "UTC" });
}

/** The text of a value, whatever shape it has; empty when it has none. */
export function textOf(found, language, dateFormat = "") {
  if (found === undefined || found === null) return "";
  if (typeof found !== "object") return date(String(found), dateFormat, language);
  if (found.micros !== undefined) return money(found, language);
  if (found.balance) return textOf(found.balance.money ?? found.balance.string ?? found.balance.int ?? found.balance.double, language);
  return localized(found.localizedBody, language) || found.body || localized(found, language);
}

/** The label that a value carries itself. */
export function labelOf(found, language) {
  return localized(found?.localizedHeader, language) || localized(found?.localizedLabel, language)
    || found?.header || found?.label || "";
}

/** `fareName` as it stands in the middle of another name. */
export const inner = (key) => key[0].toUpperCase() + key.slice(1);

/** A pair of members, `title` and `localizedTitle`, in the language of the phone. */
export function pair(owner, key, language) {
  return localized(owner?.[`localized${inner(key)}`], language) || owner?.[key] || "";
}

/** A picture of ours, found by the hash in its address. */
export function picture(image, byHash, name) {
  const sha256 = /\/images\/([0-9a-f]{64})\.png/.exec(image?.sourceUri?.uri ?? "")?.[1];
  const source = sha256 && byHash(sha256);
  return source ? h("img", { class: name, src: source, alt: "" }) : "";
}
