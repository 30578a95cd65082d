// The part of Google's card that no template changes: logo, issuer and title, which each kind of pass has elsewhere.
import { h } from "../dom.js";
import { localized, pair, picture } from "./google-values.js";

/** Carrier and number of a flight, "LX40". */
export function flightNumber({ flightHeader }) {
  if (!flightHeader) return "";
  return flightHeader.flightNumberDisplayOverride
    || `${flightHeader.carrier?.carrierIataCode ?? ""}${flightHeader.flightNumber ?? ""}`;
}

/** From where to where, of a journey or a flight. */
function route({ class: kind, object }, language) {
  const leg = object.ticketLeg ?? object.ticketLegs?.[0];
  const ends = leg
    ? [localized(leg.originName, language), localized(leg.destinationName, language)]
    : [kind.origin?.airportIataCode, kind.destination?.airportIataCode];
  return ends.filter(Boolean).join(" → ");
}

function title(sources, language) {
  const { class: kind, object } = sources;
  return localized(object.header, language) || pair(kind, "programName", language) || pair(kind, "title", language)
    || pair(kind, "merchantName", language) || localized(kind.eventName, language) || route(sources, language);
}

function subtitle({ class: kind, object }, language) {
  return localized(object.subheader, language) || flightNumber(kind)
    || localized(object.ticketLeg?.transitOperatorName, language);
}

/** Logo and issuer, then the title; a wide logo stands for both of the first. */
export function header(sources, byHash, language) {
  const { class: kind, object } = sources;
  const wide = picture(object.wideLogo ?? kind.wideProgramLogo ?? kind.wideTitleImage ?? kind.wideLogo
    ?? kind.flightHeader?.carrier?.wideAirlineLogo, byHash, "gw-wide");
  const logo = object.logo ?? kind.programLogo ?? kind.logo ?? kind.titleImage ?? kind.flightHeader?.carrier?.airlineLogo;
  const issuer = localized(object.cardTitle, language) || pair(kind, "issuerName", language);
  const [above, name] = [subtitle(sources, language), title(sources, language)];
  return [
    h("div", { class: "gw-head" }, wide || [picture(logo, byHash, "gw-logo"), h("span", {}, issuer)]),
    above ? h("p", { class: "gw-label" }, above) : "", name ? h("p", { class: "gw-title" }, name) : "",
  ];
}
