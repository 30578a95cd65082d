// Files of certificates and keys, as the interface takes them.

const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** A file as PEM: what Apple's portal gives is DER, and only needs to be wrapped. */
export async function pem(file, label) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  if (text.includes("-----BEGIN")) return text;
  return `-----BEGIN ${label}-----\n${base64(bytes).replace(/.{64}/g, "$&\n").trimEnd()}\n-----END ${label}-----\n`;
}

export const wrapped = async (file) => base64(new Uint8Array(await file.arrayBuffer()));

/** The JSON key file of a service account. */
export async function json(file) {
  try {
    return JSON.parse(await file.text());
  } catch {
    return {};
  }
}
