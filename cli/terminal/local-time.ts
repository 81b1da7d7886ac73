import { duration } from "./duration.ts";

const two = (number: number): string => String(number).padStart(2, "0");

/** A time as this machine's clock shows it, with its distance from UTC: `2026-11-21 21:30:00 +01:00`. */
export function localTime(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const minutes = -date.getTimezoneOffset();
  const distance = Math.abs(minutes);
  return `${day} ${time} ${minutes < 0 ? "-" : "+"}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/** How far a time is: `in 29 min 58 s`, `12 s ago`. */
export function timeFrom(date: Date, now: Date): string {
  const milliseconds = date.getTime() - now.getTime();
  return milliseconds > 0 ? `in ${longDuration(milliseconds)}` : `${longDuration(-milliseconds)} ago`;
}

const hour = 3_600_000;

/** Minutes are of no interest in days, nor seconds in hours. */
function longDuration(milliseconds: number): string {
  if (milliseconds < hour) return duration(Math.floor(milliseconds / 1000) * 1000);
  const hours = Math.floor(milliseconds / hour);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return `${hours} h ${Math.floor((milliseconds % hour) / 60_000)} min`;
}
