// Plots of figures by day, drawn as SVG, with the figures themselves in a table for whoever reads instead of looks.
import { h, number, svg } from "./dom.js";

const width = 640;
const height = 160;
const edge = { left: 44, right: 8, top: 8, bottom: 22 };

/** Bars by day: `series` are `{ key, label, tone }`. */
export function plot(title, days, series) {
  const highest = Math.max(1, ...days.map((day) => Math.max(...series.map(({ key }) => day[key]))));
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const step = inner.width / Math.max(1, days.length);
  const bar = Math.max(1, (step * 0.8) / series.length);
  const y = (value) => edge.top + inner.height * (1 - value / highest);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title, class: "plot" });
  for (const value of [0, highest / 2, highest]) {
    picture.append(
      svg("line", { x1: edge.left, x2: width - edge.right, y1: y(value), y2: y(value), class: "grid" }),
      svg("text", { x: edge.left - 6, y: y(value) + 4, "text-anchor": "end" },
        new Intl.NumberFormat(undefined, { notation: "compact" }).format(value)));
  }
  days.forEach((day, index) => {
    series.forEach(({ key, label, tone }, place) => {
      if (!day[key]) return;
      picture.append(svg("rect", {
        x: edge.left + index * step + step * 0.1 + place * bar, y: y(day[key]), width: bar,
        height: Math.max(1, edge.top + inner.height - y(day[key])), rx: 1, class: tone,
      }, svg("title", {}, `${day.date}: ${number(day[key])} ${label}`)));
    });
  });
  for (const index of [0, days.length - 1]) {
    if (!days[index]) continue;
    picture.append(svg("text", {
      x: edge.left + (index ? inner.width : 0), y: height - 4, "text-anchor": index ? "end" : "start",
    }, days[index].date));
  }
  const sum = (key) => days.reduce((total, day) => total + day[key], 0);
  return h("figure", { class: "card" }, h("figcaption", {}, title), picture,
    h("ul", { class: "legend" }, series.map(({ key, label, tone }) =>
      h("li", { class: tone }, `${number(sum(key))} ${label}`))));
}
