// Positions of ticks on the axis, as on the server: at starts of years, months or days.
import { DAY } from "./marks.js";

const MOST = 10;
const MONTHS = [1, 3, 6, ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map((years) => 12 * years)];

/** Returns the starts between two days, with their labels: the smallest interval with few enough ticks. */
export function ticksBetween(from, to) {
  if (to - from <= MOST * DAY) return daysBetween(from, to).map((day) => ({ day, label: written(day, 10) }));
  const step = MONTHS.find((months) => beginnings(from, to, months).length <= MOST);
  return beginnings(from, to, step).map((day) => ({ day, label: written(day, step % 12 ? 7 : 4) }));
}

function daysBetween(from, to) {
  const first = Math.ceil(from / DAY);
  return Array.from({ length: Math.floor(to / DAY) - first }, (_, index) => new Date((first + index) * DAY));
}

function beginnings(from, to, step) {
  const month = (day) => day.getUTCFullYear() * 12 + day.getUTCMonth();
  const first = Math.ceil(month(from) / step);
  const count = Math.floor(month(to) / step) - first + 1;
  const begun = Array.from({ length: count }, (_, index) => firstDay((first + index) * step));
  // the first month may start before the axis
  return begun.filter((day) => day >= from && day <= to);
}

/** For a month number counted from year 0. */
function firstDay(month) {
  const day = new Date(0);
  day.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return day;
}

function written(day, letters) {
  return day.toISOString().slice(0, letters);
}
