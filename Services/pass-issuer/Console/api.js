// The interface of pass-issuer, called with the session's cookie. Nothing here is not in openapi.json.

/** A problem answer (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    const faults = (body?.errors ?? []).map((error) => `${error.pointer}: ${error.detail}`);
    super(body?.detail ?? body?.title ?? `The server answered ${status}.`);
    this.status = status;
    this.errors = body?.errors ?? [];
    this.faults = faults;
    this.requestId = body?.requestId;
  }
}

let csrfToken = null;

async function call(method, path, { body, type = "application/json", accept = "application/json" } = {}) {
  const headers = { Accept: accept };
  if (csrfToken) headers["X-CSRF-Token"] = csrfToken;
  let content;
  if (body !== undefined) {
    headers["Content-Type"] = type;
    content = type === "application/json" ? JSON.stringify(body) : body;
  }
  let response;
  try {
    response = await fetch(path, { method, headers, body: content, credentials: "same-origin" });
  } catch {
    throw new Problem(0, { detail: "The server can't be reached. Try again." });
  }
  if (response.ok) {
    if (response.status === 204) return null;
    return accept === "application/json" ? response.json() : response.blob();
  }
  let problem = null;
  try { problem = await response.json(); } catch { /* A proxy's page: the status says it. */ }
  if (response.status === 401 && path !== "/console/session") window.dispatchEvent(new Event("signed-out"));
  throw new Problem(response.status, problem);
}

function withQuery(path, query) {
  const items = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ""));
  return items.size ? `${path}?${items}` : path;
}

export const get = (path, query = {}) => call("GET", withQuery(path, query));
export const put = (path, body, type) => call("PUT", path, { body, type });
export const post = (path, body, options = {}) => call("POST", path, { body, ...options });
export const remove = (path, query = {}) => call("DELETE", withQuery(path, query));

/** Whether somebody is signed in. */
export async function restore() {
  try {
    csrfToken = (await get("/console/session")).csrfToken;
    return true;
  } catch (error) {
    if (error.status === 401) return false;
    throw error;
  }
}

export async function signIn(token) {
  csrfToken = (await post("/console/session", { token })).csrfToken;
}

export async function signOut() {
  await remove("/console/session");
  csrfToken = null;
}

/** A part of a path. */
export const part = encodeURIComponent;
