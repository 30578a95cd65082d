// Values as phones format them.

const zone = /(Z|[+-]\d\d:?\d\d)$/;
const lengths = { PKDateStyleShort: "short", PKDateStyleMedium: "medium", PKDateStyleLong: "long", PKDateStyleFull: "full" };

function amount(field, locale) {
  const { value } = field;
  if (field.currencyCode) return value.toLocaleString(locale, { style: "currency", currency: field.currencyCode });
  if (field.numberStyle === "PKNumberStylePercent") return value.toLocaleString(locale, { style: "percent" });
  if (field.numberStyle === "PKNumberStyleScientific") return value.toLocaleString(locale, { notation: "scientific" });
  return value.toLocaleString(locale);
}

/** What a field shows on a phone of a language; null for the browser's. */
export function shown(field, language) {
  const { value } = field;
  const locale = language ?? undefined;
  if (typeof value === "number") return amount(field, locale);
  const [dateStyle, timeStyle] = [lengths[field.dateStyle], lengths[field.timeStyle]];
  if ((dateStyle || timeStyle) && !Number.isNaN(Date.parse(value))) {
    // The time as it is written, wherever the phone is.
    if (field.ignoresTimeZone) return new Date(value.replace(zone, "Z")).toLocaleString(locale, { dateStyle, timeStyle, timeZone: "UTC" });
    return new Date(value).toLocaleString(locale, { dateStyle, timeStyle });
  }
  return String(value ?? "");
}
