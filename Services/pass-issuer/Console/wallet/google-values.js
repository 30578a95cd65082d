// What stands in a field of a class or an object, as Google Wallet writes it.

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

/** The label and text of a value, whatever shape it has. */
export function texts(found, language, dateFormat = "") {
  if (typeof found !== "object") return ["", date(String(found), dateFormat, language)];
  const label = localized(found.localizedHeader, language) || localized(found.localizedLabel, language)
    || found.header || found.label || "";
  const { balance } = found;
  const text = localized(found.localizedBody, language) || found.body || localized(found, language)
    || (balance?.money ? money(balance.money, language) : balance?.string ?? balance?.int ?? balance?.double);
  return [label, text === undefined ? JSON.stringify(found) : String(text)];
}
