/** What IVS Chat sends for each message, as far as this looks at it. */
interface Message {
  readonly Content: string;
}

/** Lets a message pass with other words, or refuses it with a reason that only its sender sees. */
export async function handler({ Content }: Message) {
  if (/https?:/i.test(Content)) {
    return { ReviewResult: "DENY", Content, Attributes: { Reason: "No links in this room" } };
  }
  return { ReviewResult: "ALLOW", Content: `${Content} - edited by Lambda` };
}
