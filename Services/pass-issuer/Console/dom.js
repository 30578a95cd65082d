// Small tools to build documents without ever parsing text as markup.

/** An element: `h("p", { class: "note", onclick: f }, "text", child)`. Properties that are null or false are left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An element of SVG. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const number = (value) => new Intl.NumberFormat().format(value);

export function when(text) {
  if (!text) return "–";
  const date = new Date(text);
  return h("time", { datetime: text, title: text },
    date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }));
}

/** Seconds in words: "2 min". */
export function span(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Terms and what they are, in two columns. */
export const facts = (pairs) => h("dl", { class: "facts" },
  pairs.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value ?? "–")]));

const tones = {
  active: "good", ok: "good", done: "good", running: "busy", ready: "good", draft: "dull", ended: "dull", open: "bad",
  paused: "warn", pending: "busy", failed: "bad", stopped: "bad", warning: "warn", superseded: "dull",
};

export const badge = (state) => h("span", { class: `badge ${tones[state] ?? "dull"}` }, state);

/** A button for what can't be undone: the first touch asks, the second does it; `body` answers what to say. */
export function sure(text, asks, body) {
  const button = h("button", { type: "button", class: "quiet bad" }, text);
  const calm = () => { button.textContent = text; button.classList.remove("asking"); };
  button.addEventListener("blur", calm);
  button.addEventListener("click", async () => {
    if (!button.classList.contains("asking")) {
      button.classList.add("asking");
      button.textContent = asks;
      return;
    }
    button.disabled = true;
    try {
      toast(await body());
    } catch (error) {
      toast(error.message);
    } finally {
      button.disabled = false;
      calm();
    }
  });
  return button;
}

/** What is shown where nothing is. */
export const empty = (title, text, ...actions) =>
  h("div", { class: "empty" }, h("h2", {}, title), h("p", {}, text), ...actions);

export const link = (href, ...children) => h("a", { href }, ...children);

export function notices(texts, tone = "warn", label = "Please look at this") {
  if (!texts?.length) return null;
  return h("section", { class: `notices ${tone}`, "aria-label": label }, h("ul", {}, texts.map((text) => h("li", {}, text))));
}

export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.textContent = ""; }, 6000);
}

/** A table with its heading row; each row is a list of cells. */
export function table(caption, headings, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {}, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, headings.map((heading) => h("th", { scope: "col" }, heading)))),
      h("tbody", {}, rows)));
}

export const row = (...cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)));

/** A list that is read page by page; `load(cursor)` answers `{items, nextCursor}`, `make(item)` a row. */
export async function paged(caption, headings, load, make, nothing) {
  const first = await load();
  if (!first.items.length) return nothing;
  const box = table(caption, headings, first.items.map(make));
  const body = box.querySelector("tbody");
  const more = h("button", { type: "button", class: "quiet" }, "Show more");
  let cursor = first.nextCursor;
  more.hidden = !cursor;
  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const page = await load(cursor);
      body.append(...page.items.map(make));
      cursor = page.nextCursor;
      more.hidden = !cursor;
    } catch (error) {
      toast(error.message);
    } finally {
      more.disabled = false;
    }
  });
  return h("div", {}, box, more);
}

/** Calls again and again while the page stays, and never while it is hidden. */
export function repeat(element, milliseconds, body) {
  const timer = setInterval(async () => {
    if (!element.isConnected) return clearInterval(timer);
    if (document.hidden) return;
    try { await body(); } catch { /* The next turn may succeed; the page shows what it had. */ }
  }, milliseconds);
}
