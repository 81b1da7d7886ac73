import { duration } from "./duration.ts";
import type { Style } from "./style.ts";
import { paint, symbol } from "./style.ts";
import type { Progress, StepResult } from "./terminal.ts";

/** A TTY sees a change at least this often. */
const repaintMilliseconds = 200;
/** Somebody who reads a pipe learns this often that we still live. */
const reminderMilliseconds = 30_000;
const eraseLine = "\r\u001b[2K";
const frames = { unicode: ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"], ascii: ["-", "\\", "|", "/"] } as const;

interface Running {
  readonly title: string;
  readonly started: number;
  detail: () => string;
}

/**
 * Shows steps one after the other. On a TTY the running one is a line that is repainted at the bottom; in a pipe each step
 * is a line when it starts, one each 30 s, and one when it ends.
 */
export function showSteps(style: Style, write: (text: string) => void) {
  let running: Running | undefined;
  let frame = 0;

  const elapsed = (step: Running) => performance.now() - step.started;

  function repaint(): void {
    if (!running) return;
    const spinner = style.unicode ? frames.unicode : frames.ascii;
    const sign = spinner[frame++ % spinner.length];
    const detail = running.detail();
    const text = `${running.title}  ${duration(elapsed(running))}${detail && `  ${detail}`}`;
    // One column stays free: a full line would wrap, and a wrapped line cannot be erased.
    write(`${eraseLine}${sign} ${text.slice(0, Math.max(10, style.columns - 3))}`);
  }

  function remind(): void {
    if (!running) return;
    const seconds = Math.round(elapsed(running) / 1000);
    const detail = running.detail();
    write(`${symbol(style, "running")} still ${running.title}, ${seconds} s${detail && ` (${detail})`}\n`);
  }

  /** Writes something that stays, above the line that is repainted. */
  function above(print: () => void): void {
    if (running && style.live) write(eraseLine);
    print();
    if (running && style.live) repaint();
  }

  async function run<Value>(title: string, work: (progress: Progress) => Promise<StepResult<Value>>): Promise<Value> {
    const step: Running = { title, started: performance.now(), detail: () => "" };
    running = step;
    if (!style.live) write(`${symbol(style, "running")} ${title}\n`);
    else repaint();
    const timer = style.live ? setInterval(repaint, repaintMilliseconds) : setInterval(remind, reminderMilliseconds);
    const end = (sign: string, rest: string) => {
      clearInterval(timer);
      running = undefined;
      if (style.live) write(eraseLine);
      write(`${sign} ${title}  ${duration(elapsed(step))}${rest}\n`);
    };
    try {
      const { value, summary } = await work((detail) => {
        step.detail = typeof detail === "string" ? () => detail : detail;
      });
      end(paint(style, "green", symbol(style, "done")), summary ? `  ${paint(style, "dim", summary)}` : "");
      return value;
    } catch (thrown) {
      end(paint(style, "red", symbol(style, "failed")), "");
      throw thrown;
    }
  }

  return { run, above };
}
