/* Values that may be one line, and what can be computed of them. */

import { derived } from "./choosing.js";
import { NBSP, number } from "./words.js";

export function seriesOf(found, indicator) {
  const [first] = found;
  const several = { area: found.some((o) => o.rank !== first.rank), group: found.some((o) => o.groupRank !== first.groupRank) };
  const series = new Map();
  for (const o of found) {
    if (o.value === null || o.target) continue;
    /* Values of different sources are not one line.  Keys are numbers: of many thousand values none is spelt out. */
    const key = (o.rank * 4096 + o.groupRank) * 1048576 + o.document;
    const known = series.get(key);
    if (known) known.points.push(o);
    else {
      const name = [several.area || !several.group ? o.areaName : "", several.group ? o.groupName : ""].filter(Boolean).join(", ");
      series.set(key, { indicator, name, area: o.area, group: o.group, groupName: o.groupName, rank: o.rank, level: o.level, points: [o], source: o.source[0] });
    }
  }
  const names = [...series.values()].map((s) => s.name);
  for (const s of series.values())
    if (names.filter((n) => n === s.name).length > 1) s.name += ` (${s.source.split(/,|\. /)[0]})`;
  for (const s of series.values()) s.newest = newestOf(s.points);
  /* By area; of several sources the one with the newest value first. */
  return [...series.values()].sort((a, b) => a.rank - b.rank || b.newest.moment - a.newest.moment);
}

/* The newest value, of equally new ones the first; one without a year only where there is no other. */
export const newestOf = (points) => points.reduce((a, b) => (b.moment > a.moment ? b : a));

/* Series with their years alone, in their order. */
export const linesOf = (series) =>
  series.map((s) => ({ ...s, points: s.points.filter((p) => p.year !== null).sort((a, b) => a.moment - b.moment || b.n - a.n) })).filter((s) => s.points.length);

/* The first year stands for 100; where a series breaks, its index begins again. */
export function asIndex(lines, hints, say) {
  const drawn = lines.flatMap((s) => {
    const last = s.points.findLastIndex((p) => p.broken);
    const points = s.points.slice(Math.max(last, 0));
    const [base] = points;
    if (!(base.value > 0) || points.length < 2) return [];
    const shown = points.map((p, n) => derived(p, { broken: false, value: (100 * p.value) / base.value, text: number((100 * p.value) / base.value, n ? 1 : 0) }));
    return [{ ...s, name: `${s.name} (${base.time} = 100)`, points: shown }];
  });
  hints.push(say.index);
  if (lines.some((s) => s.points.some((p) => p.broken))) hints.push(say.index_break);
  if (drawn.length < lines.length) hints.push(`${number(lines.length - drawn.length)} ${lines.length - drawn.length === 1 ? "Reihe hat" : "Reihen haben"} keinen Index: Dazu braucht es zwei Werte und einen ersten über 0.`);
  if (drawn.some((s) => s.points[0].circa)) hints.push(say.index_circa);
  return drawn;
}

/* The first of two groups minus the second, where both have a value of one area, source and time. */
export function asDifference(lines, indicator, hints, say) {
  const groups = [...new Map(lines.map((s) => [s.group, s.groupName]))];
  if (groups.length !== 2) {
    hints.push(`Ein Abstand lässt sich nur zwischen zwei Gruppen zeigen; in der Auswahl ${groups.length === 1 ? "ist es eine" : `sind es ${number(groups.length)}`}. Wählen Sie genau zwei Gruppen aus.`);
    return [];
  }
  const [[first, a], [, b]] = groups;
  const sign = indicator.sign.trim() === "%" ? `${NBSP}Prozentpunkte` : indicator.sign;
  const drawn = lines.filter((s) => s.group === first).flatMap((s) => {
    const other = lines.find((t) => t.group !== first && t.area === s.area && t.source === s.source);
    const points = s.points.flatMap((p) => {
      const mate = other?.points.find((q) => q.time === p.time);
      if (!mate) return [];
      const value = Number((p.value - mate.value).toFixed(10));
      const circa = p.circa || mate.circa;
      return [derived(p, { value, circa, broken: p.broken || mate.broken, text: `${circa ? `ca.${NBSP}` : ""}${number(value, circa ? undefined : indicator.digits)}${sign}` })];
    });
    return points.length ? [{ ...s, name: lines.some((t) => t.area !== s.area) ? points[0].areaName : `${a} minus ${b}`, points }] : [];
  });
  hints.push(`Abstand: „${a}“ minus „${b}“${sign.includes("Prozentpunkte") ? ", in Prozentpunkten" : ""}. ${say.distance}`);
  if (!drawn.length) hints.push(say.no_distance);
  return drawn;
}
