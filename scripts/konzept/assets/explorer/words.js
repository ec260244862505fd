/* German notation. */

export const NBSP = "\u00a0";
export const SILENT = "nicht genannt";

export function number(value, places) {
  /* Half goes up, in decimals as people write them. */
  const round = (v) => (Math.round(v * 10 ** places + 1e-7) / 10 ** places).toFixed(places);
  const [whole, digits] = (places === undefined ? String(Math.abs(value)) : round(Math.abs(value))).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return (value < 0 ? "-" : "") + grouped + (digits ? "," + digits : "");
}

/* For charts all values of an indicator have as many decimals; what is only about right has its own. */
export const quantity = (value, indicator, circa) =>
  (circa ? `ca.${NBSP}` : "") + number(value, circa ? undefined : indicator.digits) + indicator.sign;

export const listing = (parts) =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} und ${parts.at(-1)}`;

export const plain = (text) => text.normalize("NFC").toLowerCase();

export const euro = (value, circa) => `${circa ? `ca.${NBSP}` : ""}${number(value, Number.isInteger(value) ? 0 : 2)}${NBSP}€`;

export const scopeOf = (filters) => (filters.length ? `: ${filters.join("; ")}` : "");
