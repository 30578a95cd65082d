// How many fields each row of a style has room for (Wallet Developer Guide, "Pass Style Sets the Overall Visual Appearance").

const square = (code) => ["PKBarcodeFormatQR", "PKBarcodeFormatAztec"].includes(code?.format);

/** The fields that are drawn by their place, and those that are not. */
export function rowsOf(style, content, code) {
  const all = (group) => content[group] ?? [];
  const header = all("headerFields").slice(0, 3);
  const primary = all("primaryFields").slice(0, style === "boardingPass" ? 2 : 1);
  let secondary = all("secondaryFields").slice(0, 4);
  // An event ticket's two rows have room for four each.
  const ticket = [false, true].map((isSecond) =>
    all("auxiliaryFields").filter((field) => (field.row === 1) === isSecond).slice(0, 4));
  let auxiliary = style === "eventTicket" ? ticket.flat()
    : all("auxiliaryFields").slice(0, style === "boardingPass" ? 5 : 4);
  let lower;
  if (square(code) && ["coupon", "storeCard", "generic"].includes(style)) {
    // A square code leaves room for four of both groups together.
    auxiliary = auxiliary.slice(0, Math.max(0, 4 - secondary.length));
    lower = style === "generic" ? [secondary, auxiliary] : [[...secondary, ...auxiliary]];
  } else if (style === "boardingPass") {
    lower = [auxiliary, secondary];
  } else if (style === "eventTicket") {
    lower = [secondary, ...ticket];
  } else {
    lower = [secondary, auxiliary];
  }
  const drawn = new Set([...header, ...primary, ...secondary, ...auxiliary]);
  const hidden = ["headerFields", "primaryFields", "secondaryFields", "auxiliaryFields"].flatMap(all)
    .filter((field) => !drawn.has(field));
  return { header, primary, lower, hidden };
}
