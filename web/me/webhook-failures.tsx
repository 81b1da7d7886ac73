import { listWebhookFailures } from "../api/webhook.ts";
import { ListEnd } from "../list-end.tsx";
import { momentText } from "../moment.ts";
import { useList } from "../use-list.ts";

const kinds: Readonly<Record<string, string>> = {
  live: "on air",
  ended: "off air",
  "recording-ready": "recording",
};

/** What one's own server could not be told, newest first. */
export function WebhookFailures() {
  const list = useList(listWebhookFailures);
  return (
    <>
      <h3>What could not be told</h3>
      <ul class="rows" aria-label="What could not be told">
        {list.rows?.map(({ id, at, kind, why }) => (
          <li key={id}>
            <span>{momentText(at)}</span>
            <span class="row-tag">{kinds[kind] ?? kind}</span>
            <span class="row-more">{why}</span>
          </li>
        ))}
      </ul>
      <ListEnd list={list} none="Nothing lately." />
    </>
  );
}
