/** A stream that somebody may note in their calendar. */
export interface CalendarEntry {
  /** The same for every answer about the channel, so that a stream that is moved moves in the calendar, too. */
  readonly uid: string;
  /** When this was written, in milliseconds. */
  readonly writtenAt: number;
  /** Milliseconds. */
  readonly startsAt: number;
  readonly summary: string;
}

/** Most octets of a line, without its end (RFC 5545, 3.1). */
const lineOctets = 75;

const octets = new TextEncoder();

/** Date and time in UTC (RFC 5545, 3.3.5): 20260102T190000Z. */
const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

/** Text as a value (RFC 5545, 3.3.11). What the format does not have is left out: signs that steer, and halves of signs. */
const calendarText = (text: string): string =>
  text
    .replace(/\r\n|\r/g, "\n")
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "")
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n");

/** A line in parts that are not too long, none of which ends inside a sign; each but the first begins with a space. */
function foldLine(line: string): string {
  const parts = [""];
  let used = 0;
  for (const sign of line) {
    const length = octets.encode(sign).length;
    if (used + length > lineOctets) {
      parts.push(" ");
      used = 1;
    }
    parts[parts.length - 1] += sign;
    used += length;
  }
  return parts.join("\r\n");
}

/** An iCalendar document with one entry, an hour long. */
export const calendarOf = ({ uid, writtenAt, startsAt, summary }: CalendarEntry): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Onair//Next stream//EN",
    "BEGIN:VEVENT",
    `UID:${calendarText(uid)}`,
    `DTSTAMP:${utc(writtenAt)}`,
    `DTSTART:${utc(startsAt)}`,
    "DURATION:PT1H",
    `SUMMARY:${calendarText(summary)}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ]
    .map((line) => `${foldLine(line)}\r\n`)
    .join("");
