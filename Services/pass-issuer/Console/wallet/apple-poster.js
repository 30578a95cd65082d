// The poster of an event ticket (iOS 18): its artwork over the whole front, and what the semantic tags say.
import { h } from "../dom.js";

/** Whether phones that know posters show one. */
export const isPoster = (pass) => Boolean(pass.eventTicket) && (pass.preferredStyleSchemes ?? []).includes("posterEventTicket");

function day(text, language) {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleString(language ?? undefined, { dateStyle: "medium", timeStyle: "short" });
}

function seats(semantics) {
  const seat = semantics.seats?.[0] ?? {};
  return [["Section", seat.seatSection], ["Row", seat.seatRow], ["Seat", seat.seatNumber]].filter(([, value]) => value);
}

export function poster(pass, image, language) {
  const semantics = pass.semantics ?? {};
  const artwork = image("artwork") ?? image("background") ?? image("strip");
  const logo = image("primaryLogo") ?? image("logo");
  const sponsor = image("secondaryLogo");
  const card = h("article", { class: "pk-card pk-poster", "aria-label": "Poster of the ticket" },
    artwork ? h("img", { class: "pk-artwork", src: artwork, alt: "" }) : "",
    h("div", { class: "pk-head" }, logo ? h("img", { class: "pk-logo", src: logo, alt: "" })
      : h("span", { class: "pk-logo-text" }, pass.logoText ?? ""), h("span", { class: "pk-when" }, day(semantics.eventStartDate, language))),
    h("div", { class: "pk-caption" },
      h("strong", {}, pass.eventLogoText ?? semantics.eventName ?? ""), h("span", {}, semantics.venueName ?? ""),
      h("div", { class: "pk-row" }, seats(semantics).map(([label, value]) =>
        h("div", { class: "pk-field" }, h("span", { class: "pk-label" }, label), h("span", { class: "pk-value" }, value)))),
      sponsor ? h("img", { class: "pk-sponsor", src: sponsor, alt: "" }) : ""));
  card.style.setProperty("--pk-ground", pass.backgroundColor ?? "rgb(30, 30, 34)");
  card.style.setProperty("--pk-text", "rgb(255, 255, 255)");
  card.style.setProperty("--pk-labels", "rgb(220, 220, 228)");
  return h("div", { class: "pk-shadow" }, card);
}
